#include "tool/master_file.h"

#include "commands/custody_step.h"
#include "rules/routing_facts.h"
#include "sync/server_tables.h"

namespace keydesk {

Result<std::unique_ptr<Database>> openMaster(const QString &path, const Catalog &catalog)
{
    auto opened = Database::open(path);
    if (!opened)
        return opened.error();
    RowStore store(**opened, catalog);
    auto ready = store.migrate();
    if (ready)
        ready = createServerTables(**opened, RecordId::create().text());
    if (ready)
        ready = createServerIndexes(**opened);
    if (ready)
        ready = RoutingFacts::createIndexes(**opened);
    if (ready)
        ready = createCustodyIndexes(**opened);
    if (!ready)
        return ready.error();
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
