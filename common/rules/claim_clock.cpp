#include "rules/claim_clock.h"

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

constexpr ClaimMark marks[] = {ClaimMark::Expire, ClaimMark::Escalate, ClaimMark::RemindBoth,
                               ClaimMark::Remind};

qint64 wholeTime(const Opportunity &opportunity, const WorkCalendar &calendar)
{
    return calendar.workingTime(opportunity.dispatchedAt, opportunity.claimDueAt);
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
    const qint64 whole = wholeTime(opportunity, calendar);
    const qint64 worked = calendar.workingTime(opportunity.dispatchedAt, now);
    for (ClaimMark mark : marks) {
        if (worked * 100 >= whole * percentOf(mark))
            return mark;
    }
    return ClaimMark::None;
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

Instant timeOf(ClaimMark mark, const Opportunity &opportunity, const WorkCalendar &calendar)
{
    if (opportunity.claimDueAt.isNull())
        return {};
    return calendar.after(opportunity.dispatchedAt,
                          wholeTime(opportunity, calendar) * percentOf(mark) / 100);
}

} // namespace keydesk
