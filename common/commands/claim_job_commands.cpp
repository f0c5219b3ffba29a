#include "commands/claim_job_commands.h"

#include "commands/custody_step.h"
#include "commands/rights.h"

namespace keydesk {

namespace {

Result<> serverOnly(CommandContext &context)
{
    return context.actor.isSystem ? Result<>() : Result<>(notYours());
}

// Still waiting as it was when the clock was read.
Result<Opportunity> waiting(CommandContext &context, const RecordId &id, int claimEpoch,
                            CustodyState state = CustodyState::Dispatched)
{
    auto found = context.require<Opportunity>(id);
    if (!found)
        return found;
    if (found->custodyState != state || found->claimEpoch != claimEpoch)
        return Error("opportunity.stale"_reason, {}, id.text());
    return found;
}

Result<> raiseLevel(CommandContext &context, const RecordId &id, int claimEpoch, int level,
                    CustodyState state = CustodyState::Dispatched)
{
    auto found = waiting(context, id, claimEpoch, state);
    if (!found)
        return found.error();
    if (found->claimRemindLevel >= level)
        return Error("opportunity.stale"_reason, {}, id.text());
    found->claimRemindLevel = level;
    return context.save(*found);
}

} // namespace

Result<> RemindClaim::permit(CommandContext &context) const
{
    return serverOnly(context);
}

Result<> RemindClaim::apply(CommandContext &context) const
{
    return raiseLevel(context, opportunity, claimEpoch, level);
}

Result<> EscalateClaim::permit(CommandContext &context) const
{
    return serverOnly(context);
}

Result<> EscalateClaim::apply(CommandContext &context) const
{
    return raiseLevel(context, opportunity, claimEpoch, int(ClaimMark::Escalate));
}

Result<> ExpireClaim::permit(CommandContext &context) const
{
    return serverOnly(context);
}

Result<> ExpireClaim::apply(CommandContext &context) const
{
    auto found = waiting(context, opportunity, claimEpoch);
    if (!found)
        return found.error();
    return takeStep(context, *found,
                    {.kind = TransferKind::Expire,
                     .to = CustodyState::Expired,
                     .reason = CustodyReason::Expired,
                     .queue = operationsQueue(context, found->areaId)});
}

Result<> RemindInfo::permit(CommandContext &context) const
{
    return serverOnly(context);
}

Result<> RemindInfo::apply(CommandContext &context) const
{
    return raiseLevel(context, opportunity, claimEpoch, int(ClaimMark::Remind),
                      CustodyState::NeedsInfo);
}

Result<> ExpireInfo::permit(CommandContext &context) const
{
    return serverOnly(context);
}

Result<> ExpireInfo::apply(CommandContext &context) const
{
    auto found = waiting(context, opportunity, claimEpoch, CustodyState::NeedsInfo);
    if (!found)
        return found.error();
    found->infoDueAt = {};
    const RecordId asker = found->queueId;
    return takeStep(context, *found,
                    {.kind = TransferKind::Expire,
                     .to = CustodyState::Dispatching,
                     .reason = CustodyReason::Incomplete,
                     .queue = asker.isNull() ? operationsQueue(context, found->areaId)
                                             : Ref<Team>(asker)});
}

} // namespace keydesk
