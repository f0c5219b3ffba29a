#include "sync/outbox_salvage.h"

#include "store/damage.h"
#include "sync/bracket.h"
#include "sync/outbox.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcSalvage, "keydesk.sync.salvage", QtInfoMsg)

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *salvagedTables[] = {"identity", "queue",   "answered",
                                          "rejected", "renewed", "draft"};

// The columns that both files have, as "a, b, c"; empty when there is no such table.
QByteArray commonColumns(Database &damaged, Database &fresh, const QByteArray &table)
{
    QByteArrayList columns;
    Query known = fresh.query("SELECT name FROM pragma_table_info(?)");
    known.bind(1, QString::fromLatin1(table));
    while (known.next()) {
        Query there = damaged.query("SELECT 1 FROM pragma_table_info(?) WHERE name=?");
        there.bind(1, QString::fromLatin1(table)).bind(2, known.text(0));
        if (there.next())
            columns.append(known.text(0).toLatin1());
    }
    return columns.join(", ");
}

// From both ends, since a damaged page stops the reading.
Result<> copyTable(Database &damaged, Database &fresh, const QByteArray &table)
{
    const QByteArray columns = commonColumns(damaged, fresh, table);
    const int count = int(columns.count(',')) + 1;
    if (columns.isEmpty())
        return {};
    const QByteArray insert = "INSERT OR IGNORE INTO " + table + '(' + columns + ") VALUES(?"
        + QByteArray(",?").repeated(count - 1) + ')';
    for (const char *order : {"ASC", "DESC"}) {
        Query rows = damaged.query("SELECT " + columns + " FROM " + table + " ORDER BY rowid "
                                   + order);
        while (rows.next()) {
            Query copy = fresh.query(insert);
            for (int column = 0; column < count; ++column)
                copy.bind(column + 1, rows.cell(column));
            // A value that the table does not take was damaged: the other rows count.
            if (auto copied = copy.run(); !copied)
                qCWarning(lcSalvage) << "a row of" << table << "is lost:" << copied.error().detail;
        }
        if (!rows.error())
            break;
        qCWarning(lcSalvage) << table << "is damaged:" << rows.error()->detail;
    }
    return {};
}

qint64 rowsOf(Database &database, const QByteArray &table)
{
    Query count = database.query("SELECT count(*) FROM " + table);
    return count.next() ? count.integer(0) : 0;
}

} // namespace

Result<> checkSound(Database &outbox)
{
    Query check = outbox.query("PRAGMA integrity_check(1)");
    if (!check.next())
        return check.error().value_or(Error("storage.failed"_reason, {u"integrity_check"_s}));
    return check.text(0) == u"ok" ? Result<>() : Result<>(damage(check.text(0)));
}

Result<qint64> salvageOutbox(const QString &path, Database &fresh)
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    auto damaged = Database::open(path, options);
    if (!damaged)
        return damaged.error();
    Bracket bracket(fresh);
    Result<> done;
    for (const char *table : salvagedTables) {
        if (done)
            done = copyTable(**damaged, fresh, table);
    }
    // Local numbers are keys of what was answered and refused too: none is given twice.
    if (done)
        done = fresh.execute(
            "DELETE FROM sqlite_sequence WHERE name='queue';"
            "INSERT INTO sqlite_sequence(name, seq) SELECT 'queue', coalesce(max(last), 0) FROM ("
            "SELECT max(local_no) AS last FROM queue UNION ALL SELECT max(local_no) FROM answered "
            "UNION ALL SELECT max(local_no) FROM rejected)");
    // A number that was lost would be waited for in vain: a server that is taken for a restored one
    // has everything after its own last number put on the wire anew (sync.md, "Epoch").
    if (done)
        done = Outbox(fresh).setIdentity(u"epoch"_s, u"salvaged"_s);
    if (auto committed = bracket.commit(done); !committed)
        return committed.error();
    return rowsOf(fresh, "queue") + rowsOf(fresh, "rejected");
}

} // namespace keydesk
