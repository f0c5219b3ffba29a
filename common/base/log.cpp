#include "base/log.h"

#include "base/log_line.h"

#include <mutex>
#include <shared_mutex>

namespace keydesk {

namespace {

// Qt's handler is a plain function, so the log in force has to be reachable without an argument:
// the one state of the program outside an object. The lock keeps it alive while another thread
// writes.
Log *inForce = nullptr;
std::shared_mutex inForceLock;
// Whether this thread is writing a line: what Qt has to say about that has nowhere to go.
thread_local bool isWriting = false;

} // namespace

Log::Log(const Clock &clock, LogFile file)
    : m_clock(clock)
    , m_file(std::move(file))
{
    const std::unique_lock lock(inForceLock);
    Q_ASSERT(!inForce);
    inForce = this;
    m_former = qInstallMessageHandler(&Log::handle);
}

Log::~Log()
{
    qInstallMessageHandler(m_former);
    const std::unique_lock lock(inForceLock);
    inForce = nullptr;
}

void Log::handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (isWriting)
        return;
    isWriting = true;
    const std::shared_lock lock(inForceLock);
    if (inForce)
        inForce->write(type, context.category, message);
    isWriting = false;
}

void Log::write(QtMsgType type, const char *category, const QString &message)
{
    const QByteArray line = logLine(m_clock.now(), type, category, message);
    const QMutexLocker lock(&m_mutex);
    m_file.write(line);
}

} // namespace keydesk
