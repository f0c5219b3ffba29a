#include "store/row_store.h"

#include "base/fault.h"
#include "store/derived_text.h"
#include "store/file_format.h"
#include "store/table_ddl.h"

#include <algorithm>
#include <functional>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int storeFormat = 1;

int storedVersion(Database &database)
{
    Query query = database.query("SELECT version FROM derived WHERE one=1");
    return query.next() ? int(query.integer(0)) : 0;
}

// In the caller's transaction, else in one of its own.
Result<> inTransaction(Database &database, const std::function<Result<>()> &work)
{
    if (database.inTransaction())
        return work();
    if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun)
        return begun;
    auto done = work();
    if (!done) {
        (void)database.execute("ROLLBACK");
        return done;
    }
    return database.execute("COMMIT");
}

QByteArray placeholders(int count)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += i ? ",?" : "?";
    return text;
}

Result<> deriveAllPinyin(RowStore &store)
{
    for (const EntityInfo &entity : store.catalog().entities()) {
        const int pinyin = entity.indexOf(u"pinyin"_s);
        if (pinyin < 0)
            continue;
        const QByteArray table = entity.name().toLatin1();
        Query all = store.database().query("SELECT pk, " + store.columnList(entity) + " FROM "
                                           + table);
        while (all.next()) {
            const Row stored = all.row(1, entity.fieldCount());
            Row row = stored;
            derivePinyin(entity, row);
            if (row == stored)
                continue;
            auto named = store.database()
                             .query("UPDATE " + table + " SET pinyin=? WHERE pk=?")
                             .bind(1, row[std::size_t(pinyin)])
                             .bind(2, all.integer(0))
                             .run();
            if (!named)
                return named;
        }
        if (all.error())
            return *all.error();
    }
    return {};
}

// What was derived another way is forgotten and made anew: the index even forgets by words.
Result<> deriveAnew(RowStore &store)
{
    if (auto named = deriveAllPinyin(store); !named)
        return named;
    for (const EntityInfo &entity : store.catalog().entities()) {
        if (auto done = store.database().execute("DROP TABLE IF EXISTS search_"
                                                 + entity.name().toLatin1());
            !done)
            return done;
    }
    return store.finishLoad();
}

} // namespace

RowStore::RowStore(Database &database, const Catalog &catalog)
    : m_database(database)
    , m_catalog(catalog)
{
    for (const EntityInfo &entity : catalog.entities()) {
        Statements sql;
        const QByteArray table = entity.name().toLatin1();
        QByteArray all;
        QByteArray unindexed;
        for (int i = 0; i < entity.fieldCount(); ++i) {
            const FieldInfo &field = entity.fields()[std::size_t(i)];
            const QByteArray column = field.name.toLatin1();
            sql.columns += sql.columns.isEmpty() ? column : ", " + column;
            sql.searchable = sql.searchable || field.has(FieldFlag::Searchable);
            sql.hasPhones = sql.hasPhones || field.kind == Kind::Phone;
            if (i == common_column::Id)
                continue;
            const QByteArray assignment = column + "=?" + QByteArray::number(i + 1);
            all += (all.isEmpty() ? "" : ", ") + assignment;
            if (hasOwnIndex(entity, i))
                sql.indexed.push_back(i);
            else
                unindexed += (unindexed.isEmpty() ? "" : ", ") + assignment;
        }
        const QByteArray byId = " WHERE id=?" + QByteArray::number(common_column::Id + 1);
        sql.find = "SELECT " + sql.columns + " FROM " + table + " WHERE id=?";
        sql.key = "SELECT pk FROM " + table + " WHERE id=?";
        sql.insert = "INSERT OR IGNORE INTO " + table + "(" + sql.columns + ") VALUES("
            + placeholders(entity.fieldCount()) + ")";
        sql.updateAll = "UPDATE " + table + " SET " + all + byId;
        sql.updateUnindexed = "UPDATE " + table + " SET " + unindexed + byId;
        sql.erase = "DELETE FROM " + table + " WHERE pk=?";
        sql.searchInsert = "INSERT INTO search_" + table + "(rowid, tokens) VALUES(?,?)";
        sql.searchDelete = "INSERT INTO search_" + table + "(search_" + table
            + ", rowid, tokens) VALUES('delete',?,?)";
        m_statements.push_back(std::move(sql));
    }
}

const RowStore::Statements &RowStore::statements(const EntityInfo &entity) const
{
    return m_statements[std::size_t(m_catalog.indexOf(entity))];
}

const QByteArray &RowStore::columnList(const EntityInfo &entity) const
{
    return statements(entity).columns;
}

Result<> RowStore::createBareTables()
{
    return inTransaction(m_database, [this] {
        const auto existing = columnsIn(m_database);
        QByteArray ddl;
        for (const EntityInfo &entity : m_catalog.entities())
            ddl += tableDdl(entity, existing.value(entity.name()));
        ddl += "CREATE TABLE IF NOT EXISTS phone_index(number TEXT NOT NULL, tbl TEXT NOT NULL, "
               "id TEXT NOT NULL, PRIMARY KEY(number, tbl, id)) STRICT, WITHOUT ROWID;"
               "CREATE TABLE IF NOT EXISTS derived(one INTEGER PRIMARY KEY CHECK(one = 1), "
               "version INTEGER NOT NULL) STRICT";
        return m_database.execute(ddl);
    });
}

Result<> RowStore::createIndexes()
{
    const QSet<QString> existing = namesIn(m_database);
    QByteArray ddl;
    for (const EntityInfo &entity : m_catalog.entities())
        ddl += indexDdl(entity, statements(entity).searchable, existing);
    return ddl.isEmpty() ? Result<>() : m_database.execute(ddl);
}

// All of it or nothing: a program that dies amid it leaves the file as the older one knew it.
Result<> RowStore::migrate()
{
    return inTransaction(m_database, [this]() -> Result<> {
        if (auto fits = adoptFormat(m_database, storeFormat); !fits)
            return fits;
        if (auto done = createBareTables(); !done)
            return done;
        if (storedVersion(m_database) != derivedVersion)
            return deriveAnew(*this);
        return createIndexes();
    });
}

// A text index that is there is emptied: a new one costs six tables.
Result<> RowStore::emptyDerived()
{
    const QSet<QString> existing = namesIn(m_database);
    QByteArray emptied = "DELETE FROM phone_index;";
    for (const EntityInfo &entity : m_catalog.entities()) {
        const QByteArray index = "search_" + entity.name().toLatin1();
        if (existing.contains(QString::fromLatin1(index)))
            emptied += "INSERT INTO " + index + "(" + index + ") VALUES('delete-all');";
    }
    return m_database.execute(emptied);
}

// Pinyin stays as it came: of a masked name it would come out otherwise than on the server.
Result<> RowStore::finishLoad()
{
    m_derived = true;
    if (auto done = emptyDerived(); !done)
        return done;
    if (auto done = createIndexes(); !done)
        return done;
    for (const EntityInfo &entity : m_catalog.entities()) {
        const Statements &sql = statements(entity);
        const QByteArray table = entity.name().toLatin1();
        Query all = m_database.query("SELECT pk, " + sql.columns + " FROM " + table);
        while (all.next()) {
            const Row row = all.row(1, entity.fieldCount());
            if (auto done = writeDerived(entity, all.integer(0), nullptr, &row); !done)
                return done;
        }
        if (all.error())
            return *all.error();
    }
    return m_database.query("INSERT OR REPLACE INTO derived(one, version) VALUES(1, ?)")
        .bind(1, derivedVersion)
        .run();
}

// ---- What is kept in memory

RowMemory::Kept *RowStore::keptOf(const EntityInfo &entity)
{
    return m_memory && entity.isReference() ? &m_memory->of(m_catalog.indexOf(entity)) : nullptr;
}

void RowStore::tellWritten(const EntityInfo &entity, const Row *before, const Row *after)
{
    if (keptOf(entity))
        m_memory->written(m_catalog.indexOf(entity));
    for (RowWatcher *watcher : m_watchers)
        watcher->rowWritten(entity, before, after);
}

void RowStore::committed()
{
    if (m_memory)
        m_memory->committed();
    for (RowWatcher *watcher : m_watchers)
        watcher->committed();
}

void RowStore::rolledBack()
{
    if (m_memory)
        m_memory->rolledBack();
    for (RowWatcher *watcher : m_watchers)
        watcher->rolledBack();
}

// ---- Reading and writing

std::optional<Row> RowStore::find(const EntityInfo &entity, const RecordId &id)
{
    RowMemory::Kept *kept = keptOf(entity);
    if (kept) {
        if (const auto known = kept->rows.constFind(id); known != kept->rows.constEnd())
            return *known;
    }
    Query query = m_database.query(statements(entity).find);
    query.bind(1, id);
    if (!query.next())
        return std::nullopt; // not kept: ids that name nothing are without number
    Row row = query.row(0, entity.fieldCount());
    if (kept)
        kept->rows.insert(id, row);
    return row;
}

// No statement gives the row's key back: SQLite would put a savepoint around each, and the full
// text writes what it has gathered at every savepoint.
Result<> RowStore::put(const EntityInfo &entity, const Row &row, const Row *before)
{
    Q_ASSERT(int(row.size()) == entity.fieldCount());
    bool written = false;
    if (before) {
        if (auto done = update(entity, row, before, written); !done)
            return done;
    }
    std::optional<qint64> key;
    if (!written) {
        before = nullptr; // it is not there, whatever the caller had seen
        if (auto done = bound(statements(entity).insert, row).run(); !done)
            return done;
        written = m_database.changes() > 0;
        if (written)
            key = m_database.lastInsertRowId();
        else if (auto done = update(entity, row, nullptr, written); !done)
            return done;
    }
    if (!written)
        return Error("storage.failed"_reason, {entity.name()});
    tellWritten(entity, before, &row);
    return writeDerived(entity, key, before, &row);
}

// Columns that an index repeats are written only when one of them changed: to SQLite each that is
// named has changed.
Result<> RowStore::update(const EntityInfo &entity, const Row &row, const Row *before, bool &found)
{
    const Statements &sql = statements(entity);
    const bool indexed = !before
        || std::any_of(sql.indexed.begin(), sql.indexed.end(), [&](int column) {
               return (*before)[std::size_t(column)] != row[std::size_t(column)];
           });
    auto done = bound(indexed ? sql.updateAll : sql.updateUnindexed, row).run();
    found = done && m_database.changes() > 0;
    return done;
}

Query RowStore::bound(const QByteArray &statement, const Row &row)
{
    Query query = m_database.query(statement);
    for (std::size_t i = 0; i < row.size(); ++i)
        query.bind(int(i) + 1, row[i]);
    return query;
}

std::optional<qint64> RowStore::keyOf(const EntityInfo &entity, const QString &id)
{
    Query query = m_database.query(statements(entity).key);
    query.bind(1, id);
    return query.next() ? std::optional(query.integer(0)) : std::nullopt;
}

Result<> RowStore::erase(const EntityInfo &entity, const RecordId &id)
{
    const std::optional<Row> before = find(entity, id);
    if (!before)
        return {};
    const auto key = keyOf(entity, id.text());
    if (!key) // it was there a moment ago: the disk failed, and the row is not gone
        return Error("storage.failed"_reason, {entity.name()});
    if (auto done = m_database.query(statements(entity).erase).bind(1, *key).run(); !done)
        return done;
    tellWritten(entity, &*before, nullptr);
    return writeDerived(entity, key, &*before, nullptr);
}

Result<> RowStore::writeDerived(const EntityInfo &entity, std::optional<qint64> key,
                                const Row *before, const Row *after)
{
    const Statements &sql = statements(entity);
    if (!m_derived || (before && after && deriveFromTheSame(entity, *before, *after)))
        return {};
    const QString id = (after ? *after : *before)[common_column::Id].text();
    if (sql.searchable) {
        const QString old = before ? searchTokens(entity, *before) : QString();
        const QString fresh = after ? searchTokens(entity, *after) : QString();
        if (old != fresh) {
            if (!key)
                key = keyOf(entity, id);
            if (!key)
                return Error("storage.failed"_reason, {entity.name()});
            if (!old.isEmpty() && !(fault::planted(fault::WordsStay) && !after)) {
                if (auto done = m_database.query(sql.searchDelete).bind(1, *key).bind(2, old).run();
                    !done)
                    return done;
            }
            if (!fresh.isEmpty()) {
                if (auto done =
                        m_database.query(sql.searchInsert).bind(1, *key).bind(2, fresh).run();
                    !done)
                    return done;
            }
        }
    }
    if (!sql.hasPhones)
        return {};
    const QStringList old = before ? phoneKeys(entity, *before) : QStringList();
    const QStringList fresh = after ? phoneKeys(entity, *after) : QStringList();
    if (old == fresh)
        return {};
    for (const QString &number : old) {
        if (auto done = m_database
                            .query("DELETE FROM phone_index WHERE number=? AND tbl=? AND id=?")
                            .bind(1, number)
                            .bind(2, entity.name())
                            .bind(3, id)
                            .run();
            !done)
            return done;
    }
    for (const QString &number : fresh) {
        if (auto done = m_database
                            .query(
                                "INSERT OR IGNORE INTO phone_index(number, tbl, id) VALUES(?,?,?)")
                            .bind(1, number)
                            .bind(2, entity.name())
                            .bind(3, id)
                            .run();
            !done)
            return done;
    }
    return {};
}

std::vector<Row> RowStore::select(const EntityInfo &entity, const QByteArray &condition,
                                  const std::vector<Cell> &values)
{
    RowMemory::Kept *kept = keptOf(entity);
    const QByteArray key = kept ? RowMemory::keyOf(condition, values) : QByteArray();
    if (kept) {
        if (const auto known = kept->answers.constFind(key); known != kept->answers.constEnd())
            return *known;
    }
    Query query = m_database.query("SELECT " + statements(entity).columns + " FROM "
                                   + entity.name().toLatin1() + " WHERE " + condition);
    for (std::size_t i = 0; i < values.size(); ++i)
        query.bind(int(i) + 1, values[i]);
    std::vector<Row> rows;
    while (query.next())
        rows.push_back(query.row(0, entity.fieldCount()));
    Q_ASSERT_X(!query.error(), "RowStore::select", condition.constData());
    if (kept && !query.error()) {
        if (kept->answers.size() >= RowMemory::mostAnswers)
            kept->answers.clear();
        kept->answers.insert(key, rows);
    }
    return rows;
}

std::vector<Row> RowStore::findAll(const EntityInfo &entity, const QString &column,
                                   const Cell &value)
{
    return select(entity, column.toLatin1() + " = ? ORDER BY id", {value});
}

} // namespace keydesk
