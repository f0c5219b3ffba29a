#include "tool/termination.h"

#include <QSocketNotifier>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace keydesk {

namespace {

// All that a signal handler may touch: it can be given no argument.
volatile std::sig_atomic_t wakeDescriptor = -1;

void wake(int)
{
    const char byte = 1;
    const int descriptor = wakeDescriptor;
    if (descriptor >= 0)
        (void)!::write(descriptor, &byte, 1);
}

void handle(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
}

} // namespace

Termination::Termination(QObject *parent)
    : QObject(parent)
{
    if (::pipe2(m_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    wakeDescriptor = m_pipe[1];
    m_notifier = new QSocketNotifier(m_pipe[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        char bytes[16];
        while (::read(m_pipe[0], bytes, sizeof bytes) > 0) { }
        Q_EMIT requested();
    });
    handle(wake);
}

Termination::~Termination()
{
    handle(SIG_DFL);
    wakeDescriptor = -1;
    delete m_notifier;
    for (const int descriptor : m_pipe) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
}

} // namespace keydesk
