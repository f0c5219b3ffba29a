#include "support/sim/history_report.h"

#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QTest>

#include <ctime>

using namespace keydesk;
using namespace keydesk::sim;

// The deterministic simulation of sync (reliability.md 3.1): seeded histories of a server and its
// desktops under faults, judged by an oracle after every checkpoint. Its teeth are in tst_teeth.
//
// KEYDESK_SIM_HISTORIES: how many (default 10,000).
// KEYDESK_SIM_SECONDS: at most so long (default 120), but never fewer than 600 histories.
// KEYDESK_SIM_VIOLATIONS: go on until there are so many (default 1).
// KEYDESK_SIM_SEED: the first seed; with KEYDESK_SIM_HISTORIES=1 it replays one history.
class tst_Simulation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theSameSeedGivesTheSameTrace();
    void historiesRunWithoutViolation();

private:
    static int setting(const char *name, int standard);
    std::unique_ptr<Stage> m_stage;
};

namespace {

// So many histories reach each required cell; fewer, on a slow machine or for a replay, are not
// judged by it.
constexpr int enoughForCoverage = 1500;
constexpr int leastHistories = 600; // however long they take

} // namespace

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
    if (setting("KEYDESK_SIM_HISTORIES", 0) != 1)
        QLoggingCategory::setFilterRules(QStringLiteral("keydesk.*=false"));
    m_stage = std::make_unique<Stage>();
}

void tst_Simulation::theSameSeedGivesTheSameTrace()
{
    for (quint64 seed = 1; seed <= 20; ++seed) {
        History first(*m_stage, seed);
        const QString one = first.run();
        History second(*m_stage, seed);
        const QString other = second.run();
        QCOMPARE(one, other);
        QCOMPARE(first.trace(), second.trace());
    }
}

void tst_Simulation::historiesRunWithoutViolation()
{
    const int histories = setting("KEYDESK_SIM_HISTORIES", 10000);
    const qint64 most = qint64(setting("KEYDESK_SIM_SECONDS", 120)) * 1000;
    const int firstSeed = setting("KEYDESK_SIM_SEED", 1);
    const int mostViolations = setting("KEYDESK_SIM_VIOLATIONS", 1);
    const int least = std::min(histories, leastHistories);
    QElapsedTimer timer;
    timer.start();
    const std::clock_t began = std::clock();
    HistoryReport report;
    QStringList violations;
    while (report.histories() < least
           || (report.histories() < histories && timer.elapsed() < most)) {
        const int seed = firstSeed + report.histories();
        History history(*m_stage, quint64(seed));
        const QString violation = history.run();
        report.add(history);
        if (violation.isEmpty())
            continue;
        violations.append(QStringLiteral("seed %1: %2\nreplay: KEYDESK_SIM_SEED=%1 "
                                         "KEYDESK_SIM_HISTORIES=1 tst_simulation "
                                         "historiesRunWithoutViolation")
                              .arg(seed)
                              .arg(violation));
        qInfo("report: violation at %s", qPrintable(violations.back()));
        if (violations.size() >= mostViolations)
            break;
    }
    QVERIFY2(violations.isEmpty(), qPrintable(violations.join(QLatin1Char('\n'))));
    const double cpu = std::max(0.01, double(std::clock() - began) / CLOCKS_PER_SEC);
    qInfo("report: %d histories from seed %d without a violation in %.0f s, %.0f a second of one "
          "core",
          report.histories(), firstSeed, double(timer.elapsed()) / 1000, report.histories() / cpu);
    for (const QString &line : report.lines())
        qInfo("report: %s", qPrintable(line));
    if (report.histories() >= enoughForCoverage)
        QCOMPARE(report.missing(makeCommandRegistry()).join(QStringLiteral(", ")), QString());
}

QTEST_GUILESS_MAIN(tst_Simulation)
#include "tst_simulation.moc"
