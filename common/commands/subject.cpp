#include "commands/subject.h"

#include "commands/rights.h"
#include "domain/account.h"
#include "domain/opportunity.h"

namespace keydesk {

using namespace Qt::StringLiterals;

const QStringList &subjectEntities()
{
    static const QStringList names{u"account"_s, u"account_site"_s, u"contact"_s, u"opportunity"_s};
    return names;
}

namespace {

// Of a deal: whoever recorded it, holds it or covers the customer beside its holder.
bool follows(const CommandContext &context, const EntityInfo &info, const Row &row)
{
    if (info.name() != QLatin1StringView(Schema<Opportunity>::table))
        return false;
    const auto opportunity = fromRow<Opportunity>(row);
    const RecordId &me = context.actor.id();
    return opportunity.followerId == me || opportunity.capturedBy == me
        || opportunity.ownerId == me;
}

RecordId idIn(const EntityInfo &info, const Row &row, const QString &column)
{
    return info.indexOf(column) < 0 ? RecordId() : RecordId(info.cell(row, column).text());
}

} // namespace

Result<Subject> findSubject(CommandContext &context, const QString &entity, const RecordId &id)
{
    if (!subjectEntities().contains(entity))
        return Error("entity.unknown"_reason, {entity});
    const EntityInfo &info = context.tx.catalog().entity(entity);
    Subject subject{entity, id, {}, {}, {}, {}};
    const auto row = context.tx.findRow(info, id);
    if (!row) {
        if (context.onServer())
            return Error("record.not_found"_reason, {}, entity + u'/' + id.text());
        return subject;
    }
    subject.account = entity == u"account" ? id : idIn(info, *row, u"account_id"_s);
    subject.area = idIn(info, *row, u"area_id"_s);
    if (entity == u"opportunity") {
        const auto opportunity = fromRow<Opportunity>(*row);
        subject.owner = opportunity.ownerId.isNull() ? opportunity.assigneeId : opportunity.ownerId;
        subject.capturedBy = opportunity.capturedBy;
    }
    return subject;
}

Result<> mayWriteAbout(CommandContext &context, const QString &command, const QString &entity,
                       const RecordId &id)
{
    const auto subject = findSubject(context, entity, id);
    if (!subject)
        return subject.error();
    const EntityInfo &info = context.tx.catalog().entity(entity);
    const auto row = context.tx.findRow(info, id);
    if (row && !seesRecord(context, info, *row))
        return Error("record.not_found"_reason, {}, entity + u'/' + id.text());
    if (!row)
        return {};
    Standing standing = standingOf(context, info, *row);
    standing.own = [&, works = standing.own] {
        return works() || servesAccount(context, subject->account) || follows(context, info, *row);
    };
    standing.area = [&] { return liesInMyArea(context, subject->area); };
    return mayDo(context, command + u' ' + entity, standing) ? Result<>() : Result<>(notYours());
}

Result<> noteContact(CommandContext &context, const RecordId &account, Instant at)
{
    auto spokenTo = context.tx.find<Account>(account);
    if (!spokenTo || at <= spokenTo->lastContactAt)
        return {};
    spokenTo->lastContactAt = at;
    return context.tx.update(*spokenTo);
}

} // namespace keydesk
