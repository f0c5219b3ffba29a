#pragma once

#include "store/row_store.h"

#include <functional>
#include <set>

namespace keydesk {

// Which rows a transaction touched: what live queries and indicators need to know.
class ChangeSet
{
public:
    void add(const QString &entity, const RecordId &id) { m_rows[entity].insert(id.text()); }
    void merge(const ChangeSet &other);
    bool isEmpty() const { return m_rows.empty() && !m_everything; }
    bool touches(const QString &entity) const { return m_everything || m_rows.contains(entity); }
    bool touches(const QString &entity, const RecordId &id) const;
    /// Anything may have changed: after a first load.
    static ChangeSet everything();
    const std::map<QString, std::set<QString>> &rows() const { return m_rows; }

private:
    std::map<QString, std::set<QString>> m_rows;
    bool m_everything = false;
};

// Told of each row just before it is written; may stamp it. Server: change log, sums, audit trail.
// Desktop: pre-images and pending marks.
class RowObserver
{
public:
    virtual ~RowObserver() = default;
    /// `before` is null for a new row. A refusal ends the command.
    virtual Result<> rowChanging(const EntityInfo &entity, const Row *before, Row &after) = 0;
};

// What a command may do to the records: typed find, insert, update, remove over one open database
// transaction that belongs to the caller. Never begins or commits by itself.
class Transaction
{
public:
    Transaction(RowStore &store, RowObserver &observer)
        : m_store(store)
        , m_observer(observer)
    {
    }

    const Catalog &catalog() const { return m_store.catalog(); }
    RowStore &store() const { return m_store; }
    const ChangeSet &changes() const { return m_changes; }

    /// Living rows only: a deleted record reads as absent.
    std::optional<Row> findRow(const EntityInfo &entity, const RecordId &id);
    Result<> insertRow(const EntityInfo &entity, Row row);
    /// Writes the cells of `values` over the record; server-owned or not is the caller's concern.
    Result<> updateRow(const EntityInfo &entity, const RecordId &id, const FieldValues &values);
    /// Writes a whole row over an existing one.
    Result<> replaceRow(const EntityInfo &entity, const Row &before, Row after);
    /// Sets deleted_at: the record leaves every bucket, the server keeps the row.
    Result<> removeRow(const EntityInfo &entity, const RecordId &id, Instant at);

    template <class T>
    const EntityInfo &info() const
    {
        return catalog().entity(QString::fromLatin1(Schema<T>::table));
    }
    template <class T>
    std::optional<T> find(const RecordId &id)
    {
        const auto row = findRow(info<T>(), id);
        if (!row)
            return std::nullopt;
        return fromRow<T>(*row);
    }
    template <class T>
    bool contains(const RecordId &id)
    {
        return findRow(info<T>(), id).has_value();
    }
    template <class T>
    Result<> insert(const T &record)
    {
        return insertRow(info<T>(), toRow(record));
    }
    /// Writes the fields in which `record` differs from what is stored, so that values this program
    /// does not understand (keys of a newer server) stay as they are.
    template <class T>
    Result<> update(const T &record)
    {
        const EntityInfo &entity = info<T>();
        const auto before = findRow(entity, record.id);
        if (!before)
            return Error("record.not_found"_reason, {}, record.id.text());
        const Row understood = toRow(fromRow<T>(*before));
        const Row wanted = toRow(record);
        Row after = *before;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (wanted[i] != understood[i])
                after[i] = wanted[i];
        }
        return replaceRow(entity, *before, std::move(after));
    }
    /// Living records that satisfy a condition in SQL over the entity's columns, in its order.
    template <class T>
    std::vector<T> select(const QByteArray &condition, const std::vector<Cell> &values = {})
    {
        std::vector<T> records;
        for (const Row &row :
             m_store.select(info<T>(), "deleted_at IS NULL AND " + condition, values))
            records.push_back(fromRow<T>(row));
        return records;
    }

private:
    RowStore &m_store;
    RowObserver &m_observer;
    ChangeSet m_changes;
};

} // namespace keydesk
