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

// ---- What is gathered

Transaction::Known &Transaction::known(const EntityInfo &entity, const RecordId &id)
{
    const auto [place, isNew] = m_known.try_emplace({&entity, id});
    if (isNew)
        place->second.now = place->second.stored = m_store.find(entity, id);
    return place->second;
}

RowStore &Transaction::store()
{
    settle(nullptr);
    return m_store;
}

RowStore &Transaction::storeWith(const EntityInfo &entity)
{
    settle(&entity);
    return m_store;
}

Result<> Transaction::settle()
{
    settle(nullptr);
    return m_refused ? Result<>(*m_refused) : Result<>();
}

void Transaction::settle(const EntityInfo *only)
{
    std::vector<Key> later;
    for (const Key &key : std::exchange(m_waiting, {})) {
        if (only && key.first != only) {
            later.push_back(key);
            continue;
        }
        Known &row = m_known.at(key);
        row.isWaiting = false;
        if (m_refused || row.now == row.stored)
            continue;
        if (auto done = put(*key.first, row.stored ? &*row.stored : nullptr, *row.now); !done)
            m_refused = done.error();
        row.stored = row.now;
    }
    m_waiting = std::move(later);
}

Transaction::Mark Transaction::mark() const
{
    Mark mark;
    for (const Key &key : m_waiting)
        mark.waiting.emplace_back(key, m_known.at(key));
    mark.refused = m_refused;
    return mark;
}

void Transaction::rewind(const Mark &mark)
{
    m_known.clear();
    m_known.insert(mark.waiting.begin(), mark.waiting.end());
    m_waiting.clear();
    for (const auto &[key, row] : mark.waiting)
        m_waiting.push_back(key);
    m_refused = mark.refused;
}

// ---- Reading

std::optional<Row> Transaction::findEver(const EntityInfo &entity, const RecordId &id)
{
    return m_writing == Writing::Gathered ? known(entity, id).now : m_store.find(entity, id);
}

std::optional<Row> Transaction::findRow(const EntityInfo &entity, const RecordId &id)
{
    auto row = findEver(entity, id);
    if (row && !(*row)[common_column::DeletedAt].isNull())
        return std::nullopt;
    return row;
}

std::vector<Row> Transaction::rowsHaving(const EntityInfo &entity, const QString &column,
                                         const Cell &value)
{
    std::map<RecordId, Row> found;
    for (Row &row : m_store.findAll(entity, column, value))
        found.emplace(row[common_column::Id].text(), std::move(row));
    for (const Key &key : m_waiting) {
        if (key.first != &entity)
            continue;
        const Row &now = *m_known.at(key).now;
        if (entity.cell(now, column) == value)
            found[key.second] = now;
        else
            found.erase(key.second);
    }
    std::vector<Row> living;
    for (auto &[id, row] : found) {
        if (row[common_column::DeletedAt].isNull())
            living.push_back(std::move(row));
    }
    return living;
}

// ---- Writing

Result<> Transaction::write(const EntityInfo &entity, const Row *before, Row after)
{
    const RecordId id(after[common_column::Id].text());
    m_changes.add(entity.name(), id);
    m_before.try_emplace({&entity, id}, before ? std::optional(*before) : std::nullopt);
    if (m_writing == Writing::AtOnce)
        return put(entity, before, after);
    Known &row = known(entity, id);
    row.now = std::move(after);
    if (!std::exchange(row.isWaiting, true))
        m_waiting.emplace_back(&entity, id);
    return {};
}

std::optional<Row> Transaction::before(const EntityInfo &entity, const RecordId &id) const
{
    const auto found = m_before.find({&entity, id});
    return found == m_before.end() ? std::nullopt : found->second;
}

Result<> Transaction::put(const EntityInfo &entity, const Row *before, Row &after)
{
    derivePinyin(entity, after);
    if (auto fits = checkSize(entity, after); !fits)
        return fits;
    if (auto allowed = m_observer.rowChanging(entity, before, after); !allowed)
        return allowed;
    return m_store.put(entity, after, before);
}

Result<> Transaction::insertRow(const EntityInfo &entity, Row row)
{
    const RecordId id(row[common_column::Id].text());
    Q_ASSERT_X(!id.isNull(), "Transaction::insertRow", qPrintable(entity.name()));
    if (findEver(entity, id))
        return Error("record.exists"_reason, {QStringLiteral("id"), id.text()});
    return write(entity, nullptr, std::move(row));
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
    return after == before ? Result<>() : write(entity, &before, std::move(after));
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
