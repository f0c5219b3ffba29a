#include "support/histories/history_run.h"

#include <QTest>

using namespace keydesk;
using namespace keydesk::blackbox;
using namespace Qt::StringLiterals;

namespace {

constexpr int workFor = 2'500; // ms of work under faults in one history
constexpr qsizetype mostTold = 5; // anomalies of one history; the file has them all

struct Subject
{
    const char *name;
    std::unique_ptr<Workload> (*make)();
};
constexpr Subject subjects[] = {
    {"claims", makeClaims},
    {"appends", makeAppends},
    {"scopes", makeScopes},
    {"edits", makeEdits},
};
constexpr int subjectCount = int(std::size(subjects));

quint32 seedFromOutside()
{
    bool given = false;
    const uint seed = qEnvironmentVariable("KEYDESK_HISTORY_SEED").toUInt(&given);
    return given ? seed : QRandomGenerator::global()->bounded(1'000'000U);
}

} // namespace

// Real desktops and a real server under real faults, seen from outside alone: what was asked, what
// was answered and what each desktop showed has to be explained by one order of the commands
// (reliability.md 3.2, workloads a, b, d and e; sync.md G2, G4-G6, G8-G11).
//
// KEYDESK_HISTORY_SEED=N makes the choices of that seed again (the processes' own timing is not
// repeated); the nemesis of a workload follows from the seed. KEYDESK_HISTORY_MINUTES=N goes on
// from seed to seed for so long, a quarter of it for each workload, under all nemeses in turn;
// QTEST_FUNCTION_TIMEOUT has to leave that time (ms):
//     QTEST_FUNCTION_TIMEOUT=4200000 KEYDESK_HISTORY_MINUTES=60 tst_histories
class TestHistories : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_office.reset(); }
    void answersAndReadsHaveOneOrder_data();
    void answersAndReadsHaveOneOrder();

private:
    void runOnce(int subject, quint32 seed);

    std::unique_ptr<ServerProcess> m_office; // never served: what all histories begin with
    quint32 m_seed = 0;
};

void TestHistories::initTestCase()
{
    m_seed = seedFromOutside();
    m_office = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_office->initDemo().code, 0);
}

void TestHistories::runOnce(int subject, quint32 seed)
{
    const QString name = QString::fromLatin1(subjects[subject].name);
    const auto kind = Nemesis::Kind((seed + quint32(subject)) % Nemesis::kinds);
    const HistoryRun::Programs programs{QStringLiteral(KEYDESK_PROGRAM),
                                        QStringLiteral(KEYDESK_SERVER_PROGRAM), m_office->data()};
    HistoryRun run(programs, subjects[subject].make(), kind, seed);
    QElapsedTimer time;
    time.start();
    if (run.run(workFor))
        run.check();
    qInfo("report: %s, seed %u: %s, %lld ms", qPrintable(name), seed, qPrintable(run.summary()),
          time.elapsed());
    if (run.problems().empty())
        return;
    QStringList told;
    for (const Anomaly &one : run.problems()) {
        if (told.size() < mostTold)
            told.append(one.name + u": "_s + one.story);
    }
    const QString path = writeHistory(run.history(), u"%1-%2"_s.arg(name).arg(seed));
    QFAIL(qPrintable(u"KEYDESK_HISTORY_SEED=%1, %2 anomalies in %3:\n%4"_s.arg(seed)
                         .arg(run.problems().size())
                         .arg(path, told.join(u'\n'))));
}

void TestHistories::answersAndReadsHaveOneOrder_data()
{
    QTest::addColumn<int>("subject");
    for (int i = 0; i < subjectCount; ++i)
        QTest::newRow(subjects[i].name) << i;
}

void TestHistories::answersAndReadsHaveOneOrder()
{
    QFETCH(const int, subject);
    const qint64 most = qint64(qEnvironmentVariableIntValue("KEYDESK_HISTORY_MINUTES")) * 60'000;
    QElapsedTimer time;
    time.start();
    int histories = 0;
    do {
        runOnce(subject, m_seed + quint32(histories++));
    } while (!QTest::currentTestFailed() && time.elapsed() < most / subjectCount);
    if (most > 0)
        qInfo("report: %d histories of %s from seed %u", histories, subjects[subject].name, m_seed);
}

QTEST_GUILESS_MAIN(TestHistories)
#include "tst_histories.moc"
