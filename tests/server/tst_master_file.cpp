#include "domain/entities.h"
#include "tool/master_file.h"

#include <QTemporaryDir>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

// What a command asks about its record must not cost more with every record of the others.
class TestMasterFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void questionsOfACommandAreAnsweredByAnIndex_data();
    void questionsOfACommandAreAnsweredByAnIndex();
};

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

QTEST_GUILESS_MAIN(TestMasterFile)
#include "tst_master_file.moc"
