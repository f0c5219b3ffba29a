#pragma once

#include <QEventLoop>

#include <future>
#include <mutex>
#include <thread>

namespace keydesk {

// An event loop on a thread of its own that can be truly waited for. QThread::wait() returns while
// the thread is still on its way out; what OpenSSL frees for it then meets the program's own exit
// handlers, and about one exit in twenty crashed (Qt 6.4.2, OpenSSL 3.0, glibc 2.36).
class EventThread
{
public:
    /// Runs at once; `name`, of at most 15 bytes, is for a debugger's list and must stay alive.
    explicit EventThread(const char *name);
    /// Ends and waits.
    ~EventThread();
    EventThread(const EventThread &) = delete;
    EventThread &operator=(const EventThread &) = delete;

    /// The object, which has no parent, lives on this thread from now on and is deleted there when
    /// the loop has ended. For the thread the object lives on, and not after quit().
    void adopt(QObject *object);
    /// Ends the loop after the event that runs now. From any thread.
    void quit();
    /// Returns when the thread is gone. Several threads may wait, not this one itself.
    void join();

private:
    void run(const char *name, std::promise<QEventLoop *> started);

    std::mutex m_ending;
    QEventLoop *m_loop = nullptr; // lives and dies on the thread; nullptr once it was told to end
    std::mutex m_joining;
    std::thread m_thread;
};

} // namespace keydesk
