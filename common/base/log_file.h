#pragma once

#include "base/result.h"

#include <QFile>
#include <QString>

#include <memory>

namespace keydesk {

// Where log lines go: standard error, or a file of bounded size with some predecessors beside it
// (name, name.1, name.2 ...). Not safe to share between threads; Log serialises.
class LogFile final
{
public:
    struct Limits
    {
        qint64 bytes = 8 * 1024 * 1024; // of one file
        int predecessors = 5;
    };

    /// Standard error.
    LogFile();
    /// Appends to `path`, readable by its owner only. Fails with "file.unwritable".
    static Result<LogFile> open(const QString &path, const Limits &limits);

    LogFile(LogFile &&other) noexcept = default;
    LogFile &operator=(LogFile &&other) noexcept = default;

    /// Writes `line` and a line feed at once. A line that the disk refuses goes to standard error,
    /// so that a full disk is heard of.
    void write(const QByteArray &line);

private:
    bool rotate();

    std::unique_ptr<QFile> m_file; // null: standard error
    Limits m_limits;
};

} // namespace keydesk
