#include "store/transaction.h"

#include "base/row_size.h"
#include "store/derived_text.h"

namespace keydesk {

namespace {

// A row travels whole in one page: it must leave room for the frame around it.
constexpr qsizetype largestRow = 96 * 1024;

Result<> checkSize(const EntityInfo &entity, const Row &row)
{
    if (sizeBound(row) <= largestRow || textSize(row) <= largestRow)
        return {};
    return Error("field.malformed"_reason,
                 {entity.label().argument(), QStringLiteral("…"),
                  Label{"文字总量过大，请精简", "too much text in all, please shorten it"}
                      .argument()});
}

} // namespace

void ChangeSet::merge(const ChangeSet &other)
{
    m_everything = m_everything || other.m_everything;
    for (const auto &[entity, ids] : other.m_rows)
        m_rows[entity].insert(ids.begin(), ids.end());
}

bool ChangeSet::touches(const QString &entity, const RecordId &id) const
{
    if (m_everything)
        return true;
    const auto found = m_rows.find(entity);
    return found != m_rows.end() && found->second.contains(id.text());
}

ChangeSet ChangeSet::everything()
{
    ChangeSet all;
    all.m_everything = true;
    return all;
}

std::optional<Row> Transaction::findRow(const EntityInfo &entity, const RecordId &id)
{
    auto row = m_store.find(entity, id);
    if (row && !(*row)[common_column::DeletedAt].isNull())
        return std::nullopt;
    return row;
}

Result<> Transaction::insertRow(const EntityInfo &entity, Row row)
{
    const RecordId id(row[common_column::Id].text());
    Q_ASSERT_X(!id.isNull(), "Transaction::insertRow", qPrintable(entity.name()));
    if (m_store.find(entity, id))
        return Error("record.exists"_reason, {QStringLiteral("id"), id.text()});
    derivePinyin(entity, row);
    if (auto fits = checkSize(entity, row); !fits)
        return fits;
    if (auto allowed = m_observer.rowChanging(entity, nullptr, row); !allowed)
        return allowed;
    m_changes.add(entity.name(), id);
    return m_store.put(entity, row, std::nullopt);
}

Result<> Transaction::updateRow(const EntityInfo &entity, const RecordId &id,
                                const FieldValues &values)
{
    const auto before = findRow(entity, id);
    if (!before)
        return Error("record.not_found"_reason, {}, entity.name() + QLatin1Char('/') + id.text());
    Row after = *before;
    for (const auto &[name, value] : values) {
        const int index = entity.indexOf(name);
        if (index < 0)
            return Error("field.unknown"_reason, {name});
        after[std::size_t(index)] = value;
    }
    return replaceRow(entity, *before, std::move(after));
}

Result<> Transaction::replaceRow(const EntityInfo &entity, const Row &before, Row after)
{
    if (after == before)
        return {};
    derivePinyin(entity, after);
    if (auto fits = checkSize(entity, after); !fits)
        return fits;
    if (auto allowed = m_observer.rowChanging(entity, &before, after); !allowed)
        return allowed;
    m_changes.add(entity.name(), RecordId(after[common_column::Id].text()));
    return m_store.put(entity, after, before);
}

Result<> Transaction::removeRow(const EntityInfo &entity, const RecordId &id, Instant at)
{
    const auto before = findRow(entity, id);
    if (!before)
        return Error("record.not_found"_reason, {}, entity.name() + QLatin1Char('/') + id.text());
    Row after = *before;
    after[common_column::DeletedAt] = at.ms;
    return replaceRow(entity, *before, std::move(after));
}

} // namespace keydesk
