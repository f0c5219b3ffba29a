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
    const auto before = context.tx.store().find(info, record);
    Row after = before ? *before : info.blank();
    after[common_column::Id] = record.text();
    for (const auto &[field, value] : values)
        after[std::size_t(info.indexOf(field))] = value;
    if (!before)
        return context.tx.insertRow(info, std::move(after));
    if (auto done = stampFormer(context, info, *before, after); !done)
        return done;
    // Removed ones too: they come back.
    return context.tx.replaceRow(info, *before, std::move(after));
}

// No command of the product takes a row from one customer to another without touching both.
Result<> SimSet::stampFormer(CommandContext &context, const EntityInfo &info, const Row &before,
                             const Row &after) const
{
    const int column = info.indexOf(QStringLiteral("account_id"));
    if (column < 0 || before[std::size_t(column)] == after[std::size_t(column)])
        return {};
    auto former = context.tx.find<Account>(RecordId(before[std::size_t(column)].text()));
    if (!former)
        return {};
    former->remarks = context.commandId().text();
    return context.tx.update(*former);
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

Result<> SimBreak::permit(CommandContext &) const
{
    return {};
}

Result<> SimBreak::apply(CommandContext &context) const
{
    auto contact = context.born<Contact>(0);
    contact.name = QStringLiteral("x");
    if (auto done = context.tx.insert(contact); !done)
        return done;
    return context.tx.store().database().execute("INSERT INTO head_of_nothing VALUES(1)");
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
