#include "sync/outbox.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

constexpr Instant noon{1'700'000'000'000};

// The shape of the first desktops (the tables as they were first written).
constexpr char firstShape[] = R"(
CREATE TABLE queue(
    local_no INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER UNIQUE, cmd_id TEXT NOT NULL,
    type TEXT NOT NULL, ver INTEGER NOT NULL, args BLOB NOT NULL, created INTEGER NOT NULL,
    applied INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE answered(
    local_no INTEGER PRIMARY KEY, n INTEGER NOT NULL, cmd_id TEXT NOT NULL, type TEXT NOT NULL,
    ver INTEGER NOT NULL, args BLOB NOT NULL, created INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE rejected(
    local_no INTEGER PRIMARY KEY, cmd_id TEXT NOT NULL, type TEXT NOT NULL, ver INTEGER NOT NULL,
    args BLOB NOT NULL, reason TEXT NOT NULL, reason_args TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE draft(key TEXT PRIMARY KEY, body TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE identity(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO queue(local_no, n, cmd_id, type, ver, args, created, applied) VALUES
    (3, 3, '018bcfe5-6801-7007-8000-000000000001', 'EditRecord', 1, x'A0', 1700000000000, 1),
    (4, 4, '018bcfe5-6802-7007-8000-000000000002', 'EditRecord', 1, x'A0', 2, 0),
    (5, NULL, '018bcfe5-6803-7007-8000-000000000003', 'AddNote', 1, x'A0', 3, 0);
INSERT INTO answered VALUES(1, 1, '018bcfe5-6800-7007-8000-000000000000', 'AddNote', 1, x'A0', 1,
    1700000000000);
INSERT INTO rejected VALUES
    (2, '018bcfe5-6800-7007-8000-000000000009', 'EditRecord', 1, x'A0', 'record.changed', 'name', 5);
INSERT INTO draft VALUES('account/1', 'typed', 1);
INSERT INTO identity VALUES('last_n', '4'), ('acked_n', '2'), ('device_id', 'pc');
)";

// Every column of every table, with all that makes it.
QStringList shapeOf(Database &database)
{
    QStringList columns;
    Query query = database.query(
        "SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || "
        "coalesce(c.dflt_value, '') FROM sqlite_master t JOIN pragma_table_info(t.name) c "
        "WHERE t.type='table' ORDER BY t.name, c.name");
    while (query.next())
        columns.append(query.text(0));
    return columns;
}

} // namespace

// The queue's file as older desktops wrote it.
class TestOutboxFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void fileOfTheFirstDesktopsIsBroughtUpToDate();
    void failedUpgradeLeavesTheFileAsItWas();

private:
    std::unique_ptr<Database> m_database;
    std::unique_ptr<Outbox> m_outbox;
};

void TestOutboxFile::init()
{
    m_outbox.reset();
    m_database = Database::openInMemory();
    QVERIFY(m_database->execute(firstShape));
    m_outbox = std::make_unique<Outbox>(*m_database);
}

void TestOutboxFile::fileOfTheFirstDesktopsIsBroughtUpToDate()
{
    const auto fresh = Database::openInMemory();
    QVERIFY(Outbox(*fresh).createTables());
    QVERIFY(m_outbox->createTables());
    QCOMPARE(shapeOf(*m_database), shapeOf(*fresh));
    QVERIFY(m_outbox->createTables()); // a second start finds nothing to do
    QCOMPARE(m_outbox->entries().size(), std::size_t(3));
    QCOMPARE(m_outbox->draft(u"account/1"_s), u"typed"_s);
    QCOMPARE(m_outbox->identity(u"device_id"_s), u"pc"_s);
    QCOMPARE(m_outbox->rejected().front().args, QStringList{u"name"_s});
    QVERIFY(m_outbox->rejected().front().accepted.isNull());
    // And it works on: answers, refusals, a retry and a restored server.
    QVERIFY(m_outbox->coveredThrough(3, noon));
    QVERIFY(m_outbox->settleRejected(4, u"record.changed"_s, {}, noon));
    QVERIFY(m_outbox->retry(m_outbox->retriesOf({{2, {}}}), noon));
    QVERIFY(m_outbox->requeueAfter(0));
    QCOMPARE(m_outbox->rejectedCount(), 1);
    QCOMPARE(m_outbox->pendingCount(), 4);
}

void TestOutboxFile::failedUpgradeLeavesTheFileAsItWas()
{
    // The second table to be upgraded stands in the way.
    QVERIFY(m_database->execute("ALTER TABLE rejected RENAME TO kept; CREATE VIEW rejected AS "
                                "SELECT local_no FROM kept"));
    const auto before = shapeOf(*m_database);
    QVERIFY(!m_outbox->createTables());
    QCOMPARE(shapeOf(*m_database), before);
}

QTEST_GUILESS_MAIN(TestOutboxFile)
#include "tst_outbox_file.moc"
