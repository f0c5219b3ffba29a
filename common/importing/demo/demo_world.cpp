#include "importing/demo/demo_world.h"

#include "domain/reference_id.h"

#include <QTimeZone>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

Instant DemoWorld::at(const QDate &date, int hours, int minutes)
{
    // One time zone, no summer time: Chinese time is UTC + 8 h.
    return {QDateTime(date, QTime(hours, minutes), Qt::UTC).toMSecsSinceEpoch() - 8 * hour};
}

Instant DemoWorld::daysAgo(int days)
{
    QDate date = today.addDays(-days);
    while (days > 0 && date.dayOfWeek() > 5)
        date = date.addDays(-1);
    const Instant moment = at(date, random.between(8, 16), random.between(0, 59));
    return std::min(moment, now + -random.between(10, 90) * minute);
}

std::vector<const Staff *> DemoWorld::people(const RecordId &areaId, Role role) const
{
    std::vector<const Staff *> found;
    for (const Staff &one : staff) {
        if (one.areaId == areaId && one.roles.contains(role))
            found.push_back(&one);
    }
    return found;
}

const Staff &DemoWorld::person(const RecordId &id) const
{
    const auto found = std::find_if(staff.begin(), staff.end(),
                                    [&](const Staff &one) { return one.id == id; });
    Q_ASSERT(found != staff.end());
    return *found;
}

const Staff *DemoWorld::assigned(const Account &account, AssignmentRole role) const
{
    for (const Assignment &assignment : assignments) {
        if (assignment.accountId == account.id && assignment.role == role
            && assignment.isCurrent(today))
            return &person(assignment.staffId);
    }
    return nullptr;
}

std::vector<const Contact *> DemoWorld::contactsOf(const Account &account) const
{
    std::vector<const Contact *> found;
    for (const Contact &contact : contacts) {
        if (contact.accountId == account.id)
            found.push_back(&contact);
    }
    return found;
}

const std::vector<QString> &demoAreas()
{
    static const std::vector<QString> codes{u"5301"_s, u"3205"_s};
    return codes;
}

QString areaCodeOf(const RecordId &areaId)
{
    for (const QString &code : demoAreas()) {
        if (referenceId(u"area", code) == areaId)
            return code;
    }
    return {};
}

Instant demoWorkingHours(Instant from, int hours)
{
    constexpr int opening = 9;
    constexpr int closing = 17;
    qint64 left = hours * hour;
    QDate date = businessDate(from);
    for (Instant at = from;; date = date.addDays(1), at = DemoWorld::at(date, opening)) {
        const Instant start = std::max(at, DemoWorld::at(date, opening));
        const qint64 open = std::max<qint64>(0, DemoWorld::at(date, closing) - start);
        if (date.dayOfWeek() > 5)
            continue;
        if (left <= open)
            return start + left;
        left -= open;
    }
}

} // namespace keydesk
