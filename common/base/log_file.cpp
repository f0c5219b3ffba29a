#include "base/log_file.h"

#include <cstdio>

namespace keydesk {

namespace {

void writeToStandardError(const QByteArray &bytes)
{
    // One call, unbuffered: lines of two processes on the same terminal do not mix.
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stderr);
}

QString predecessor(const QString &path, int age)
{
    return path + QLatin1Char('.') + QString::number(age);
}

} // namespace

LogFile::LogFile() = default;

Result<LogFile> LogFile::open(const QString &path, const Limits &limits)
{
    LogFile log;
    log.m_limits = limits;
    log.m_file = std::make_unique<QFile>(path);
    if (!log.m_file->open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        return Error("file.unwritable"_reason, {path, log.m_file->errorString()});
    log.m_file->setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return log;
}

void LogFile::write(const QByteArray &line)
{
    const QByteArray bytes = line + '\n';
    if (!m_file) {
        writeToStandardError(bytes);
        return;
    }
    const bool full = m_file->size() > 0 && m_file->size() + bytes.size() > m_limits.bytes;
    if (full && !rotate()) {
        writeToStandardError(bytes);
        return;
    }
    if (!m_file->isOpen() || m_file->write(bytes) != bytes.size())
        writeToStandardError(bytes);
}

// name.4 -> name.5 ... name -> name.1; the oldest goes. False when the file cannot be opened again.
bool LogFile::rotate()
{
    const QString path = m_file->fileName();
    m_file->close();
    QFile::remove(predecessor(path, m_limits.predecessors));
    for (int age = m_limits.predecessors - 1; age > 0; --age)
        QFile::rename(predecessor(path, age), predecessor(path, age + 1));
    if (m_limits.predecessors > 0)
        QFile::rename(path, predecessor(path, 1));
    else
        QFile::remove(path);
    if (!m_file->open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        return false;
    m_file->setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return true;
}

} // namespace keydesk
