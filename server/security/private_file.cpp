#include "security/private_file.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {
constexpr auto ownerFile = QFile::ReadOwner | QFile::WriteOwner;
constexpr auto ownerFolder = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
} // namespace

Result<> writePrivateFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    // Permissions come first: the key never stands in a file that others could open.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(ownerFile)
        || file.write(bytes) != bytes.size() || !file.commit())
        return Error("file.unwritable"_reason, {path, file.errorString()});
    return {};
}

Result<QByteArray> readPrivateFile(const QString &path, qint64 maximumSize)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error("file.unreadable"_reason, {path, file.errorString()});
    if (file.size() > maximumSize)
        return Error("file.unreadable"_reason, {path, u"> %1 bytes"_s.arg(maximumSize)});
    return file.readAll();
}

Result<> makePrivateFolder(const QString &path)
{
    if (!QDir().mkpath(path))
        return Error("file.unwritable"_reason, {path, u"mkdir"_s});
    if (!QFile::setPermissions(path, ownerFolder))
        return Error("file.unwritable"_reason, {path, u"chmod 0700"_s});
    return {};
}

} // namespace keydesk
