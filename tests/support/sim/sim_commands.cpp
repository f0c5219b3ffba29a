#include "support/sim/sim_commands.h"

#include "domain/account.h"
#include "domain/contact.h"
#include "domain/opportunity.h"

namespace keydesk::sim {

Result<> SimSet::permit(CommandContext &context) const
{
    if (!context.actor.isSystem)
        return Error("forbidden.record"_reason);
    return {};
}

Result<> SimSet::apply(CommandContext &context) const
{
    const EntityInfo &info = context.tx.catalog().entity(entity);
    if (context.tx.store().find(info, record))
        return context.tx.updateRow(info, record, values);
    Row row(std::size_t(info.fieldCount()));
    row[common_column::Id] = record.text();
    for (const auto &[field, value] : values)
        row[std::size_t(info.indexOf(field))] = value;
    return context.tx.insertRow(info, std::move(row));
}

Result<> SimMake::permit(CommandContext &context) const
{
    if (!context.tx.contains<Account>(account))
        return Error("record.not_found"_reason);
    if (context.onServer() && context.commandId().text().back() < QLatin1Char('8'))
        return Error("record.exists"_reason, {QString(), title});
    return {};
}

Result<> SimMake::apply(CommandContext &context) const
{
    const auto of = context.require<Account>(account);
    if (!of)
        return of.error();
    auto contact = context.born<Contact>(0);
    contact.name = title;
    contact.accountId = account;
    contact.areaId = of->areaId;
    return context.tx.insert(contact);
}

Result<> SimPair::permit(CommandContext &context) const
{
    if (first == second)
        return Error("usage"_reason, {QStringLiteral("two different opportunities")});
    for (const RecordId &id : {first, second}) {
        if (!context.tx.contains<Opportunity>(id))
            return Error("record.not_found"_reason);
    }
    return {};
}

Result<> SimPair::apply(CommandContext &context) const
{
    for (const RecordId &id : {first, second}) {
        auto opportunity = context.require<Opportunity>(id);
        if (!opportunity)
            return opportunity.error();
        opportunity->needSummary += QLatin1Char('#') + context.commandId().text()
            + QLatin1Char(';');
        if (auto done = context.save(*opportunity); !done)
            return done;
    }
    return {};
}

} // namespace keydesk::sim
