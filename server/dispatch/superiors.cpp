#include "dispatch/superiors.h"

#include "commands/rights.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/team.h"

#include <algorithm>

namespace keydesk {

namespace {

bool serves(Consequence &consequence, const RecordId &staff)
{
    const auto person = consequence.context.tx.find<Staff>(staff);
    return person && person->status == StaffStatus::Active;
}

// People in service who meet the condition and have one of the roles, in order of staff number.
std::vector<RecordId> peopleWith(Consequence &consequence, const QList<Role> &roles,
                                 const QByteArray &condition, const RecordId &value)
{
    std::vector<RecordId> found;
    for (const Staff &one : consequence.context.tx.select<Staff>("status = 'active' AND "
                                                                     + condition + " ORDER BY code",
                                                                 {Cell(value.text())})) {
        const bool fits = std::any_of(roles.begin(), roles.end(),
                                      [&](Role role) { return one.roles.contains(role); });
        if (fits)
            found.push_back(one.id);
    }
    return found;
}

std::vector<RecordId> managersOf(Consequence &consequence, const RecordId &area)
{
    RecordId at = area;
    for (int depth = 0; depth < maxAreaDepth && !at.isNull(); ++depth) {
        auto managers = peopleWith(consequence, {Role::Supervisor, Role::DeptManager},
                                   "team_id IS NULL AND area_id = ?", at);
        if (managers.empty())
            managers = peopleWith(consequence, {Role::Supervisor}, "area_id = ?", at);
        if (!managers.empty())
            return managers;
        const auto found = consequence.context.tx.find<Area>(at);
        at = found ? RecordId(found->parentId) : RecordId();
    }
    return {};
}

} // namespace

std::vector<RecordId> leadersOf(Consequence &consequence, const RecordId &team)
{
    const auto found = consequence.context.tx.find<Team>(team);
    if (!found)
        return {};
    if (serves(consequence, found->leaderId))
        return {found->leaderId};
    const auto supervisors = peopleWith(consequence, {Role::Supervisor}, "team_id = ?", team);
    return supervisors.empty() ? managersOf(consequence, found->areaId) : supervisors;
}

std::vector<RecordId> leadersAbove(Consequence &consequence, const Staff &person)
{
    return person.teamId.isNull() ? managersOf(consequence, person.areaId)
                                  : leadersOf(consequence, person.teamId);
}

std::vector<RecordId> deputiesFor(Consequence &consequence, const Opportunity &opportunity)
{
    std::vector<RecordId> deputies;
    const auto person = consequence.context.tx.find<Staff>(opportunity.assigneeId);
    if (person && serves(consequence, person->deputyId))
        deputies.push_back(person->deputyId);
    const QDate today = businessDate(consequence.context.now());
    for (const Assignment &one : consequence.context.tx.select<Assignment>(
             "account_id = ? AND role = 'deputy' ORDER BY valid_from DESC, id DESC",
             {Cell(opportunity.accountId.text())})) {
        if (one.isCurrent(today) && one.staffId != opportunity.assigneeId
            && serves(consequence, one.staffId))
            deputies.push_back(one.staffId);
    }
    return deputies;
}

} // namespace keydesk
