#include "importing/import_writer.h"

#include "commands/assignment_commands.h"
#include "commands/custody_step.h"
#include "commands/edit_record.h"
#include "domain/account.h"
#include "importing/imported_opportunity.h"

namespace keydesk {

using namespace Qt::StringLiterals;

ImportWriter::ImportWriter(Transaction &transaction, const RowMapper &mapper, Instant now)
    : m_tx(transaction)
    , m_mapper(mapper)
    , m_entity(mapper.entity())
    , m_now(now)
{
    m_system.isSystem = true;
}

bool ImportWriter::is(const char *table) const
{
    return m_entity.name() == QLatin1StringView(table);
}

Result<ImportFate> ImportWriter::write(const ImportRow &row)
{
    CommandContext context(m_tx, m_system, m_mapper.idOf(row.record), m_now,
                           CommandContext::Place::Server);
    const auto existing = findExisting(m_tx.store(), m_mapper, row);
    if (!existing)
        return existing.error();
    if (!*existing) {
        auto created = create(context, row);
        return created ? Result<ImportFate>(ImportFate::Create)
                       : Result<ImportFate>(created.error());
    }
    Row after = overwritten(**existing, row);
    if (after == **existing)
        return ImportFate::Unchanged;
    auto changed = change(context, **existing, std::move(after));
    return changed ? Result<ImportFate>(ImportFate::Update) : Result<ImportFate>(changed.error());
}

Result<> ImportWriter::create(CommandContext &context, const ImportRow &row)
{
    Row fresh = m_mapper.newRow(row);
    fresh[common_column::Id] = context.commandId().text();
    fresh[common_column::CreatedAt] = fresh[common_column::UpdatedAt] = m_now.ms;
    placeBesideAccount(context, fresh);
    if (is(Schema<Opportunity>::table)) {
        auto opportunity = fromRow<Opportunity>(fresh);
        if (auto settled = settleImported(context, opportunity, nullptr); !settled)
            return settled;
        return m_tx.insert(opportunity);
    }
    if (!is(Schema<Account>::table))
        return m_tx.insertRow(m_entity, fresh);
    Cell &owner = fresh[std::size_t(m_entity.indexOf(u"owner_staff_id"_s))];
    const Cell wanted = std::exchange(owner, Cell());
    if (auto inserted = m_tx.insertRow(m_entity, fresh); !inserted)
        return inserted;
    return assignOwner(context, context.commandId(), wanted);
}

Result<> ImportWriter::change(CommandContext &context, const Row &before, Row after)
{
    after[common_column::UpdatedAt] = m_now.ms;
    after[common_column::UpdatedBy] = Cell();
    const RecordId id(before[common_column::Id].text());
    placeBesideAccount(context, after);
    if (is(Schema<Opportunity>::table)) {
        auto opportunity = fromRow<Opportunity>(after);
        const auto earlier = fromRow<Opportunity>(before);
        if (auto settled = settleImported(context, opportunity, &earlier); !settled)
            return settled;
        if (auto written = m_tx.update(opportunity); !written)
            return written;
        return followHolder(context, opportunity);
    }
    if (!is(Schema<Account>::table))
        return m_tx.replaceRow(m_entity, before, after);
    const auto column = std::size_t(m_entity.indexOf(u"owner_staff_id"_s));
    const Cell wanted = std::exchange(after[column], before[column]);
    const Cell area = m_entity.cell(after, u"area_id"_s);
    if (auto written = m_tx.replaceRow(m_entity, before, after); !written)
        return written;
    if (area != m_entity.cell(before, u"area_id"_s)) {
        if (auto moved = moveAccountToArea(context, id, area); !moved)
            return moved;
    }
    return wanted == before[column] ? Result<>() : assignOwner(context, id, wanted);
}

// Whoever the file names looks after the customer from today on; who did so before did until
// yesterday.
Result<> ImportWriter::assignOwner(CommandContext &context, const RecordId &account,
                                   const Cell &owner)
{
    if (owner.isEmpty())
        return {};
    AssignAccount assign;
    assign.account = account;
    assign.staff = RecordId(owner.text());
    assign.replace = true;
    return assign.apply(context);
}

// Every row of an account lies in the bucket of its area by a copy of that column.
void ImportWriter::placeBesideAccount(CommandContext &context, Row &row) const
{
    const int account = m_entity.indexOf(u"account_id"_s);
    const int area = m_entity.indexOf(u"area_id"_s);
    if (account < 0 || area < 0)
        return;
    if (const auto found = context.tx.find<Account>(RecordId(row[std::size_t(account)].text())))
        row[std::size_t(area)] = found->areaId.isNull() ? Cell() : Cell(found->areaId.text());
}

} // namespace keydesk
