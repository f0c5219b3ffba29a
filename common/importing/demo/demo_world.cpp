#include "importing/demo/demo_world.h"

#include "domain/reference_id.h"

#include <QTimeZone>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

template <class T>
std::vector<T> tableOf(const std::vector<EntityRows> &tables)
{
    std::vector<T> records;
    for (const EntityRows &table : tables) {
        if (table.entity != QLatin1StringView(Schema<T>::table))
            continue;
        for (const Row &row : table.rows)
            records.push_back(fromRow<T>(row));
    }
    return records;
}

} // namespace

DemoWorld::DemoWorld(quint64 seed, Instant at, const std::vector<EntityRows> &reference)
    : random(seed)
    , names(random)
    , now(at)
    , today(businessDate(at))
    , records(reference)
    , products(tableOf<ProductOffering>(reference))
    , teams(tableOf<Team>(reference))
{
}

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

QString DemoWorld::nameOf(const RecordId &staffOrTeam) const
{
    const auto isIt = [&](const auto &one) { return one.id == staffOrTeam; };
    const auto one = std::find_if(staff.begin(), staff.end(), isIt);
    if (one != staff.end())
        return one->name;
    const auto team = std::find_if(teams.begin(), teams.end(), isIt);
    return team == teams.end() ? QString() : team->name;
}

RecordId DemoWorld::leaderOf(const RecordId &team) const
{
    const auto found = std::find_if(teams.begin(), teams.end(),
                                    [&](const Team &one) { return one.id == team; });
    return found == teams.end() ? RecordId() : RecordId(found->leaderId);
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

} // namespace keydesk
