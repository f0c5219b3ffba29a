#include "rules/claim_clock.h"

#include <span>

namespace keydesk {

namespace {

int byClass(ValueClass valueClass, int a, int b, int other)
{
    switch (valueClass) {
    case ValueClass::A:
        return a;
    case ValueClass::B:
        return b;
    default:
        return other;
    }
}

constexpr ClaimMark claimMarks[] = {ClaimMark::Expire, ClaimMark::Escalate, ClaimMark::RemindBoth,
                                    ClaimMark::Remind};
constexpr ClaimMark queueMarks[] = {ClaimMark::Escalate, ClaimMark::RemindBoth};

Instant startOf(const Opportunity &opportunity)
{
    return waitsForDispatcher(opportunity.custodyState) ? queuedSince(opportunity)
                                                        : opportunity.dispatchedAt;
}

qint64 wholeTime(const Opportunity &opportunity, const WorkCalendar &calendar)
{
    return calendar.workingTime(startOf(opportunity), opportunity.claimDueAt);
}

// The first of `marks`, which begin with the highest.
ClaimMark firstDue(std::span<const ClaimMark> marks, const Opportunity &opportunity, Instant now,
                   const WorkCalendar &calendar)
{
    const qint64 whole = wholeTime(opportunity, calendar);
    const qint64 worked = calendar.workingTime(startOf(opportunity), now);
    for (ClaimMark mark : marks) {
        if (worked * 100 >= whole * percentOf(mark))
            return mark;
    }
    return ClaimMark::None;
}

} // namespace

ClaimHours claimHours(ValueClass valueClass)
{
    return claimHours(valueClass, RoutingRule());
}

ClaimHours claimHours(ValueClass valueClass, const RoutingRule &rule)
{
    return {byClass(valueClass, rule.claimHoursA, rule.claimHoursB, rule.claimHoursOther) * hour,
            byClass(valueClass, rule.contactHoursA, rule.contactHoursB, rule.contactHoursOther)
                * hour};
}

int percentOf(ClaimMark mark)
{
    switch (mark) {
    case ClaimMark::None:
        return 0;
    case ClaimMark::Remind:
        return 50;
    case ClaimMark::RemindBoth:
        return 80;
    case ClaimMark::Escalate:
        return 100;
    case ClaimMark::Expire:
        return 150;
    }
    return 0;
}

ClaimMark dueMark(const Opportunity &opportunity, Instant now, const WorkCalendar &calendar)
{
    if (opportunity.custodyState != CustodyState::Dispatched || opportunity.claimDueAt.isNull())
        return ClaimMark::None;
    return firstDue(claimMarks, opportunity, now, calendar);
}

ClaimMark dueInfoMark(const Opportunity &opportunity, Instant now, const WorkCalendar &calendar)
{
    if (opportunity.custodyState != CustodyState::NeedsInfo || opportunity.infoDueAt.isNull())
        return ClaimMark::None;
    if (now >= opportunity.infoDueAt)
        return ClaimMark::Expire;
    const qint64 whole = calendar.workingTime(opportunity.custodySince, opportunity.infoDueAt);
    const qint64 worked = calendar.workingTime(opportunity.custodySince, now);
    return worked * 100 >= whole * percentOf(ClaimMark::Remind) ? ClaimMark::Remind
                                                                : ClaimMark::None;
}

Instant queuedSince(const Opportunity &opportunity)
{
    return opportunity.custodyReason == CustodyReason::Incomplete ? opportunity.capturedAt
                                                                  : opportunity.custodySince;
}

ClaimMark dueQueueMark(const Opportunity &opportunity, Instant now, const WorkCalendar &calendar)
{
    if (!waitsForDispatcher(opportunity.custodyState) || opportunity.claimDueAt.isNull())
        return ClaimMark::None;
    return firstDue(queueMarks, opportunity, now, calendar);
}

Instant timeOf(ClaimMark mark, const Opportunity &opportunity, const WorkCalendar &calendar)
{
    if (opportunity.claimDueAt.isNull())
        return {};
    return calendar.after(startOf(opportunity),
                          wholeTime(opportunity, calendar) * percentOf(mark) / 100);
}

} // namespace keydesk
