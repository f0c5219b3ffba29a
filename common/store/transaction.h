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
    /// Gathered: rows stay in memory until somebody reads by SQL or settle() is called, so that a
    /// row that a command and its consequences change five times is written, logged and indexed
    /// once; and each is read once. Nobody else may write rows meanwhile.
    enum class Writing { AtOnce, Gathered };
    Transaction(RowStore &store, RowObserver &observer, Writing writing = Writing::AtOnce)
        : m_store(store)
        , m_observer(observer)
        , m_writing(writing)
    {
    }

    const Catalog &catalog() const { return m_store.catalog(); }
    /// For reading by SQL: what was gathered is written first. If that is refused, settle() says
    /// so.
    RowStore &store();
    /// For reading by SQL what no row gathered here can change.
    RowStore &storedSoFar() { return m_store; }
    const ChangeSet &changes() const { return m_changes; }
    /// A record among changes() as it was before this transaction; nothing if it is new.
    std::optional<Row> before(const EntityInfo &entity, const RecordId &id) const;

    /// Writes what was gathered. Errors: those of the writes, be it earlier ones.
    Result<> settle();

    // A row as the database has it and as the command left it.
    struct Known
    {
        std::optional<Row> stored;
        std::optional<Row> now;
        bool isWaiting = false;
    };
    using Key = std::pair<const EntityInfo *, RecordId>;
    // What waits to be written, and what was refused already.
    struct Mark
    {
        std::vector<std::pair<Key, Known>> waiting;
        std::optional<Error> refused;
    };
    Mark mark() const;
    /// The caller rolled his savepoint back to the mark: what was gathered and read since is void.
    void rewind(const Mark &mark);

    /// Living rows only: a deleted record reads as absent.
    std::optional<Row> findRow(const EntityInfo &entity, const RecordId &id);
    /// The same, deleted or not.
    std::optional<Row> findEver(const EntityInfo &entity, const RecordId &id);
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
    /// Living records whose column has this value, in order of their ids. Sees what is gathered
    /// without writing it.
    template <class T>
    std::vector<T> having(const QString &column, const RecordId &value)
    {
        std::vector<T> records;
        for (const Row &row : rowsHaving(info<T>(), column, Cell(value.text())))
            records.push_back(fromRow<T>(row));
        return records;
    }
    /// Living records that satisfy a condition in SQL over the entity's own columns, in its order.
    template <class T>
    std::vector<T> select(const QByteArray &condition, const std::vector<Cell> &values = {})
    {
        std::vector<T> records;
        for (const Row &row :
             storeWith(info<T>()).select(info<T>(), "deleted_at IS NULL AND " + condition, values))
            records.push_back(fromRow<T>(row));
        return records;
    }

private:
    RowStore &storeWith(const EntityInfo &entity);
    void settle(const EntityInfo *only);
    std::vector<Row> rowsHaving(const EntityInfo &entity, const QString &column, const Cell &value);
    Known &known(const EntityInfo &entity, const RecordId &id);
    Result<> write(const EntityInfo &entity, const Row *before, Row after);
    Result<> put(const EntityInfo &entity, const Row *before, Row &after);

    RowStore &m_store;
    RowObserver &m_observer;
    const Writing m_writing;
    ChangeSet m_changes;
    std::map<Key, std::optional<Row>> m_before; // as the first change found it
    std::map<Key, Known> m_known;
    std::vector<Key> m_waiting; // in the order of their first change
    std::optional<Error> m_refused; // by a write that came before somebody's reading
};

} // namespace keydesk
