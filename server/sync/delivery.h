#pragma once

#include <functional>

namespace keydesk {

/// Hands a call over to the thread of the network, which runs it later and in order: the way of
/// answers and news out of the server's other threads.
using Delivery = std::function<void(std::function<void()>)>;

} // namespace keydesk
