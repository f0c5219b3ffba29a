#include "commands/rights.h"

#include "domain/account.h"
#include "domain/note.h"
#include "domain/opportunity.h"
#include "domain/opportunity_item.h"
#include "domain/task.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// What a person may change in his own file; the rest is the administrator's.
constexpr const char *ownStaffFields[] = {"phone", "email", "absent_from", "absent_until",
                                          "deputy_id"};

// What a person may change in a task that goes with an opportunity.
constexpr const char *ownTaskFields[] = {"remind_at", "snoozed_until", "details", "result"};

template <std::size_t N>
bool contains(const char *const (&names)[N], const QString &name)
{
    for (const char *one : names) {
        if (name == QLatin1StringView(one))
            return true;
    }
    return false;
}

template <class T>
bool isEntity(const EntityInfo &entity)
{
    return entity.name() == QLatin1StringView(Schema<T>::table);
}

// Whoever has it in his hands: the owner; before the claim the one who captured it or to whom it
// was given. What has ended is nobody's.
bool holds(const CommandContext &context, const Opportunity &opportunity)
{
    const RecordId &me = context.actor.id();
    if (isFinal(opportunity.custodyState))
        return false;
    if (opportunity.custodyState == CustodyState::Claimed)
        return opportunity.ownerId == me;
    return opportunity.capturedBy == me || opportunity.assigneeId == me;
}

Standing standingOf(CommandContext &context, const Opportunity &opportunity)
{
    return {.own = [&context, opportunity] { return holds(context, opportunity); },
            .led = [&context, opportunity] { return leadsOpportunity(context, opportunity); },
            .area =
                [&context, opportunity] {
                    return !isFinal(opportunity.custodyState)
                        && opportunity.custodyState != CustodyState::Claimed
                        && liesInMyArea(context, opportunity.areaId);
                }};
}

Standing standingOf(CommandContext &context, const Task &task)
{
    const auto own = [&context, task] {
        const Staff &me = context.actor.staff;
        return task.assigneeId == me.id || task.createdBy == me.id
            || (task.assigneeId.isNull() && !task.queueId.isNull() && task.queueId == me.teamId);
    };
    const auto led = [&context, task] {
        const auto assignee = context.tx.find<Staff>(task.assigneeId);
        return assignee && leadsStaff(context, *assignee);
    };
    return {.own = own, .led = led};
}

RecordId accountOf(const EntityInfo &entity, const Row &record)
{
    return entity.indexOf(u"account_id"_s) < 0
        ? RecordId()
        : RecordId(entity.cell(record, u"account_id"_s).text());
}

Standing standingOfItem(CommandContext &context, const OpportunityItem &item)
{
    const auto opportunity = context.tx.find<Opportunity>(item.opportunityId);
    if (opportunity)
        return standingOf(context, *opportunity);
    // A desktop that does not hold it cannot know: the server decides.
    return {.own = [&context] { return !context.onServer(); }};
}

Standing standingOfAccount(CommandContext &context, const RecordId &account)
{
    return {.own = [&context, account] { return servesAccount(context, account); },
            .led = [&context, account] { return leadsAccount(context, account); }};
}

// His role never does it, or not to this record.
Result<> allow(CommandContext &context, const QString &act, const Standing &standing)
{
    if (mayDo(context, act, standing))
        return {};
    return mayDoToSome(context, act) ? notYours() : wrongRole(act);
}

} // namespace

Standing standingOf(CommandContext &context, const EntityInfo &entity, const Row &record)
{
    const RecordId id(record[common_column::Id].text());
    if (isEntity<Staff>(entity))
        return {.own = [&context, id] { return id == context.actor.id(); }};
    if (isEntity<Account>(entity))
        return standingOfAccount(context, id);
    if (isEntity<Opportunity>(entity))
        return standingOf(context, fromRow<Opportunity>(record));
    if (isEntity<OpportunityItem>(entity))
        return standingOfItem(context, fromRow<OpportunityItem>(record));
    if (isEntity<Task>(entity))
        return standingOf(context, fromRow<Task>(record));
    if (isEntity<Note>(entity)) {
        const RecordId author = fromRow<Note>(record).authorId;
        return {.own = [&context, author] { return author == context.actor.id(); }};
    }
    const RecordId account = accountOf(entity, record);
    return account.isNull() ? Standing() : standingOfAccount(context, account);
}

Result<> mayEdit(CommandContext &context, const EntityInfo &entity, const Row &record)
{
    return allow(context, u"EditRecord "_s + entity.name(), standingOf(context, entity, record));
}

Result<> mayEditField(CommandContext &context, const EntityInfo &entity, const Row &record,
                      const FieldInfo &field)
{
    if (field.has(FieldFlag::ServerOwned))
        return Error("field.read_only"_reason, {field.label.argument()});
    if (context.actor.isSystem)
        return {};
    if (isEntity<Staff>(entity) && !contains(ownStaffFields, field.name)
        && !mayDo(context, u"EditRecord staff"_s))
        return wrongRole(u"SaveStaff"_s);
    // Moving a customer to another local network takes it, and all that belongs to it, out of
    // sight.
    const QString moving = u"EditRecord account.area_id"_s;
    if (isEntity<Account>(entity) && field.name == u"area_id"
        && !mayDo(context, moving, standingOf(context, entity, record)))
        return wrongRole(moving);
    // What the task is about and by when is its opportunity's.
    if (isEntity<Task>(entity) && !contains(ownTaskFields, field.name)
        && isServerOwned(fromRow<Task>(record).kind))
        return Error("field.read_only"_reason, {field.label.argument()});
    const bool masked = field.has(FieldFlag::Personal) || field.has(FieldFlag::Confidential);
    if (masked && !seesInClear(context, entity, record))
        return Error("field.hidden"_reason, {field.label.argument()});
    return {};
}

Result<> mayCreate(CommandContext &context, const EntityInfo &entity, const Row &record)
{
    const QString act = u"CreateRecord "_s + entity.name();
    const RecordId account = accountOf(entity, record);
    // A desktop that does not hold the customer cannot know: the server decides.
    if (!context.onServer() && !account.isNull() && mayDoToSome(context, act)
        && !context.tx.contains<Account>(account))
        return {};
    return allow(context, act, standingOf(context, entity, record));
}

Result<> mayRemove(CommandContext &context, const EntityInfo &entity, const Row &record)
{
    const QString act = u"RemoveRecord "_s + entity.name();
    if (!isEntity<Task>(entity))
        return allow(context, act, standingOf(context, entity, record));
    // Whoever gave it may take it back.
    const RecordId giver = fromRow<Task>(record).createdBy;
    return allow(context, act, {.own = [&context, giver] { return giver == context.actor.id(); }});
}

} // namespace keydesk
