#include "commands/claim_job_commands.h"

#include "base/fault.h"
#include "commands/custody_step.h"
#include "commands/rights.h"

namespace keydesk {

namespace {

Result<> raiseLevel(CommandContext &context, Opportunity &waiting, int level)
{
    if (waiting.claimRemindLevel >= level)
        return Error("opportunity.stale"_reason, {}, waiting.id.text());
    waiting.claimRemindLevel = level;
    return context.save(waiting);
}

} // namespace

Result<> ClaimJob::permit(CommandContext &context) const
{
    return mayDo(context, QString::fromLatin1(line())) ? Result<>() : Result<>(notYours());
}

Result<> ClaimJob::apply(CommandContext &context) const
{
    auto found = context.require<Opportunity>(opportunity);
    if (!found)
        return found.error();
    if (!isFor(found->custodyState) || found->claimEpoch != claimEpoch)
        return Error("opportunity.stale"_reason, {}, opportunity.text());
    return act(context, *found);
}

bool RemindClaim::isFor(CustodyState state) const
{
    return state == CustodyState::Dispatched;
}

Result<> RemindClaim::act(CommandContext &context, Opportunity &waiting) const
{
    return raiseLevel(context, waiting, level);
}

bool EscalateClaim::isFor(CustodyState state) const
{
    return state == CustodyState::Dispatched;
}

Result<> EscalateClaim::act(CommandContext &context, Opportunity &waiting) const
{
    return raiseLevel(context, waiting, int(ClaimMark::Escalate));
}

bool ExpireClaim::isFor(CustodyState state) const
{
    return state == CustodyState::Dispatched;
}

Result<> ExpireClaim::act(CommandContext &context, Opportunity &waiting) const
{
    if (fault::planted(fault::ExpiryKeepsHolder)) {
        waiting.custodyState = CustodyState::Expired;
        return context.save(waiting);
    }
    return takeStep(context, waiting,
                    {.kind = TransferKind::Expire,
                     .to = CustodyState::Expired,
                     .reason = CustodyReason::Expired,
                     .queue = operationsQueue(context, waiting.areaId)});
}

bool RemindInfo::isFor(CustodyState state) const
{
    return state == CustodyState::NeedsInfo;
}

Result<> RemindInfo::act(CommandContext &context, Opportunity &waiting) const
{
    return raiseLevel(context, waiting, int(ClaimMark::Remind));
}

bool ExpireInfo::isFor(CustodyState state) const
{
    return state == CustodyState::NeedsInfo;
}

Result<> ExpireInfo::act(CommandContext &context, Opportunity &waiting) const
{
    waiting.infoDueAt = {};
    const RecordId asker = waiting.queueId;
    return takeStep(context, waiting,
                    {.kind = TransferKind::Expire,
                     .to = CustodyState::Dispatching,
                     .reason = CustodyReason::Incomplete,
                     .queue = asker.isNull() ? operationsQueue(context, waiting.areaId)
                                             : Ref<Team>(asker)});
}

bool RemindQueue::isFor(CustodyState state) const
{
    return waitsForDispatcher(state);
}

Result<> RemindQueue::act(CommandContext &context, Opportunity &waiting) const
{
    return raiseLevel(context, waiting, level);
}

} // namespace keydesk
