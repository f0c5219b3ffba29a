#include "importing/row_check.h"

#include "domain/account.h"
#include "domain/staff.h"

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QString signOf(const Cell &cell)
{
    return cell.isInteger() ? QString::number(cell.integer()) : cell.text();
}

} // namespace

Result<std::optional<Row>> findExisting(RowStore &store, const RowMapper &mapper,
                                        const ImportRow &row)
{
    QByteArray condition = "deleted_at IS NULL";
    std::vector<Cell> values;
    for (const int field : mapper.map().key) {
        condition += " AND " + mapper.entity().fields()[std::size_t(field)].name.toLatin1()
            + " = ?";
        values.push_back(mapper.cell(row, field));
    }
    auto found = store.select(mapper.entity(), condition + " ORDER BY id LIMIT 2", values);
    if (found.size() > 1)
        return Error("import.several_match"_reason, {mapper.keyWords(row, mapper.map().key)});
    return found.empty() ? std::optional<Row>() : std::optional(std::move(found.front()));
}

Row overwritten(const Row &existing, const ImportRow &row)
{
    Row after = existing;
    for (const auto &[index, cell] : row.values)
        after[std::size_t(index)] = cell;
    return after;
}

ImportFate RowCheck::judge(ImportRow &row)
{
    if (row.faults.empty())
        checkKey(row);
    if (!row.faults.empty())
        return ImportFate::Rejected;
    const auto existing = findExisting(m_store, m_mapper, row);
    if (!existing) {
        row.faults.push_back(m_mapper.keyFault(row, m_mapper.map().key, existing.error()));
        return ImportFate::Rejected;
    }
    checkBusinessKey(row, *existing);
    checkOwner(row, *existing);
    const Row after = *existing ? overwritten(**existing, row) : m_mapper.newRow(row);
    if (!*existing) {
        auto missing = m_mapper.missing(row, after);
        std::move(missing.begin(), missing.end(), std::back_inserter(row.faults));
    }
    if (!row.faults.empty())
        return ImportFate::Rejected;
    if (!*existing)
        return ImportFate::Create;
    return after == **existing ? ImportFate::Unchanged : ImportFate::Update;
}

void RowCheck::checkKey(ImportRow &row)
{
    QStringList sign;
    for (const int field : m_mapper.map().key) {
        const Cell cell = m_mapper.cell(row, field);
        if (cell.isEmpty())
            row.faults.push_back(m_mapper.fault(
                row, field,
                Error("field.required"_reason,
                      {m_mapper.entity().fields()[std::size_t(field)].label.argument()})));
        sign.append(signOf(cell));
    }
    if (row.faults.empty())
        checkRepeated(row, sign.join(u'\n'), m_mapper.map().key);
}

void RowCheck::checkRepeated(ImportRow &row, const QString &sign, const std::vector<int> &key)
{
    const auto seen = m_lines.constFind(sign);
    if (seen == m_lines.constEnd()) {
        m_lines.insert(sign, row.line);
        return;
    }
    row.faults.push_back(
        m_mapper.keyFault(row, key,
                          Error("import.key_twice"_reason,
                                {QString::number(*seen), m_mapper.keyWords(row, key)})));
}

// The entity's own key stays unique also when records are matched by something else.
void RowCheck::checkBusinessKey(ImportRow &row, const std::optional<Row> &existing)
{
    const int field = m_mapper.entity().keyColumn();
    const auto given = row.values.find(field);
    if (field < 0 || given == row.values.end() || m_mapper.map().key == std::vector<int>{field})
        return;
    checkRepeated(row, u"\n"_s + signOf(given->second), {field});
    if (existing && (*existing)[std::size_t(field)] == given->second)
        return;
    const FieldInfo &info = m_mapper.entity().fields()[std::size_t(field)];
    const auto others = m_store.select(m_mapper.entity(),
                                       "deleted_at IS NULL AND " + info.name.toLatin1()
                                           + " = ? LIMIT 1",
                                       {given->second});
    if (!others.empty())
        row.faults.push_back(m_mapper.fault(row, field,
                                            Error("record.exists"_reason,
                                                  {info.label.argument(), signOf(given->second)})));
}

// What AssignAccount would refuse is said before anything is written.
void RowCheck::checkOwner(ImportRow &row, const std::optional<Row> &existing)
{
    if (m_mapper.entity().name() != QLatin1StringView(Schema<Account>::table))
        return;
    const int field = m_mapper.entity().indexOf(u"owner_staff_id"_s);
    const Cell owner = m_mapper.cell(row, field);
    if (owner.isEmpty() || (existing && (*existing)[std::size_t(field)] == owner))
        return;
    const EntityInfo &people = m_store.catalog().entity(QLatin1StringView(Schema<Staff>::table));
    const auto found = m_store.find(people, RecordId(owner.text()));
    const Staff person = found ? fromRow<Staff>(*found) : Staff();
    if (person.status == StaffStatus::Active
        && (person.roles.contains(Role::AccountManager) || person.roles.contains(Role::Supervisor)))
        return;
    row.faults.push_back(
        m_mapper.fault(row, field, Error("import.owner_unfit"_reason, {person.name})));
}

} // namespace keydesk
