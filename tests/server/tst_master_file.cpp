#include "base/content_hash.h"
#include "domain/entities.h"
#include "support/wire_work.h"
#include "sync/authority.h"
#include "tool/master_file.h"

#include <QTemporaryDir>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// What older tables hold: table, then each row as text. By the columns they have.
using Content = std::map<QString, QStringList>;

Content contentOf(Database &database)
{
    Content content;
    QStringList tables;
    Query names = database.query("SELECT name FROM sqlite_master WHERE type='table' AND sql NOT "
                                 "LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite%' AND name NOT "
                                 "LIKE 'search%'");
    while (names.next())
        tables.append(names.text(0));
    QByteArrayList columns;
    for (const QString &table : std::as_const(tables)) {
        columns.clear();
        Query known = database.query("SELECT name FROM pragma_table_info(?) ORDER BY name");
        known.bind(1, table);
        while (known.next())
            columns.append("'" + known.text(0).toLatin1() + "=' || quote("
                           + known.text(0).toLatin1() + ')');
        Query rows = database.query("SELECT " + columns.join(" || ' ' || ") + " FROM "
                                    + table.toLatin1() + " ORDER BY 1");
        while (rows.next())
            content[table].append(rows.text(0));
    }
    return content;
}

// Whether every value of the older content is still there. Columns that came later are empty.
bool holdsAll(const Content &now, const Content &before)
{
    return std::all_of(before.begin(), before.end(), [&](const auto &table) {
        const auto found = now.find(table.first);
        if (found == now.end() || found->second.size() != table.second.size())
            return false;
        for (qsizetype i = 0; i < table.second.size(); ++i) {
            const QStringList values = found->second[i].split(u' ');
            for (const QString &value : table.second[i].split(u' ')) {
                if (!values.contains(value))
                    return false;
            }
        }
        return true;
    });
}

} // namespace

// The master database as it is opened: brought up to date from an older one without losing a row,
// with the indexes by which what a command asks about its record does not cost more with every
// record of the others.
class TestMasterFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void questionsOfACommandAreAnsweredByAnIndex_data();
    void questionsOfACommandAreAnsweredByAnIndex();
    void olderMasterIsBroughtUpToDateWithEveryRow();
    void olderMasterIsCopiedBeforeItIsTouched();
    void masterOfThisProgramIsNotCopied();
    void updateThatFailsLeavesTheOlderMaster();
    void masterOfALaterFormatIsRefusedAndLeftAlone();
    void commandQueuedBeforeTheUpdateApplies();

private:
    QString olderMaster(const QTemporaryDir &home) const;
    static Content contentAt(const QString &path);
};

// A file as the server's first released tables and fields made it (tests/data/older_master.sql).
QString TestMasterFile::olderMaster(const QTemporaryDir &home) const
{
    QString path = home.filePath(u"keydesk.db"_s);
    QFile sql(QStringLiteral(TEST_DATA_DIR "/older_master.sql"));
    const auto database = Database::open(path);
    if (!sql.open(QFile::ReadOnly) || !database || !(*database)->execute(sql.readAll()))
        return {};
    return path;
}

Content TestMasterFile::contentAt(const QString &path)
{
    const auto database = Database::open(path);
    return database ? contentOf(**database) : Content();
}

void TestMasterFile::questionsOfACommandAreAnsweredByAnIndex_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::newRow("the steps of an opportunity")
        << QByteArray("transfer WHERE opportunity_id = ? ORDER BY seq DESC");
    QTest::newRow("why it went where it is")
        << QByteArray("routing_decision WHERE opportunity_id = ? AND rule_id IS NOT NULL");
    QTest::newRow("its items") << QByteArray("opportunity_item WHERE opportunity_id = ?");
    QTest::newRow("its tasks") << QByteArray("task WHERE subject_id = ? AND state = 'open'");
    QTest::newRow("what a person has in hand") << QByteArray(
        "opportunity WHERE deleted_at IS NULL AND (owner_id = ?1 OR assignee_id = ?1) "
        "AND custody_state IN ('dispatched', 'claimed')");
    QTest::newRow("the people of a customer") << QByteArray("contact WHERE account_id = ?");
    QTest::newRow("who looks after a customer") << QByteArray("assignment WHERE account_id = ?");
}

void TestMasterFile::questionsOfACommandAreAnsweredByAnIndex()
{
    QFETCH(QByteArray, from);
    const QTemporaryDir home;
    const Catalog catalog = makeCatalog();
    const auto database = openMaster(home.filePath(u"keydesk.db"_s), catalog);
    QVERIFY(database);
    Query plan = (*database)->query("EXPLAIN QUERY PLAN SELECT * FROM " + from);
    int steps = 0;
    while (plan.next()) {
        ++steps;
        QVERIFY2(!plan.text(3).startsWith(u"SCAN"), qPrintable(plan.text(3)));
    }
    QVERIFY(steps > 0);
}

void TestMasterFile::olderMasterIsBroughtUpToDateWithEveryRow()
{
    const QTemporaryDir home;
    const Catalog catalog = makeCatalog();
    const QString path = olderMaster(home);
    const Content before = contentAt(path);
    QCOMPARE(before.at(u"staff"_s).size(), 2);
    QVERIFY(!before.at(u"routing_rule"_s).front().contains(u"english_name="));
    const auto database = openMaster(path, catalog);
    QVERIFY(database);
    const Content after = contentOf(**database);
    QVERIFY(holdsAll(after, before));
    QVERIFY(after.at(u"routing_rule"_s).front().contains(u"english_name=NULL"));
    // What has come since was derived from the older rows as well.
    Query sum = (*database)->query("SELECT cnt, sum FROM bucket WHERE id='ref'");
    QVERIFY(sum.next());
    quint64 expected = 0;
    for (const char *table : {"staff", "routing_rule"}) {
        Query rows = (*database)->query(QByteArray("SELECT id, row_ver FROM ") + table);
        while (rows.next())
            expected += membershipHash(QString::fromLatin1(table), rows.text(0), rows.integer(1));
    }
    QCOMPARE(quint64(sum.integer(1)), expected);
    Query found = (*database)->query("SELECT count(*) FROM search_staff WHERE tokens MATCH 'hot1'");
    QVERIFY(found.next());
    QCOMPARE(found.integer(0), 1);
}

void TestMasterFile::olderMasterIsCopiedBeforeItIsTouched()
{
    const QTemporaryDir home;
    const QString path = olderMaster(home);
    const Content before = contentAt(path);
    QVERIFY(openMaster(path, makeCatalog()));
    QCOMPARE(contentAt(path + u".before-update"_s), before);
    QVERIFY(!QFile::exists(path + u".before-update.part"_s));
}

void TestMasterFile::masterOfThisProgramIsNotCopied()
{
    const QTemporaryDir home;
    const Catalog catalog = makeCatalog();
    const QString path = home.filePath(u"keydesk.db"_s);
    QVERIFY(openMaster(path, catalog));
    QVERIFY(openMaster(path, catalog));
    QVERIFY(!QFile::exists(path + u".before-update"_s));
}

void TestMasterFile::updateThatFailsLeavesTheOlderMaster()
{
    const QTemporaryDir home;
    const Catalog catalog = makeCatalog();
    const QString path = olderMaster(home);
    {
        // Late among the tables: several have got their columns when it is met.
        const auto database = Database::open(path);
        QVERIFY((*database)->execute("DROP TABLE note; CREATE VIEW note AS SELECT 1 AS x"));
    }
    const Content before = contentAt(path);
    QVERIFY(!openMaster(path, catalog));
    QCOMPARE(contentAt(path), before);
    {
        const auto database = Database::open(path);
        QVERIFY((*database)->execute("DROP VIEW note"));
    }
    const auto database = openMaster(path, catalog);
    QVERIFY(database);
    QVERIFY(holdsAll(contentOf(**database), before));
}

void TestMasterFile::masterOfALaterFormatIsRefusedAndLeftAlone()
{
    const QTemporaryDir home;
    const Catalog catalog = makeCatalog();
    const QString path = olderMaster(home);
    {
        const auto database = Database::open(path);
        QVERIFY((*database)->execute("PRAGMA user_version=2"));
    }
    const Content before = contentAt(path);
    const auto refused = openMaster(path, catalog);
    QVERIFY(!refused);
    QCOMPARE(refused.error().key(), u"storage.too_new"_s);
    QCOMPARE(contentAt(path), before);
}

void TestMasterFile::commandQueuedBeforeTheUpdateApplies()
{
    const QTemporaryDir home;
    const Catalog catalog = makeCatalog();
    const CommandRegistry registry = makeCommandRegistry();
    const auto database = openMaster(olderMaster(home), catalog);
    QVERIFY(database);
    RowStore store(**database, catalog);
    Authority authority(store, registry);
    Query person = (*database)->query("SELECT id FROM staff WHERE code='hot1'");
    QVERIFY(person.next());
    const RecordId user(person.text(0));
    person.reset();
    const Cmd queued = captureCommand(1);
    QVERIFY(authority.beginGroup(SystemClock().now()));
    const CmdResult result = authority.accept({u"pc-hot1"_s, user}, queued);
    const CmdResult again = authority.accept({u"pc-hot1"_s, user}, queued);
    QVERIFY(authority.commitGroup());
    QVERIFY2(result.status == CmdResult::Applied, qPrintable(result.reason));
    QCOMPARE(encodeMessage(again), encodeMessage(result));
}

QTEST_GUILESS_MAIN(TestMasterFile)
#include "tst_master_file.moc"
