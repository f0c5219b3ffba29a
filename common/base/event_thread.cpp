#include "base/event_thread.h"

#include <QCoreApplication>

#ifdef Q_OS_LINUX
#include <pthread.h>
#endif

namespace keydesk {

EventThread::EventThread(const char *name)
{
    std::promise<QEventLoop *> started;
    auto loop = started.get_future();
    m_thread = std::thread(&EventThread::run, this, name, std::move(started));
    m_loop = loop.get();
}

EventThread::~EventThread()
{
    quit();
    join();
}

void EventThread::run([[maybe_unused]] const char *name, std::promise<QEventLoop *> started)
{
#ifdef Q_OS_LINUX
    pthread_setname_np(pthread_self(), name);
#endif
    {
        QEventLoop loop;
        // Not before it runs: a loop forgets what it was told until then.
        QMetaObject::invokeMethod(
            &loop, [&] { started.set_value(&loop); }, Qt::QueuedConnection);
        loop.exec();
        const std::lock_guard lock(m_ending); // whoever said so is done with the loop
    }
    // What said deleteLater() in the last event has no loop to come back to.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void EventThread::adopt(QObject *object)
{
    object->moveToThread(m_loop->thread());
    QObject::connect(
        m_loop, &QObject::destroyed, object, [object] { delete object; }, Qt::DirectConnection);
}

void EventThread::quit()
{
    const std::lock_guard lock(m_ending);
    if (m_loop)
        std::exchange(m_loop, nullptr)->quit();
}

void EventThread::join()
{
    const std::lock_guard lock(m_joining);
    if (m_thread.joinable())
        m_thread.join();
}

} // namespace keydesk
