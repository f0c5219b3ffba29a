#pragma once

#include "base/clock.h"
#include "base/log_file.h"

#include <QMutex>
#include <QtGlobal>

namespace keydesk {

// Turns every message of the program, Qt's own too, into one line of JSON (base/log_line.h). Both
// programs make one at the start of main() and keep it until the end; then the former handler is
// back. At most one lives at a time. It never filters: categories and rules do.
class Log final
{
public:
    /// `clock` stamps the lines and outlives the log.
    Log(const Clock &clock, LogFile file);
    ~Log();
    Log(const Log &) = delete;
    Log &operator=(const Log &) = delete;

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &message);
    void write(QtMsgType type, const char *category, const QString &message);

    const Clock &m_clock;
    LogFile m_file;
    QMutex m_mutex;
    QtMessageHandler m_former = nullptr;
};

} // namespace keydesk
