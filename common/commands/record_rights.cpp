#include "commands/rights.h"

#include "domain/assignment.h"
#include "domain/note.h"
#include "domain/opportunity.h"
#include "domain/opportunity_item.h"
#include "domain/task.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *referenceEntities[] =
    {"area", "industry", "channel", "channel_coverage", "team", "staff", "product_offering"};
constexpr const char *accountChildren[] = {"contact", "account_site"};
// What a person may change in his own file; the rest is the administrator's.
constexpr const char *ownStaffFields[] = {"phone", "email", "absent_from", "absent_until",
                                          "deputy_id"};

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

Result<> allowIf(bool allowed, const Error &otherwise = notYours())
{
    if (allowed)
        return {};
    return otherwise;
}

bool ownsOrManages(CommandContext &context, const RecordId &account)
{
    return servesAccount(context, account) || managesAccount(context, account);
}

// Whoever has it in his hands: the owner; before the claim the one who captured it, and the
// dispatcher while it waits for him.
bool worksOn(CommandContext &context, const Opportunity &opportunity)
{
    if (isFinal(opportunity.custodyState))
        return managesOpportunity(context, opportunity);
    const RecordId &me = context.actor.id();
    if (opportunity.custodyState == CustodyState::Claimed)
        return opportunity.ownerId == me || managesOpportunity(context, opportunity);
    return opportunity.capturedBy == me || opportunity.assigneeId == me
        || dispatchesArea(context, opportunity.areaId) || managesOpportunity(context, opportunity);
}

bool worksOnTask(CommandContext &context, const Task &task)
{
    const Staff &me = context.actor.staff;
    if (task.assigneeId == me.id || task.createdBy == me.id)
        return true;
    if (task.assigneeId.isNull() && !task.queueId.isNull() && task.queueId == me.teamId)
        return true;
    const auto assignee = context.tx.find<Staff>(task.assigneeId);
    return assignee && managesStaff(context, *assignee);
}

RecordId accountOf(const EntityInfo &entity, const Row &record)
{
    return entity.indexOf(u"account_id"_s) < 0
        ? RecordId()
        : RecordId(entity.cell(record, u"account_id"_s).text());
}

Result<> mayTouchItem(CommandContext &context, const OpportunityItem &item)
{
    const auto opportunity = context.tx.find<Opportunity>(item.opportunityId);
    if (!opportunity)
        return context.onServer() ? Result<>(notYours()) : Result<>();
    return allowIf(worksOn(context, *opportunity));
}

} // namespace

Result<> mayEdit(CommandContext &context, const EntityInfo &entity, const Row &record)
{
    if (context.actor.isSystem)
        return {};
    const QString &name = entity.name();
    if (isEntity<Staff>(entity) && record[common_column::Id].text() == context.actor.id().text())
        return {};
    if (contains(referenceEntities, name))
        return allowIf(context.actor.has(Role::Administrator), wrongRole(Role::Administrator));
    if (name == u"tag")
        return allowIf(hasAnyRole(context.actor,
                                  {Role::Administrator, Role::Supervisor, Role::DeptManager}),
                       wrongRole(Role::Supervisor));
    if (name == u"account") {
        // A partner looks after his deals and their people; the customer's file is ours.
        const RecordId id(record[common_column::Id].text());
        return allowIf((!context.actor.has(Role::PartnerAgent) && servesAccount(context, id))
                       || managesAccount(context, id));
    }
    if (contains(accountChildren, name))
        return allowIf(ownsOrManages(context, accountOf(entity, record)));
    if (isEntity<Assignment>(entity))
        return allowIf(managesAccount(context, accountOf(entity, record)),
                       wrongRole(Role::Supervisor));
    if (isEntity<Opportunity>(entity))
        return allowIf(worksOn(context, fromRow<Opportunity>(record)));
    if (isEntity<OpportunityItem>(entity))
        return mayTouchItem(context, fromRow<OpportunityItem>(record));
    if (isEntity<Task>(entity))
        return allowIf(worksOnTask(context, fromRow<Task>(record)));
    if (isEntity<Note>(entity))
        return allowIf(fromRow<Note>(record).authorId == context.actor.id());
    return notYours();
}

Result<> mayEditField(CommandContext &context, const EntityInfo &entity, const Row &record,
                      const FieldInfo &field)
{
    if (field.has(FieldFlag::ServerOwned))
        return Error("field.read_only"_reason, {field.label.argument()});
    if (context.actor.isSystem)
        return {};
    if (isEntity<Staff>(entity) && !context.actor.has(Role::Administrator)
        && !contains(ownStaffFields, field.name))
        return wrongRole(Role::Administrator);
    // Moving a customer to another local network takes it, and all that belongs to it, out of
    // sight.
    if (isEntity<Account>(entity) && field.name == u"area_id"
        && !managesAccount(context, RecordId(record[common_column::Id].text())))
        return wrongRole(Role::Supervisor);
    const bool masked = field.has(FieldFlag::Personal) || field.has(FieldFlag::Confidential);
    if (masked && !seesInClear(context, entity, record))
        return Error("field.hidden"_reason, {field.label.argument()});
    return {};
}

Result<> mayCreate(CommandContext &context, const EntityInfo &entity, const Row &record)
{
    const QString &name = entity.name();
    if (context.actor.isSystem)
        return {};
    if (name == u"account")
        return allowIf(hasAnyRole(context.actor,
                                  {Role::AccountManager, Role::TeleManager, Role::Supervisor,
                                   Role::DeptManager})
                           || isSeat(context.actor),
                       wrongRole(Role::AccountManager));
    if (contains(accountChildren, name)) {
        // A desktop that does not hold the customer cannot know: the server decides.
        const RecordId account = accountOf(entity, record);
        const bool unknown = !context.onServer() && !context.tx.contains<Account>(account);
        return allowIf(unknown || ownsOrManages(context, account));
    }
    if (isEntity<OpportunityItem>(entity))
        return mayTouchItem(context, fromRow<OpportunityItem>(record));
    if (name == u"tag" || (contains(referenceEntities, name) && !isEntity<Staff>(entity)))
        return mayEdit(context, entity, record);
    return notYours();
}

Result<> mayRemove(CommandContext &context, const EntityInfo &entity, const Row &record)
{
    if (contains(accountChildren, entity.name()) || isEntity<OpportunityItem>(entity)
        || isEntity<Note>(entity) || entity.name() == u"tag")
        return mayEdit(context, entity, record);
    if (isEntity<Task>(entity))
        return allowIf(fromRow<Task>(record).createdBy == context.actor.id());
    return notYours();
}

} // namespace keydesk
