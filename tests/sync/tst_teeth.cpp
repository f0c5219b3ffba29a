#include "support/sim/history.h"

#include <QLoggingCategory>
#include <QTest>

using namespace keydesk;
using namespace keydesk::sim;

// The teeth of the simulation: each bug that is planted in the real code is found within 2,000
// histories (reliability.md 3.1). `./dev teeth` prints the table.
class tst_Teeth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everySeededBugIsCaught_data();
    void everySeededBugIsCaught();
    void cleanup();
    void cleanupTestCase();

private:
    std::unique_ptr<Stage> m_stage;
    QStringList m_table;
};

void tst_Teeth::initTestCase()
{
    QLoggingCategory::setFilterRules(QStringLiteral("keydesk.*=false"));
    m_stage = std::make_unique<Stage>();
}

void tst_Teeth::everySeededBugIsCaught_data()
{
    QTest::addColumn<int>("bug");
    QTest::newRow("a row that leaves a bucket writes no DEL") << int(fault::NoDelOnMove);
    QTest::newRow("a command sent again takes effect again") << int(fault::NoDedupe);
    QTest::newRow("a claim does not look at the owner") << int(fault::ClaimNoCheck);
    QTest::newRow("grants are read once") << int(fault::StaleGrants);
    QTest::newRow("a cursor below the compacted log is served") << int(fault::FloorIgnored);
    QTest::newRow("the position jumps after a snapshot") << int(fault::SnapshotNoTail);
    QTest::newRow("an op sends a row that left the bucket") << int(fault::NoMemberCheck);
    QTest::newRow("rows of a dropped bucket stay") << int(fault::DropKeepsStage);
    QTest::newRow("a removal after a put is lost") << int(fault::PutDelFolded);
    QTest::newRow("the cursor moves before the rows") << int(fault::CursorEarly);
    QTest::newRow("what waits does not follow a retry") << int(fault::RetryLeavesPending);
    QTest::newRow("commits are not synced") << int(fault::NormalSync);
    QTest::newRow("a device's number is written after the commit") << int(fault::NumberLate);
    QTest::newRow("a command is accepted before the one it follows") << int(fault::GapAccepted);
    QTest::newRow("a cursor from before a restore is served") << int(fault::EpochIgnored);
    QTest::newRow("an answer ends the preview") << int(fault::PendingDropped);
    QTest::newRow("what a restore lost is not offered again") << int(fault::AnswersForgotten);
    QTest::newRow("words of removed rows stay in the index") << int(fault::WordsStay);
    QTest::newRow("a masked number is sent unmasked") << int(fault::Unmasked);
    QTest::newRow("a refusal is not in the audit trail") << int(fault::RefusalUnaudited);
    QTest::newRow("sums stay when a command is undone") << int(fault::SumsKept);
    QTest::newRow("previews are taken back oldest first") << int(fault::RewoundForward);
    QTest::newRow("a first load is current too early") << int(fault::CurrentEarly);
    QTest::newRow("an expired claim stays with its holder") << int(fault::ExpiryKeepsHolder);
    QTest::newRow("a return is told to nobody") << int(fault::NoticeForgotten);
    QTest::newRow("no claim clock runs") << int(fault::ClockForgotten);
    QTest::newRow("news during a pull are taken for told") << int(fault::NewsTakenForTold);
}

void tst_Teeth::everySeededBugIsCaught()
{
    QFETCH(int, bug);
    fault::current = fault::Bug(bug);
    QString caught;
    quint64 seed = 0;
    while (seed < 2000 && caught.isEmpty())
        caught = History(*m_stage, ++seed).run();
    fault::current = fault::None;
    QVERIFY2(!caught.isEmpty(), "not caught within 2,000 histories");
    m_table.append(QStringLiteral("%1 | %2 | %3")
                       .arg(QLatin1StringView(QTest::currentDataTag()))
                       .arg(seed)
                       .arg(caught.section(QLatin1Char('\n'), 0, 0)));
}

void tst_Teeth::cleanup()
{
    fault::current = fault::None;
}

void tst_Teeth::cleanupTestCase()
{
    qInfo("report: seeded bugs caught: %lld; bug | at seed | by", qlonglong(m_table.size()));
    for (const QString &line : std::as_const(m_table))
        qInfo("report: %s", qPrintable(line));
}

QTEST_GUILESS_MAIN(tst_Teeth)
#include "tst_teeth.moc"
