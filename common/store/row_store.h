#pragma once

#include "schema/schema.h"
#include "store/database.h"
#include "store/row_memory.h"

#include <optional>

namespace keydesk {

// Told of what is written, for whoever keeps something derived from rows in memory.
class RowWatcher
{
public:
    virtual ~RowWatcher() = default;
    /// A row was written over `before` (null: a new one) or taken out (`after` null).
    virtual void rowWritten(const EntityInfo &entity, const Row *before, const Row *after) = 0;
    /// What was written since the last commit may be void.
    virtual void rolledBack() = 0;
    virtual void committed() = 0;
};

// The entity tables of one database: their DDL, and reading and writing whole rows together with
// what is derived from them (full text, phone index). Knows nothing of authors, history or sync.
class RowStore
{
public:
    RowStore(Database &database, const Catalog &catalog);

    /// From now on reference data is read once and kept. Only where this store alone writes the
    /// file, and its owner says when a transaction ends or a savepoint is rolled back.
    void rememberReference() { m_memory.emplace(m_catalog); }
    void watch(RowWatcher &watcher) { m_watchers.push_back(&watcher); }
    void unwatch(RowWatcher &watcher) { std::erase(m_watchers, &watcher); }
    /// The transaction was committed.
    void committed();
    /// It was rolled back, all of it or to a savepoint.
    void rolledBack();

    Database &database() const { return m_database; }
    const Catalog &catalog() const { return m_catalog; }

    /// Creates missing tables, columns and indexes: additive only, nothing is ever dropped.
    /// A file written by a newer schema answers storage.too_new.
    Result<> migrate();
    /// The same without full text and secondary indexes, for a first load; finishLoad() adds them.
    Result<> createBareTables();
    Result<> finishLoad();

    /// The row, or nothing. Storage errors read as nothing and stay in lastError().
    std::optional<Row> find(const EntityInfo &entity, const RecordId &id);
    /// Writes the row, new or not. `before` is what find() gave (nothing for a new row).
    Result<> put(const EntityInfo &entity, const Row &row, const Row *before);
    Result<> put(const EntityInfo &entity, const Row &row, const std::optional<Row> &before)
    {
        return put(entity, row, before ? &*before : nullptr);
    }
    /// Takes the row out of the table and of everything derived from it.
    Result<> erase(const EntityInfo &entity, const RecordId &id);
    /// Rows where `column` has `value`, ordered by id.
    std::vector<Row> findAll(const EntityInfo &entity, const QString &column, const Cell &value);
    /// Rows that satisfy a condition in SQL over the entity's columns, values bound in order.
    std::vector<Row> select(const EntityInfo &entity, const QByteArray &condition,
                            const std::vector<Cell> &values = {});

    /// "a, b, c" of all columns of the entity, in field order.
    const QByteArray &columnList(const EntityInfo &entity) const;
    /// Whether the entity has a full-text table, `search_<entity>`.
    bool isSearchable(const EntityInfo &entity) const { return statements(entity).searchable; }
    /// False between createBareTables() and finishLoad(): derived tables are not kept up meanwhile.
    void setDerivedTables(bool on) { m_derived = on; }

private:
    Result<> createIndexes();
    Result<> emptyDerived();
    Result<> update(const EntityInfo &entity, const Row &row, const Row *before, bool &found);
    Query bound(const QByteArray &statement, const Row &row);
    /// The number under which the row and its words lie.
    std::optional<qint64> keyOf(const EntityInfo &entity, const QString &id);
    /// `key` is looked up when it is needed and not given.
    Result<> writeDerived(const EntityInfo &entity, std::optional<qint64> key, const Row *before,
                          const Row *after);

    struct Statements
    {
        QByteArray columns, find, key, insert, updateAll, updateUnindexed, erase, searchInsert,
            searchDelete;
        std::vector<int> indexed; // columns, the id aside
        bool searchable = false;
        bool hasPhones = false;
    };
    const Statements &statements(const EntityInfo &entity) const;
    RowMemory::Kept *keptOf(const EntityInfo &entity);
    void tellWritten(const EntityInfo &entity, const Row *before, const Row *after);

    Database &m_database;
    const Catalog &m_catalog;
    std::vector<Statements> m_statements;
    bool m_derived = true;
    std::optional<RowMemory> m_memory;
    std::vector<RowWatcher *> m_watchers;
};

} // namespace keydesk
