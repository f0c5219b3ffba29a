#pragma once

#include "domain/opportunity.h"
#include "domain/routing_rule.h"
#include "rules/work_calendar.h"

namespace keydesk {

// How long a customer of a class may wait, in working time (domain C5) [J].
struct ClaimHours
{
    qint64 claim = 8 * hour;
    qint64 firstContact = 16 * hour; // from the claim on
};

/// The hours of a value class: the defaults (A 2 and 4, B 4 and 8, others 8 and 16).
ClaimHours claimHours(ValueClass valueClass);
/// The hours as the rule that routed it says.
ClaimHours claimHours(ValueClass valueClass, const RoutingRule &rule);

/// Working time in which the contact channel answers the operations centre (domain C7) [J].
constexpr qint64 infoTime = 4 * hour;

/// Working days from the claim to the pre-proposal (domain C5) [J].
constexpr int preProposalDays = 3;

// What the claim clock asks for. The mark that was reached stands in the opportunity
// (claim_remind_level); each is taken once.
enum class ClaimMark {
    None,
    Remind, // 50 %: reminds the one it was given to
    RemindBoth, // 80 %: and his deputy
    Escalate, // 100 %: supervisor and deputy may claim
    Expire, // 150 %: back to the operations centre
};

/// Share of a mark of the whole claim time, in percent: 50, 80, 100, 150.
int percentOf(ClaimMark mark);

/// The highest mark that is due at `now`. The clock runs from `dispatchedAt` to `claimDueAt` in
/// working time; without a due time, or when it is not waiting to be claimed, None.
ClaimMark dueMark(const Opportunity &opportunity, Instant now, const WorkCalendar &calendar);

/// The same for information that was asked for: Remind at 50 %, Expire at 100 % of the working time
/// from `custodySince` to `infoDueAt` (domain C7) [J]; None unless it waits for an answer.
ClaimMark dueInfoMark(const Opportunity &opportunity, Instant now, const WorkCalendar &calendar);

/// Since when the dispatcher has had it (domain C2): what came in incomplete since its capture,
/// everything else since it came into the queue.
Instant queuedSince(const Opportunity &opportunity);

/// The same for what lies in the operations centre: RemindBoth at 80 %, Escalate at 100 % of the
/// working time from `queuedSince` to `claimDueAt`; None unless it waits for a dispatcher.
ClaimMark dueQueueMark(const Opportunity &opportunity, Instant now, const WorkCalendar &calendar);

/// When `mark` will be due: for reports and for the time left on a button.
Instant timeOf(ClaimMark mark, const Opportunity &opportunity, const WorkCalendar &calendar);

} // namespace keydesk
