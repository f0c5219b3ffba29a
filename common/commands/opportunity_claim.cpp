#include "commands/opportunity_claim.h"

#include "base/date_text.h"
#include "base/fault.h"
#include "commands/custody_step.h"
#include "commands/rights.h"
#include "domain/assignment.h"

namespace keydesk {

namespace {

constexpr int escalated = 3; // claim_remind_level from which supervisor and deputy may claim

QString nameOf(CommandContext &context, const RecordId &staff)
{
    const auto person = context.tx.find<Staff>(staff);
    return person ? person->name : staff.text();
}

Error alreadyOwned(CommandContext &context, const Opportunity &opportunity)
{
    return Error("opportunity.already_owned"_reason,
                 {nameOf(context, opportunity.ownerId),
                  formatInstant(opportunity.claimedAt, businessZone())},
                 opportunity.id.text());
}

bool standsIn(CommandContext &context, const Opportunity &opportunity)
{
    const auto assignee = context.tx.find<Staff>(opportunity.assigneeId);
    if (assignee && assignee->deputyId == context.actor.id())
        return true;
    const QDate today = businessDate(context.now());
    for (const Assignment &one :
         context.tx.select<Assignment>("account_id = ? AND staff_id = ? AND role = 'deputy'",
                                       {opportunity.accountId.text(), context.actor.id().text()})) {
        if (one.isCurrent(today))
            return true;
    }
    return false;
}

// To whom it was given: the person, or anybody who sells in the team of the queue.
bool wasGivenTo(const Opportunity &opportunity, const Staff &me)
{
    if (!opportunity.assigneeId.isNull())
        return opportunity.assigneeId == me.id;
    return !opportunity.queueId.isNull() && opportunity.queueId == me.teamId && maySell(me);
}

// Whether it was his to claim until somebody claimed it.
bool missedIt(CommandContext &context, const Opportunity &opportunity)
{
    const Staff &me = context.actor.staff;
    const auto claims = context.tx.select<Transfer>(
        "opportunity_id = ? AND kind = 'claim' ORDER BY seq DESC LIMIT 1", {opportunity.id.text()});
    if (claims.empty())
        return false;
    const Transfer &claim = claims.front();
    return claim.fromStaffId == me.id
        || (!claim.fromQueueId.isNull() && claim.fromQueueId == me.teamId)
        || opportunity.ownerId == me.id;
}

} // namespace

Result<> ClaimOpportunity::permit(CommandContext &context) const
{
    const auto found = findAnyOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    const Opportunity &wanted = **found;
    const bool open = wanted.claimRemindLevel >= escalated;
    const auto mayClaim = [&](const Standing &standing) {
        return mayDo(context, QString::fromLatin1(name), standing);
    };
    if (mayClaim({.own = [&] { return wasGivenTo(wanted, context.actor.staff); }}))
        return {};
    // Whoever might have had it, or sees it, learns who was faster; to others it does not exist.
    if (!wanted.ownerId.isNull() && missedIt(context, wanted))
        return fault::planted(fault::ClaimNoCheck) ? Result<>() : alreadyOwned(context, wanted);
    if (mayClaim({.own = [&] { return open && standsIn(context, wanted); },
                  .led = [&] { return open && leadsOpportunity(context, wanted); }}))
        return {};
    const auto seen = findOpportunity(context, opportunity);
    if (!seen)
        return seen.error();
    return wanted.ownerId.isNull() ? notYours() : alreadyOwned(context, wanted);
}

Result<> ClaimOpportunity::apply(CommandContext &context) const
{
    auto found = findAnyOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    Opportunity wanted = **found;
    if (fault::planted(fault::ClaimNoCheck))
        wanted.custodyState = CustodyState::Dispatched;
    else if (!wanted.ownerId.isNull())
        return alreadyOwned(context, wanted);
    if (wanted.custodyState != CustodyState::Dispatched)
        return Error("opportunity.not_claimable"_reason, wrongState(wanted).args,
                     opportunity.text());
    if (!channelMayOwn(context, context.actor.staff))
        return Error("opportunity.target_cannot_own"_reason, {context.actor.staff.name},
                     context.actor.id().text());
    return takeStep(context, wanted,
                    {.kind = TransferKind::Claim,
                     .to = CustodyState::Claimed,
                     .staff = context.actor.id()});
}

Result<> UndoClaim::permit(CommandContext &context) const
{
    const auto found = findOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found || mayDo(context, QString::fromLatin1(name), {.own = [&] {
                             return (*found)->ownerId == context.actor.id();
                         }}))
        return {};
    return Error("opportunity.not_owner"_reason);
}

Result<> UndoClaim::apply(CommandContext &context) const
{
    auto found = findAnyOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    Opportunity claimed = **found;
    if (claimed.custodyState != CustodyState::Claimed)
        return wrongState(claimed);
    if (context.now() - claimed.claimedAt > window)
        return Error("opportunity.undo_too_late"_reason);
    const auto claims = context.tx.select<Transfer>(
        "opportunity_id = ? AND kind = 'claim' ORDER BY seq DESC LIMIT 1", {opportunity.text()});
    // What he found himself was never given to him: there is nobody to give it back to.
    if (claims.empty() || claims.front().fromState != CustodyState::Dispatched)
        return wrongState(claimed);
    return takeStep(context, claimed,
                    {.kind = TransferKind::UndoClaim,
                     .to = CustodyState::Dispatched,
                     .reason = CustodyReason::Undone,
                     .staff = claims.front().fromStaffId,
                     .queue = claims.front().fromQueueId});
}

} // namespace keydesk
