#pragma once

#include <QFile>

namespace keydesk {

/// Kilobytes that a process has in memory now ("VmRSS") or had at most ("VmHWM"), as Linux tells;
/// -1 when it does not.
inline qint64 kilobytesOf(qint64 process, const QByteArray &what)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QFile::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith(what + ':'))
            return line.mid(what.size() + 1).simplified().split(' ').first().toLongLong();
    }
    return -1;
}

} // namespace keydesk
