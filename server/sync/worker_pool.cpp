#include "sync/worker_pool.h"

namespace keydesk {

WorkerPool::WorkerPool(int threads, std::size_t queueLimit, std::function<void(int)> threadEnds)
    : m_queueLimit(queueLimit)
    , m_threadEnds(std::move(threadEnds))
{
    for (int worker = 0; worker < threads; ++worker)
        m_threads.emplace_back([this, worker] { work(worker); });
}

WorkerPool::~WorkerPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        m_queue.clear();
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

Result<> WorkerPool::post(Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_closing || m_queue.size() >= m_queueLimit)
            return Error("server.busy"_reason);
        m_queue.push_back(std::move(task));
    }
    m_wake.notify_one();
    return {};
}

void WorkerPool::work(int worker)
{
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_closing || !m_queue.empty(); });
        if (m_closing)
            break;
        const Task task = std::move(m_queue.front());
        m_queue.pop_front();
        lock.unlock();
        task(worker);
    }
    if (m_threadEnds)
        m_threadEnds(worker);
}

} // namespace keydesk
