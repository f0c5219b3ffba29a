#pragma once

#include "schema/value.h"

#include <span>

namespace keydesk {

// Who holds an opportunity (domain 4.3). Independent of the sales stage: a transfer moves the one
// and never touches the other.
enum class CustodyState {
    Captured,
    Identified,
    NeedsInfo,
    Dispatching,
    Dispatched,
    Claimed,
    Returned,
    Expired,
    Closed,
    Invalid,
    Merged,
};
template <>
struct EnumTable<CustodyState>
{
    static constexpr EnumKey keys[] = {
        {"captured", {"已采集", "Captured"}},
        {"identified", {"已识别", "Identified"}},
        {"needs_info", {"待补充", "Needs information"}},
        {"dispatching", {"待分派", "To be dispatched"}},
        {"dispatched", {"待认领", "To be claimed"}},
        {"claimed", {"已认领", "Claimed"}},
        {"returned", {"已转回", "Returned"}},
        {"expired", {"超时", "Expired"}},
        {"closed", {"已了结", "Closed"}},
        {"invalid", {"已作废", "Discarded"}},
        {"merged", {"已合并", "Merged"}},
    };
};

// Why an opportunity is where it is: what routing could not do, or what ended the last custody.
enum class CustodyReason {
    None,
    Incomplete,
    NoRule,
    NoCandidate,
    NoCapacity,
    NoAvailability,
    NoPermission,
    TooOld,
    RoutingFailed,
    Returned,
    Expired,
    Undone,
    OwnerLeft,
    HandledAtFirstContact,
    Won,
    Lost,
    Duplicate,
    NotGenuine,
};
template <>
struct EnumTable<CustodyReason>
{
    static constexpr EnumKey keys[] = {
        {"none", {"无", "None"}},
        {"incomplete", {"要素不全", "Elements incomplete"}},
        {"no_rule", {"无匹配规则", "No rule matches"}},
        {"no_candidate", {"无候选人", "No candidate"}},
        {"no_capacity", {"候选人已满", "All candidates full"}},
        {"no_availability", {"候选人不在岗", "No candidate available"}},
        {"no_permission", {"候选人无权限", "No candidate permitted"}},
        {"too_old", {"商机过旧", "Too old"}},
        {"routing_failed", {"自动分派失败", "Routing failed"}},
        {"returned", {"已转回", "Returned"}},
        {"expired", {"超时未认领", "Not claimed in time"}},
        {"undone", {"撤销认领", "Claim undone"}},
        {"owner_left", {"负责人离岗", "Owner left"}},
        {"handled_at_first_contact", {"首问渠道已办结", "Handled at first contact"}},
        {"won", {"成交", "Won"}},
        {"lost", {"失败", "Lost"}},
        {"duplicate", {"重复商机", "Duplicate"}},
        {"not_genuine", {"非真实需求", "Not a genuine need"}},
    };
};

struct CustodyMove
{
    CustodyState from;
    CustodyState to;
};

/// Every allowed move but those into Invalid and Merged, which are open from any unfinished state.
std::span<const CustodyMove> custodyMoves();

/// Whether the state machine of domain 4.3 knows the move. Staying is no move.
bool mayMove(CustodyState from, CustodyState to);
/// Closed, Invalid and Merged: nothing leads out of them.
bool isFinal(CustodyState state);
/// The operations centre has to act: the opportunity lies in its queue.
bool waitsForDispatcher(CustodyState state);

} // namespace keydesk
