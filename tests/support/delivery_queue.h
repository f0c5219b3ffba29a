#pragma once

#include "sync/delivery.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace keydesk {

// Stands in for the thread of the network: keeps what the server's threads deliver until the test
// runs it.
class DeliveryQueue
{
public:
    Delivery delivery()
    {
        return [this](std::function<void()> call) {
            const std::lock_guard lock(m_mutex);
            m_calls.push_back(std::move(call));
            m_wake.notify_all();
        };
    }
    /// Runs deliveries until `met`; false when nothing came for 20 seconds.
    bool runUntil(const std::function<bool()> &met)
    {
        while (!met()) {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait_for(lock, std::chrono::seconds(20),
                                 [this] { return !m_calls.empty(); }))
                return false;
            const auto call = std::move(m_calls.front());
            m_calls.pop_front();
            lock.unlock();
            call();
        }
        return true;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_calls;
};

} // namespace keydesk
