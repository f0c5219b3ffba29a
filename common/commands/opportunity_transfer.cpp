#include "commands/opportunity_transfer.h"

#include "commands/custody_step.h"
#include "commands/rights.h"
#include "domain/team.h"

namespace keydesk {

namespace {

// Somebody moved it between the look and the command.
Result<> checkEpoch(const Opportunity &opportunity, int seenEpoch)
{
    if (seenEpoch != 0 && seenEpoch != opportunity.claimEpoch)
        return Error("opportunity.stale"_reason, {}, opportunity.id.text());
    return {};
}

// A queue that takes work. Teams are reference data: every desktop holds them all.
Result<> checkQueue(CommandContext &context, const RecordId &queue)
{
    const auto team = context.tx.find<Team>(queue);
    if (team && team->active && team->hasQueue)
        return {};
    return Error("opportunity.queue_unfit"_reason, {}, queue.text());
}

// What comes back goes to those who dispatch there: of the area or of one above it.
Result<> checkReturnQueue(CommandContext &context, const Opportunity &opportunity,
                          const RecordId &queue)
{
    if (auto fits = checkQueue(context, queue); !fits)
        return fits;
    const auto team = context.tx.find<Team>(queue);
    const bool serves = team->areaId.isNull()
        || liesWithin(context, opportunity.areaId, team->areaId);
    if (team->kind == TeamKind::OperationsCentre && serves)
        return {};
    const Label field{"转回队列", "Queue to return to"};
    const Label wanted{"应为本地网或其上级的运营中心队列",
                       "an operations centre of its area or above is expected"};
    return Error("field.malformed"_reason, {field.argument(), team->name, wanted.argument()},
                 queue.text());
}

Result<> checkTaker(CommandContext &context, const RecordId &staff)
{
    const auto person = context.tx.find<Staff>(staff);
    if (person && person->status == StaffStatus::Active && maySell(*person)
        && channelMayOwn(context, *person))
        return {};
    return Error("opportunity.target_cannot_own"_reason, {person ? person->name : staff.text()});
}

} // namespace

Result<> ReturnOpportunity::permit(CommandContext &context) const
{
    const auto found = findOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    const Opportunity &held = **found;
    const Staff &me = context.actor.staff;
    const auto own = [&] {
        return held.ownerId.isNull() ? held.assigneeId == me.id
                || (!held.queueId.isNull() && held.queueId == me.teamId && maySell(me))
                                     : held.ownerId == me.id;
    };
    const auto inArea = [&] { return held.ownerId.isNull() && liesInMyArea(context, held.areaId); };
    if (mayDo(context, QString::fromLatin1(name),
              {.own = own, .led = [&] { return leadsOpportunity(context, held); }, .area = inArea}))
        return {};
    return held.ownerId.isNull() ? notYours() : Error("opportunity.not_owner"_reason);
}

Result<> ReturnOpportunity::apply(CommandContext &context) const
{
    auto found = findAnyOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    if (reason.trimmed().isEmpty() || queue.isNull())
        return Error("opportunity.return_needs_reason"_reason);
    Opportunity returned = **found;
    if (auto fresh = checkEpoch(returned, claimEpoch); !fresh)
        return fresh;
    if (auto fits = checkReturnQueue(context, returned, queue); !fits)
        return fits;
    returned.returnReason = reason.trimmed();
    return takeStep(context, returned,
                    {.kind = TransferKind::Return,
                     .to = CustodyState::Returned,
                     .reason = CustodyReason::Returned,
                     .queue = queue,
                     .note = returned.returnReason});
}

Result<> DispatchOpportunity::permit(CommandContext &context) const
{
    const auto found = findOpportunity(context, opportunity);
    if (!found)
        return found.error();
    const QString act = QString::fromLatin1(name);
    if (!*found
        || mayDo(context, act, {.area = [&] { return liesInMyArea(context, (*found)->areaId); }}))
        return {};
    return (*found)->transferCount > 0 ? Error("opportunity.second_transfer"_reason)
                                       : wrongRole(act);
}

Result<> DispatchOpportunity::apply(CommandContext &context) const
{
    auto found = findAnyOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    if (staff.isNull() == queue.isNull())
        return Error("opportunity.needs_target"_reason);
    Opportunity waiting = **found;
    if (auto fresh = checkEpoch(waiting, claimEpoch); !fresh)
        return fresh;
    if (waiting.custodyState == CustodyState::Claimed) {
        const auto owner = context.tx.find<Staff>(waiting.ownerId);
        return Error("opportunity.held"_reason, {owner ? owner->name : waiting.ownerId.text()},
                     opportunity.text());
    }
    if (auto fits = staff.isNull() ? checkQueue(context, queue) : checkTaker(context, staff); !fits)
        return fits;
    return takeStep(context, waiting,
                    {.kind = staff.isNull() ? TransferKind::Queue : TransferKind::Dispatch,
                     .to = CustodyState::Dispatched,
                     .staff = staff,
                     .queue = queue,
                     .note = note.trimmed(),
                     .counts = true});
}

Result<> CloseHandled::permit(CommandContext &context) const
{
    const auto found = findOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    const Opportunity &handled = **found;
    const auto own = [&] {
        return handled.capturedBy == context.actor.id()
            && (handled.ownerId.isNull() || handled.ownerId == context.actor.id());
    };
    if (mayDo(context, QString::fromLatin1(name), {.own = own}))
        return {};
    if (handled.capturedBy != context.actor.id())
        return notYours();
    // From the claim on the deal is its owner's to end.
    return Error("opportunity.not_owner"_reason);
}

Result<> CloseHandled::apply(CommandContext &context) const
{
    auto found = findAnyOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    Opportunity handled = **found;
    // What never became a lead may be closed as it is.
    if (handled.custodyState == CustodyState::Captured)
        handled.custodyState = CustodyState::Identified;
    handled.handledByChannel = context.actor.staff.channelId;
    return takeStep(context, handled,
                    {.kind = TransferKind::Close,
                     .to = CustodyState::Closed,
                     .reason = CustodyReason::HandledAtFirstContact,
                     .note = note.trimmed()});
}

Result<> MarkInvalid::permit(CommandContext &context) const
{
    const auto found = findOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    const RecordId &me = context.actor.id();
    const Opportunity &held = **found;
    const auto own = [&] {
        return held.ownerId.isNull() ? held.capturedBy == me : held.ownerId == me;
    };
    const bool may = mayDo(context, QString::fromLatin1(name),
                           {.own = own,
                            .led = [&] { return leadsOpportunity(context, held); },
                            .area = [&] { return liesInMyArea(context, held.areaId); }});
    return may ? Result<>() : Result<>(notYours());
}

Result<> MarkInvalid::apply(CommandContext &context) const
{
    auto found = findAnyOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    Opportunity discarded = **found;
    const bool twice = reason == CustodyReason::Duplicate;
    return takeStep(context, discarded,
                    {.kind = TransferKind::Discard,
                     .to = CustodyState::Invalid,
                     .reason = twice ? CustodyReason::Duplicate : CustodyReason::NotGenuine,
                     .note = note.trimmed()});
}

} // namespace keydesk
