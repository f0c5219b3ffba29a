#include "store/row_store.h"

#include "base/fault.h"
#include "store/derived_text.h"
#include "store/file_format.h"

#include <QHash>
#include <QSet>

#include <functional>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

const char *sqlType(Kind kind)
{
    switch (kind) {
    case Kind::Integer:
    case Kind::Money:
    case Kind::BasisPoints:
    case Kind::Instant:
    case Kind::Boolean:
        return "INTEGER";
    default:
        return "TEXT";
    }
}

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

// What there is is asked once: each change of the tables has every statement compiled anew.
QSet<QString> namesIn(Database &database)
{
    QSet<QString> names;
    Query query = database.query("SELECT name FROM sqlite_master");
    while (query.next())
        names.insert(query.text(0));
    return names;
}

QHash<QString, QSet<QString>> columnsIn(Database &database)
{
    QHash<QString, QSet<QString>> columns;
    Query query = database.query("SELECT t.name, c.name FROM sqlite_master t "
                                 "JOIN pragma_table_info(t.name) c WHERE t.type='table' "
                                 "AND substr(t.name, 1, 7)<>'search_'");
    while (query.next())
        columns[query.text(0)].insert(query.text(1));
    return columns;
}

// What makes the table, or what an older program's one lacks.
QByteArray tableDdl(const EntityInfo &entity, const QSet<QString> &existing)
{
    const QByteArray table = entity.name().toLatin1();
    QByteArray ddl;
    if (existing.isEmpty()) {
        ddl = "CREATE TABLE " + table + "(pk INTEGER PRIMARY KEY";
        for (const FieldInfo &field : entity.fields()) {
            ddl += ", " + field.name.toLatin1() + ' ' + sqlType(field.kind);
            // Other ids in a row ("subject_id") name records of any entity, and may repeat.
            if (&field == &entity.fields()[common_column::Id])
                ddl += " NOT NULL UNIQUE";
        }
        return ddl + ") STRICT;";
    }
    for (const FieldInfo &field : entity.fields()) {
        if (!existing.contains(field.name))
            ddl += "ALTER TABLE " + table + " ADD COLUMN " + field.name.toLatin1() + ' '
                + sqlType(field.kind) + ';';
    }
    return ddl;
}

// What is missing of the entity's indexes and its full text.
QByteArray indexDdl(const EntityInfo &entity, bool searchable, const QSet<QString> &existing)
{
    const QByteArray table = entity.name().toLatin1();
    QByteArray ddl;
    const auto index = [&](const QByteArray &name, const QByteArray &columns) {
        if (!existing.contains(QString::fromLatin1(name)))
            ddl += "CREATE INDEX IF NOT EXISTS " + name + " ON " + table + "(" + columns + ");";
    };
    for (const EntityInfo::BucketInfo &bucket : entity.buckets()) {
        if (bucket.column < 0 || bucket.column == common_column::Id)
            continue;
        const QByteArray column = entity.fields()[std::size_t(bucket.column)].name.toLatin1();
        index(table + "_by_" + column, column + ", id");
    }
    for (const FieldInfo &field : entity.fields()) {
        if (field.has(FieldFlag::BusinessKey))
            index(table + "_key", field.name.toLatin1());
    }
    if (searchable && !existing.contains(u"search_"_s + entity.name()))
        ddl += "CREATE VIRTUAL TABLE IF NOT EXISTS search_" + table
            + " USING fts5(tokens, content='', tokenize=\"unicode61 remove_diacritics 0\");";
    return ddl;
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
        QByteArray assignments;
        for (const FieldInfo &field : entity.fields()) {
            const QByteArray column = field.name.toLatin1();
            sql.columns += sql.columns.isEmpty() ? column : ", " + column;
            assignments += (assignments.isEmpty() ? "" : ", ") + column + "=excluded." + column;
            sql.searchable = sql.searchable || field.has(FieldFlag::Searchable);
            sql.hasPhones = sql.hasPhones || field.kind == Kind::Phone;
        }
        sql.find = "SELECT " + sql.columns + " FROM " + table + " WHERE id=?";
        sql.insert = "INSERT INTO " + table + "(" + sql.columns + ") VALUES("
            + placeholders(entity.fieldCount()) + ") ON CONFLICT(id) DO UPDATE SET " + assignments
            + " RETURNING pk";
        sql.erase = "DELETE FROM " + table + " WHERE id=? RETURNING pk";
        sql.searchInsert = "INSERT INTO search_" + table + "(rowid, tokens) VALUES(?,?)";
        sql.searchDelete = "INSERT INTO search_" + table + "(search_" + table
            + ", rowid, tokens) VALUES('delete',?,?)";
        m_statements.push_back(std::move(sql));
    }
}

const RowStore::Statements &RowStore::statements(const EntityInfo &entity) const
{
    return m_statements[std::size_t(m_catalog.indexOf(entity.name()))];
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
    return m_memory && entity.isReference() ? &m_memory->of(m_catalog.indexOf(entity.name()))
                                            : nullptr;
}

void RowStore::tellWritten(const EntityInfo &entity, const Row *before, const Row *after)
{
    if (keptOf(entity))
        m_memory->written(m_catalog.indexOf(entity.name()));
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

Result<> RowStore::put(const EntityInfo &entity, const Row &row, const Row *before)
{
    Q_ASSERT(int(row.size()) == entity.fieldCount());
    Query insert = m_database.query(statements(entity).insert);
    for (int i = 0; i < entity.fieldCount(); ++i)
        insert.bind(i + 1, row[std::size_t(i)]);
    if (!insert.next())
        return insert.error().value_or(Error("storage.failed"_reason, {entity.name()}));
    const qint64 key = insert.integer(0);
    if (auto done = insert.run(); !done)
        return done;
    tellWritten(entity, before, &row);
    return writeDerived(entity, key, before, &row);
}

Result<> RowStore::erase(const EntityInfo &entity, const RecordId &id)
{
    const std::optional<Row> before = find(entity, id);
    if (!before)
        return {};
    Query remove = m_database.query(statements(entity).erase);
    remove.bind(1, id);
    const bool found = remove.next();
    const qint64 key = found ? remove.integer(0) : 0;
    if (auto done = remove.run(); !done || !found)
        return done;
    tellWritten(entity, &*before, nullptr);
    return writeDerived(entity, key, &*before, nullptr);
}

Result<> RowStore::writeDerived(const EntityInfo &entity, qint64 key, const Row *before,
                                const Row *after)
{
    const Statements &sql = statements(entity);
    if (!m_derived || (before && after && deriveFromTheSame(entity, *before, *after)))
        return {};
    if (sql.searchable) {
        const QString old = before ? searchTokens(entity, *before) : QString();
        const QString fresh = after ? searchTokens(entity, *after) : QString();
        if (old != fresh) {
            if (!old.isEmpty() && !(fault::planted(fault::WordsStay) && !after)) {
                if (auto done = m_database.query(sql.searchDelete).bind(1, key).bind(2, old).run();
                    !done)
                    return done;
            }
            if (!fresh.isEmpty()) {
                if (auto done =
                        m_database.query(sql.searchInsert).bind(1, key).bind(2, fresh).run();
                    !done)
                    return done;
            }
        }
    }
    if (!sql.hasPhones)
        return {};
    const QStringList old = before ? phoneKeys(entity, *before) : QStringList();
    const QStringList fresh = after ? phoneKeys(entity, *after) : QStringList();
    const QString id = (after ? *after : *before)[common_column::Id].text();
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
