#include "commands/rights.h"

#include "domain/account.h"
#include "domain/opportunity.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

using Place = RightsPolicy::Place;

Sight sightIn(const CommandContext &context, Place place)
{
    return RightsPolicy::shipped().sight(place, context.actor.staff.roles);
}

bool sees(const CommandContext &context, Place place)
{
    return sightIn(context, place) != Sight::None;
}

bool holdsOpportunityOf(CommandContext &context, const RecordId &account)
{
    return !context.tx
                .select<Opportunity>(
                    "account_id = ?1 AND (assignee_id = ?2 OR follower_id = ?2) AND "
                    "custody_state IN ('dispatched','claimed') LIMIT 1",
                    {account.text(), context.actor.id().text()})
                .empty();
}

// As deputy of whoever lets it lie, or as leader of his team: they may have to claim it.
bool mayHaveToClaimFor(CommandContext &context, const RecordId &account)
{
    const Staff &me = context.actor.staff;
    const bool leads = sees(context, Place::Team);
    return !context.tx
                .select<Opportunity>(
                    "account_id = ?1 AND ((custody_state = 'dispatched' AND claim_remind_level >= "
                    "2 AND assignee_id IN (SELECT id FROM staff WHERE deputy_id = ?2 AND "
                    "deleted_at IS NULL)) OR (custody_state IN ('dispatched','claimed') AND "
                    "coalesce(owner_id, assignee_id) IN (SELECT id FROM staff WHERE team_id = ?3 "
                    "AND deleted_at IS NULL))) LIMIT 1",
                    {Cell(account.text()), Cell(me.id.text()),
                     leads && !me.teamId.isNull() ? Cell(me.teamId.text()) : Cell()})
                .empty();
}

// Seats know the customers of their area by the directory: who they are, not what is in the file.
bool knowsByDirectory(CommandContext &context, const RecordId &area)
{
    return sees(context, Place::Directory) && liesInMyArea(context, area);
}

bool seesArea(CommandContext &context, const RecordId &area)
{
    return RightsPolicy::shipped().areaSight(context.actor.staff) != Sight::None
        && liesInMyArea(context, area);
}

bool isInBucket(CommandContext &context, const EntityInfo::BucketInfo &bucket, const QString &value)
{
    const RecordId id(value);
    if (bucket.prefix == u"ref")
        return true;
    if (id.isNull())
        return false;
    if (bucket.prefix == u"user" || bucket.prefix == u"watch")
        return id == context.actor.id();
    if (bucket.prefix == u"org")
        return sees(context, Place::Queue) && id == context.actor.staff.teamId;
    if (bucket.prefix == u"area")
        return seesArea(context, id);
    if (bucket.prefix == u"directory")
        return knowsByDirectory(context, id);
    if (bucket.prefix == u"acct")
        return servesAccount(context, id)
            || (sees(context, Place::Team) && leadsAccount(context, id))
            || holdsOpportunityOf(context, id) || mayHaveToClaimFor(context, id);
    return false;
}

// In a bucket of its customer, or in one of the others.
bool isInOneOf(CommandContext &context, const EntityInfo &entity, const Row &record, bool customers)
{
    for (const EntityInfo::BucketInfo &bucket : entity.buckets()) {
        const QString value = bucket.column < 0 ? QString()
                                                : record[std::size_t(bucket.column)].text();
        if ((bucket.prefix == u"acct") == customers && isInBucket(context, bucket, value))
            return true;
    }
    return false;
}

} // namespace

bool seesRecord(CommandContext &context, const EntityInfo &entity, const Row &record)
{
    if (!context.onServer() || context.actor.isSystem)
        return true;
    const bool known = entity.name() == QLatin1StringView(Schema<Account>::table)
        && knowsByDirectory(context, fromRow<Account>(record).areaId);
    // Whether one serves a customer takes most reading, so that is asked last.
    return known || isInOneOf(context, entity, record, false)
        || isInOneOf(context, entity, record, true);
}

Result<Row> findVisible(CommandContext &context, const QString &entity, const RecordId &id)
{
    const EntityInfo *info = context.tx.catalog().find(entity);
    if (!info)
        return Error("entity.unknown"_reason, {entity});
    auto row = context.tx.findRow(*info, id);
    if (!row || !seesRecord(context, *info, *row))
        return Error("record.not_found"_reason, {}, entity + u'/' + id.text());
    return std::move(*row);
}

bool seesInClear(CommandContext &context, const EntityInfo &entity, const Row &record)
{
    const Staff &me = context.actor.staff;
    if (context.actor.isSystem)
        return true;
    const int column = entity.name() == QLatin1StringView(Schema<Account>::table)
        ? int(common_column::Id)
        : entity.indexOf(u"account_id"_s);
    const RecordId account(column < 0 ? QString() : record[std::size_t(column)].text());
    if (entity.name() == QLatin1StringView(Schema<Opportunity>::table)) {
        const auto opportunity = fromRow<Opportunity>(record);
        if (opportunity.ownerId == me.id || opportunity.assigneeId == me.id
            || opportunity.followerId == me.id)
            return true;
        const bool own = sightIn(context, Place::Queue) == Sight::Full && !me.teamId.isNull();
        if (own && opportunity.queueId == me.teamId)
            return true;
        if (sightIn(context, Place::Team) == Sight::Full && leadsOpportunity(context, opportunity))
            return true;
    } else if (account.isNull()) {
        return true;
    }
    return servesAccount(context, account)
        || (sightIn(context, Place::Team) == Sight::Full && leadsAccount(context, account));
}

} // namespace keydesk
