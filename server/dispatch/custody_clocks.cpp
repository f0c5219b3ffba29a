#include "dispatch/custody_clocks.h"

#include "base/fault.h"
#include "domain/routing_decision.h"
#include "rules/claim_clock.h"

namespace keydesk {

namespace {

ClaimHours hoursOf(Consequence &consequence, const Opportunity &opportunity)
{
    if (const auto rule = consequence.applied.find(opportunity.id);
        rule != consequence.applied.end())
        return claimHours(opportunity.valueClass, rule->second);
    Transaction &tx = consequence.context.tx;
    const auto decisions = tx.select<RoutingDecision>(
        "opportunity_id = ? AND rule_id IS NOT NULL ORDER BY decided_at DESC, id DESC LIMIT 1",
        {opportunity.id.text()});
    if (!decisions.empty()) {
        if (const auto rule = tx.find<RoutingRule>(decisions.front().ruleId))
            return claimHours(opportunity.valueClass, *rule);
    }
    return claimHours(opportunity.valueClass);
}

bool start(Instant &clock, Instant due)
{
    if (!clock.isNull())
        return false;
    clock = due;
    return true;
}

} // namespace

bool startClocks(Consequence &consequence, Opportunity &opportunity)
{
    const WorkCalendar &calendar = consequence.calendar;
    const auto hours = [&] { return hoursOf(consequence, opportunity); };
    switch (opportunity.custodyState) {
    case CustodyState::Dispatched:
        return opportunity.claimDueAt.isNull() && !fault::planted(fault::ClockForgotten)
            && start(opportunity.claimDueAt,
                     calendar.after(opportunity.dispatchedAt, hours().claim));
    case CustodyState::Claimed: {
        bool started = false;
        if (opportunity.firstContactAt.isNull() && opportunity.firstContactDueAt.isNull())
            started = start(opportunity.firstContactDueAt,
                            calendar.after(opportunity.claimedAt, hours().firstContact));
        if (opportunity.salesStage < SalesStage::PreProposal)
            started = start(opportunity.preProposalDueAt,
                            calendar.endOfWorkingDay(opportunity.claimedAt, preProposalDays))
                || started;
        return started;
    }
    case CustodyState::NeedsInfo:
        return start(opportunity.infoDueAt, calendar.after(opportunity.custodySince, infoTime));
    case CustodyState::Dispatching:
    case CustodyState::Returned:
    case CustodyState::Expired:
        return opportunity.claimDueAt.isNull()
            && start(opportunity.claimDueAt,
                     calendar.after(queuedSince(opportunity),
                                    claimHours(opportunity.valueClass).claim));
    default:
        return false;
    }
}

} // namespace keydesk
