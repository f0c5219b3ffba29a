#include "commands/rights.h"

#include "domain/account.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/opportunity.h"

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

bool administers(const Staff &person)
{
    return person.status == StaffStatus::Active && person.roles.contains(Role::Administrator);
}

bool isCurrentAssignment(CommandContext &context, const Assignment &assignment)
{
    return assignment.isCurrent(businessDate(context.now()));
}

std::vector<Assignment> currentAssignments(CommandContext &context, const RecordId &account)
{
    auto all = context.tx.select<Assignment>("account_id = ?", {account.text()});
    std::erase_if(all, [&](const Assignment &one) { return !isCurrentAssignment(context, one); });
    return all;
}

} // namespace

Result<> authorize(CommandContext &context, const Command &command)
{
    const Actor &actor = context.actor;
    if (!actor.isSystem
        && (actor.staff.status != StaffStatus::Active || !actor.staff.deletedAt.isNull()))
        return Error("forbidden.disabled"_reason);
    return command.permit(context);
}

bool mayDo(const CommandContext &context, const QString &act, const Standing &standing)
{
    const RightsPolicy &policy = RightsPolicy::shipped();
    if (context.actor.isSystem)
        return policy.isForJobs(act);
    const Relations enough = policy.relationsFor(act, context.actor.staff.roles);
    const auto holds = [enough](Relation relation, const std::function<bool()> &asked) {
        return enough.testFlag(relation) && asked && asked();
    };
    return enough.testFlag(Relation::Any) || holds(Relation::Own, standing.own)
        || holds(Relation::Area, standing.area) || holds(Relation::Vacant, standing.vacant)
        || holds(Relation::Led, standing.led);
}

bool mayDoToSome(const CommandContext &context, const QString &act)
{
    const RightsPolicy &policy = RightsPolicy::shipped();
    return context.actor.isSystem ? policy.isForJobs(act)
                                  : bool(policy.relationsFor(act, context.actor.staff.roles));
}

Error wrongRole(const QString &act)
{
    const auto role = RightsPolicy::shipped().whoMay(act);
    if (!role)
        return notYours();
    return Error("forbidden.role"_reason,
                 {EnumTable<Role>::keys[std::size_t(*role)].label.argument()});
}

Error notYours()
{
    return Error("forbidden.record"_reason);
}

bool maySell(const Staff &staff)
{
    return std::any_of(std::begin(sellingRoles), std::end(sellingRoles),
                       [&staff](Role role) { return staff.roles.contains(role); });
}

bool channelMayOwn(CommandContext &context, const Staff &staff)
{
    const auto channel = context.tx.find<Channel>(staff.channelId);
    return !channel || (channel->canSell && channel->canServe);
}

bool liesWithin(CommandContext &context, const RecordId &area, const RecordId &top)
{
    RecordId at = area;
    for (int depth = 0; depth < maxAreaDepth && !at.isNull() && !top.isNull(); ++depth) {
        if (at == top)
            return true;
        const auto found = context.tx.find<Area>(at);
        if (!found)
            return false;
        at = found->parentId;
    }
    return false;
}

bool liesInMyArea(CommandContext &context, const RecordId &area)
{
    return liesWithin(context, area, context.actor.staff.areaId);
}

bool leadsArea(CommandContext &context, const RecordId &area)
{
    return context.actor.staff.teamId.isNull() && liesInMyArea(context, area);
}

bool servesAccount(CommandContext &context, const RecordId &account)
{
    if (account.isNull())
        return false;
    for (const Assignment &one : currentAssignments(context, account)) {
        if (one.staffId == context.actor.id())
            return true;
    }
    return !context.tx
                .select<Opportunity>(
                    "account_id = ? AND owner_id = ? AND custody_state = 'claimed' LIMIT 1",
                    {account.text(), context.actor.id().text()})
                .empty();
}

bool leadsStaff(CommandContext &context, const Staff &staff)
{
    const Staff &leader = context.actor.staff;
    if (!leader.teamId.isNull())
        return leader.teamId == staff.teamId;
    return liesWithin(context, staff.areaId, leader.areaId);
}

Result<> keepsAnAdministrator(CommandContext &context, const Staff &after)
{
    const auto before = context.tx.find<Staff>(after.id);
    if (!before || !administers(*before) || administers(after))
        return {};
    const auto people = context.tx.select<Staff>("status = 'active'");
    const bool another = std::any_of(people.begin(), people.end(), [&](const Staff &one) {
        return one.id != after.id && administers(one);
    });
    return another ? Result<>() : Error("staff.last_administrator"_reason, {before->name});
}

bool leadsAccount(CommandContext &context, const RecordId &account)
{
    if (account.isNull())
        return false;
    const auto found = context.tx.find<Account>(account);
    if (found && leadsArea(context, found->areaId))
        return true;
    const auto current = currentAssignments(context, account);
    return std::any_of(current.begin(), current.end(), [&](const Assignment &one) {
        const auto person = context.tx.find<Staff>(one.staffId);
        return person && leadsStaff(context, *person);
    });
}

bool leadsOpportunity(CommandContext &context, const Opportunity &opportunity)
{
    if (leadsArea(context, opportunity.areaId) || leadsAccount(context, opportunity.accountId))
        return true;
    const RecordId holder = opportunity.ownerId.isNull() ? opportunity.assigneeId
                                                         : opportunity.ownerId;
    const auto person = context.tx.find<Staff>(holder);
    return person && leadsStaff(context, *person);
}

} // namespace keydesk
