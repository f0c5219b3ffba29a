#pragma once

#include "protocol/messages.h"

#include <algorithm>
#include <optional>

namespace keydesk {

// The versions of the protocol that a program speaks, both ends included.
struct ProtocolRange
{
    int oldest;
    int newest;
};

/// What this program speaks. `oldest` rises only when no program of the last twelve months needs it
/// (sync.md, G15).
constexpr ProtocolRange ownProtocols{1, protocolVersion};

/// The newest version that both speak; nothing if there is none.
constexpr std::optional<int> commonProtocol(ProtocolRange one, ProtocolRange other)
{
    const int newest = std::min(one.newest, other.newest);
    if (newest < std::max(one.oldest, other.oldest))
        return std::nullopt;
    return newest;
}

} // namespace keydesk
