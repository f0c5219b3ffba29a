#include "domain/custody.h"

#include <algorithm>

namespace keydesk {

namespace {

using enum CustodyState;

constexpr CustodyMove moves[] = {
    {Captured, Identified},
    {Captured, Dispatching}, // below the gate it goes to the operations queue (domain C2)
    {Identified, Dispatching},
    {Identified, Claimed}, // the channel has the authority and keeps it
    {Identified, Closed},  // handled at first contact (domain C4)
    {NeedsInfo, Dispatching},
    {Dispatching, NeedsInfo}, // back to the contact channel with a question (domain C7)
    {Dispatching, Dispatched},
    {Dispatched, Claimed},
    {Dispatched, Returned},
    {Dispatched, Expired},
    {Claimed, Dispatched}, // undo of a claim, within 10 minutes (domain C7)
    {Claimed, Returned},
    {Claimed, Closed},
    {Returned, Dispatched},
    {Returned, NeedsInfo},
    {Expired, Dispatched},
    {Expired, NeedsInfo},
};

} // namespace

std::span<const CustodyMove> custodyMoves()
{
    return moves;
}

bool isFinal(CustodyState state)
{
    return state == Closed || state == Invalid || state == Merged;
}

bool mayMove(CustodyState from, CustodyState to)
{
    if (to == Invalid || to == Merged)
        return !isFinal(from);
    return std::any_of(std::begin(moves), std::end(moves), [&](const CustodyMove &move) {
        return move.from == from && move.to == to;
    });
}

bool waitsForDispatcher(CustodyState state)
{
    return state == Dispatching || state == Returned || state == Expired;
}

} // namespace keydesk
