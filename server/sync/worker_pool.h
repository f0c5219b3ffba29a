#pragma once

#include "base/result.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace keydesk {

// A few threads that work through one bounded queue in order. Knows nothing of what the work is:
// each task sends its own answer.
class WorkerPool
{
public:
    using Task = std::function<void(int worker)>;

    /// `threadEnds` runs in each thread as its last act, so that what belongs to it can go.
    WorkerPool(int threads, std::size_t queueLimit,
               std::function<void(int worker)> threadEnds = {});
    /// Forgets what waits, lets what runs finish.
    ~WorkerPool();

    /// server.busy when the queue is full or the pool is closing: the task will not run.
    Result<> post(Task task);
    int threads() const { return int(m_threads.size()); }

private:
    void work(int worker);

    const std::size_t m_queueLimit;
    const std::function<void(int)> m_threadEnds;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Task> m_queue;
    bool m_closing = false;
    std::vector<std::thread> m_threads;
};

} // namespace keydesk
