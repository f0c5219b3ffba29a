#pragma once

namespace keydesk::fault {

// The seeded bugs of the sync proof: places where the real code can be told to be wrong, so that
// the simulation shows that it would notice (reliability.md 3.1, "Teeth"). Without the build option
// KEYDESK_FAULTS the switch is a constant and the wrong branches vanish.
enum Bug {
    None,
    NoDelOnMove, // a row that leaves a bucket writes no DEL
    NoDedupe, // a command sent again takes effect again
    ClaimNoCheck, // a claim does not look at the owner
    StaleGrants, // grants are read once per connection, not per page
    FloorIgnored, // a cursor below the compacted log is served from the log
    SnapshotNoTail, // after the rows of a bucket the position jumps to the head
    NoMemberCheck, // an op sends the row although it has left the bucket
    DropKeepsStage, // rows staged for a dropped bucket are applied
    PutDelFolded, // a removal after a staged put only takes the put back
    CursorEarly, // the cursor moves before the rows are there
    RetryLeavesPending, // what waits keeps speaking of the record of a retried command
    NormalSync, // commits are not synced
    NumberLate, // a device's last number is written after the commit
    GapAccepted, // a command is accepted before the one that precedes it
    EpochIgnored, // a cursor of the time before a restore is served from the log
    PendingDropped, // what was answered leaves the queue before its effect is here
    AnswersForgotten, // what a restored server has lost is not offered again
    WordsStay, // a removed row stays in the text index
    Unmasked, // telephone numbers are sent as they are
    RefusalUnaudited, // a refusal leaves no line in the audit trail
    SumsKept, // the sums of buckets stay when a command is undone
    RewoundForward, // previews are taken back in the order in which they were made
    CurrentEarly, // a first load is made current before its last page
    ExpiryKeepsHolder, // an expired claim stays with whom it was given to
    NoticeForgotten, // whoever caught it is not told of a return
    ClockForgotten, // no claim clock runs after a dispatch
    NewsTakenForTold, // who pulls is not told of what came after his page was read
};

#ifdef KEYDESK_FAULTS
/// The bug planted now; set by the simulation only.
extern Bug current;
/// Names the history under way, so that what a seeded bug remembers ends with it.
extern int history;
inline bool planted(Bug bug)
{
    return current == bug;
}
/// Called at each point where a program may die between two durable steps; may throw to make it so.
extern void (*yieldHandler)(const char *where);
inline void yieldPoint(const char *where)
{
    if (yieldHandler)
        yieldHandler(where);
}
#else
constexpr bool planted(Bug)
{
    return false;
}
constexpr void yieldPoint(const char *) { }
#endif

} // namespace keydesk::fault
