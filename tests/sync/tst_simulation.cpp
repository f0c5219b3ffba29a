#include "support/sim/history.h"

#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QTest>

using namespace keydesk;
using namespace keydesk::sim;

// The deterministic simulation of sync (reliability.md 3.1): seeded histories of a server and its
// desktops under faults, judged by an oracle after every checkpoint.
//   KEYDESK_SIM_HISTORIES  how many (default 5,000)
//   KEYDESK_SIM_SECONDS    at most so long (default 120)
//   KEYDESK_SIM_SEED       the first seed; with KEYDESK_SIM_HISTORIES=1 it replays one history
class tst_Simulation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theSameSeedGivesTheSameTrace();
    void historiesRunWithoutViolation();
    void everySeededBugIsCaught_data();
    void everySeededBugIsCaught();

private:
    static int setting(const char *name, int standard);
    static void reportCoverage(const Outcomes &outcomes, const std::map<QString, int> &moves);
    std::unique_ptr<Stage> m_stage;
};

int tst_Simulation::setting(const char *name, int standard)
{
    bool given = false;
    const int value = qEnvironmentVariableIntValue(name, &given);
    return given ? value : standard;
}

void tst_Simulation::initTestCase()
{
    // Thousands of lines about the faults it makes itself would crowd out what it has to report; a
    // history that is replayed by its seed tells all.
    if (!qEnvironmentVariableIsSet("KEYDESK_SIM_SEED"))
        QLoggingCategory::setFilterRules(QStringLiteral("keydesk.*=false"));
    m_stage = std::make_unique<Stage>();
}

void tst_Simulation::theSameSeedGivesTheSameTrace()
{
    for (quint64 seed = 1; seed <= 20; ++seed) {
        History first(*m_stage, seed);
        History second(*m_stage, seed);
        const QString one = first.run();
        const QString other = second.run();
        QCOMPARE(one, other);
        QCOMPARE(first.trace(), second.trace());
    }
}

void tst_Simulation::historiesRunWithoutViolation()
{
    const int histories = setting("KEYDESK_SIM_HISTORIES", 5000);
    const qint64 most = qint64(setting("KEYDESK_SIM_SECONDS", 120)) * 1000;
    const int firstSeed = setting("KEYDESK_SIM_SEED", 1);
    QElapsedTimer timer;
    timer.start();
    int done = 0;
    Outcomes outcomes;
    std::map<QString, int> moves;
    for (; done < histories && timer.elapsed() < most; ++done) {
        const int seed = firstSeed + done;
        History history(*m_stage, quint64(seed));
        const QString violation = history.run();
        QVERIFY2(violation.isEmpty(),
                 qPrintable(QStringLiteral("seed %1: %2\nreplay: KEYDESK_SIM_SEED=%1 "
                                           "KEYDESK_SIM_HISTORIES=1 tst_simulation "
                                           "historiesRunWithoutViolation")
                                .arg(seed)
                                .arg(violation)));
        for (const auto &[what, count] : history.outcomes())
            outcomes[what] += count;
        for (const auto &[kind, count] : history.moves())
            moves[kind] += count;
    }
    qInfo("report: %d histories from seed %d without a violation, %.0f a second", done, firstSeed,
          done * 1000.0 / double(std::max<qint64>(1, timer.elapsed())));
    reportCoverage(outcomes, moves);
}

// One part for each command: how many were applied, and how many were refused for which reason.
void tst_Simulation::reportCoverage(const Outcomes &outcomes, const std::map<QString, int> &moves)
{
    std::map<QString, QString> parts;
    for (const auto &[what, count] : outcomes) {
        const auto &[type, outcome] = what;
        if (outcome != u"applied")
            parts[type] += QStringLiteral(" %1:%2").arg(outcome).arg(count);
    }
    for (const auto &[what, count] : outcomes) {
        if (what.second == u"applied")
            parts[what.first].prepend(QStringLiteral(" %1").arg(count));
    }
    QStringList lines;
    for (const auto &[type, part] : parts)
        lines.append(type + part);
    QStringList hops;
    for (const auto &[kind, count] : moves)
        hops.append(QStringLiteral("%1 %2").arg(kind).arg(count));
    qInfo("report: moves of custody: %s", qPrintable(hops.join(u", ")));
    qInfo("report: commands applied and refused: %s", qPrintable(lines.join(u"; ")));
}

void tst_Simulation::everySeededBugIsCaught_data()
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
}

void tst_Simulation::everySeededBugIsCaught()
{
    QFETCH(int, bug);
    fault::current = fault::Bug(bug);
    QString caught;
    quint64 seed = 1;
    for (; seed <= 2000 && caught.isEmpty(); ++seed)
        caught = History(*m_stage, seed).run();
    fault::current = fault::None;
    QVERIFY2(!caught.isEmpty(), "not caught within 2,000 histories");
    qInfo("report: caught at seed %llu: %s", seed - 1, qPrintable(caught));
}

QTEST_GUILESS_MAIN(tst_Simulation)
#include "tst_simulation.moc"
