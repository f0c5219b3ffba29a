#include "tool/import_spool.h"

#include "importing/import_errors.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// Whether the file is one of ours, so that it may be replaced.
bool isErrorFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly)
        && file.readLine(256).contains(ImportErrors::header().constFirst().toUtf8());
}

// What an import that was killed left behind: a copy of somebody's data.
void clearOld(const QString &dataPath)
{
    const QDateTime yesterday = QDateTime::currentDateTimeUtc().addDays(-1);
    const auto folders = QDir(dataPath).entryInfoList({u"import-??????"_s}, QDir::Dirs);
    for (const QFileInfo &folder : folders) {
        if (folder.lastModified() < yesterday)
            QDir(folder.filePath()).removeRecursively();
    }
}

} // namespace

ImportSpool::ImportSpool(const QString &dataPath)
    : m_folder(dataPath + u"/import-"_s)
{
}

Result<> ImportSpool::take(const QString &source)
{
    clearOld(QFileInfo(m_folder.path()).path());
    if (!m_folder.isValid())
        return Error("file.unwritable"_reason, {m_folder.path(), m_folder.errorString()});
    if (!QFileInfo::exists(source))
        return Error("file.unreadable"_reason, {source, u"no such file"_s});
    if (!QFileInfo(source).isFile())
        return Error("file.unreadable"_reason, {source, u"not a file"_s});
    QFile file(source);
    if (!file.open(QIODevice::ReadOnly))
        return Error("file.unreadable"_reason, {source, file.errorString()});
    if (!file.copy(this->file()))
        return Error("file.unwritable"_reason, {this->file(), file.errorString()});
    return {};
}

Result<QString> ImportSpool::giveErrors(const QString &source) const
{
    const QString target = source + u".errors.csv"_s;
    const bool any = QFileInfo(errors()).size() > 0;
    if (QFileInfo::exists(target)) {
        if (isErrorFile(target))
            QFile::remove(target);
        else if (any)
            return Error("file.unwritable"_reason, {target, u"another file of this name"_s});
    }
    if (!any)
        return QString();
    QFile file(errors());
    if (!file.copy(target))
        return Error("file.unwritable"_reason, {target, file.errorString()});
    return target;
}

} // namespace keydesk
