#pragma once

#include <atomic>
#include <cstdint>

namespace keydesk::shim {

// What a test tells the program under it through a file that both have mapped: which calls of the
// system go wrong, and what the wall clock says. Plain memory; all zero means that nothing is
// wrong.
struct FaultControl
{
    static constexpr const char *variable = "KEYDESK_TEST_FAULTS"; // names the file

    enum Call { Write = 1, Sync = 2, Truncate = 4, Remove = 8, AnyCall = 15 };
    enum Deed { Nothing, Fail, Kill, Tear };

    std::atomic<std::int64_t> clockOffset; // ms, added to the wall clock
    std::atomic<std::int32_t> calls; // a set of Call
    std::atomic<std::int32_t> deed;
    std::atomic<std::int32_t> error; // errno, for Fail
    std::atomic<std::int32_t> full; // not 0: no file grows any more
    std::atomic<std::int64_t> first; // the call that goes wrong, counted from 1 ..
    std::atomic<std::int64_t> last; // .. and the last one
    std::atomic<std::int64_t> seen; // calls that matched
    std::atomic<std::int64_t> struck; // calls that went wrong
    std::atomic<std::int64_t> steadyOffset; // ms, added to the clock that nobody can set
    char path[256]; // part of the names of the files meant
    char poison[64]; // whoever writes these bytes to them dies
};
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

} // namespace keydesk::shim
