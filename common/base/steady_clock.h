#pragma once

#include "base/clock.h"

#include <chrono>

namespace keydesk {

// Counts from an arbitrary start and never jumps: for deadlines, never for what is stored or shown.
class SteadyClock final : public Clock
{
public:
    Instant now() const override
    {
        using namespace std::chrono;
        const auto since = steady_clock::now().time_since_epoch();
        return {duration_cast<milliseconds>(since).count()};
    }
};

} // namespace keydesk
