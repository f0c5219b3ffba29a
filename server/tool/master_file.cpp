#include "tool/master_file.h"

#include "commands/custody_step.h"
#include "rules/routing_facts.h"
#include "sync/server_tables.h"

#include <QFile>
#include <QLoggingCategory>
#include <QSet>

Q_LOGGING_CATEGORY(lcMaster, "keydesk.server.master", QtInfoMsg)

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// Whether an older program wrote the file: it lacks a table or a column that this one knows.
bool isBehind(Database &database, const Catalog &catalog)
{
    Query head = database.query("SELECT 1 FROM sqlite_master WHERE name='head'");
    if (!head.next())
        return false; // a new one
    for (const EntityInfo &entity : catalog.entities()) {
        QSet<QString> columns;
        Query known = database.query("SELECT name FROM pragma_table_info(?)");
        known.bind(1, entity.name());
        while (known.next())
            columns.insert(known.text(0));
        for (const FieldInfo &field : entity.fields()) {
            if (!columns.contains(field.name))
                return true;
        }
    }
    return false;
}

// The copy that an update leaves beside the file takes the place of the one before it.
Result<> keepCopy(Database &database, const QString &copy)
{
    const QString unfinished = copy + u".part"_s;
    QFile::remove(unfinished);
    if (auto copied = database.backupTo(unfinished); !copied)
        return copied;
    QFile::remove(copy);
    if (!QFile::rename(unfinished, copy))
        return Error("file.unwritable"_reason, {copy, u"rename"_s});
    qCInfo(lcMaster) << "an older program wrote the data; before the update they are kept in"
                     << copy;
    return {};
}

Result<> bringUpToDate(Database &database, const Catalog &catalog)
{
    RowStore store(database, catalog);
    auto ready = store.migrate();
    if (ready)
        ready = createServerTables(database, RecordId::create().text());
    if (ready)
        ready = createServerIndexes(database);
    if (ready)
        ready = RoutingFacts::createIndexes(database);
    return ready ? createCustodyIndexes(database) : ready;
}

} // namespace

Result<std::unique_ptr<Database>> openMaster(const QString &path, const Catalog &catalog)
{
    auto opened = Database::open(path);
    if (!opened)
        return opened.error();
    Database &database = **opened;
    if (isBehind(database, catalog)) {
        if (auto kept = keepCopy(database, path + u".before-update"_s); !kept)
            return kept.error();
    }
    auto ready = database.execute("BEGIN IMMEDIATE");
    if (ready)
        ready = bringUpToDate(database, catalog);
    if (ready)
        ready = database.execute("COMMIT");
    if (!ready) {
        if (database.inTransaction())
            (void)database.execute("ROLLBACK");
        return ready.error();
    }
    return opened;
}

QString serverSetting(Database &database, const QString &name)
{
    Query query = database.query("SELECT value FROM setting WHERE name=?");
    query.bind(1, name);
    return query.next() ? query.text(0) : QString();
}

Result<> setServerSetting(Database &database, const QString &name, const QString &value)
{
    return database
        .query("INSERT INTO setting(name, value) VALUES(?,?) ON CONFLICT(name) DO UPDATE SET "
               "value=excluded.value")
        .bind(1, name)
        .bind(2, value)
        .run();
}

} // namespace keydesk
