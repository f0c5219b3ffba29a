#include "store/database.h"
#include "support/fault_shim.h"
#include "support/wire_work.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

const QString password = u"correct horse"_s;
constexpr int diskFailed = 74; // Host::diskFailed: the exit code operators know
constexpr int fillings = 50;

// How long one kind of fault is repeated: a few seconds, or what a long run wants.
qint64 patienceOf(qint64 milliseconds)
{
    return milliseconds * std::max(1, qEnvironmentVariableIntValue("KEYDESK_SOAK_FACTOR"));
}

} // namespace

// The disk under a real server refuses to write, to sync or to grow: whatever was answered is true
// afterwards, a full disk is waited out, and a failed one ends the server (sync.md, G1 and G14).
class TestFailingDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void failedDiskEndsTheServer_data();
    void failedDiskEndsTheServer();
    void deathAtAnyCallOfTheWriterLosesNothing_data();
    void deathAtAnyCallOfTheWriterLosesNothing();
    void fullDiskIsWaitedOut();
    void fullDiskIsSaidAtTheStart();
    void fullLogStopsNothing();
    void everyAnswerWasTrue();

private:
    bool start();
    bool stop();
    qint64 countAtServer(const QByteArray &what);

    FaultShim m_faults;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<WireClient> m_client;
    std::unique_ptr<WireWork> m_work;
    QRandomGenerator m_random;
    quint32 m_seed = 0;
};

void TestFailingDisk::initTestCase()
{
    m_seed = QRandomGenerator::global()->generate();
    m_random.seed(m_seed);
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->init().code, 0);
    QCOMPARE(m_server->addUser(u"hot1"_s, u"hotline_agent"_s).code, 0);
    m_server->setEnvironment(m_faults.environment());
    QVERIFY(m_server->serve());
    m_client = std::make_unique<WireClient>(m_server->port());
    m_work = std::make_unique<WireWork>(*m_client);
    QVERIFY(m_client->signIn(u"hot1"_s, password, enrolmentCode(*m_server, u"hot1"_s)));
    m_work->send(20);
    QVERIFY(m_work->takeAnswers());
    m_server->kill();
}

void TestFailingDisk::cleanupTestCase()
{
    if (QTest::currentTestFailed())
        qInfo("seed %u", m_seed);
    m_server.reset();
}

bool TestFailingDisk::start()
{
    m_faults.heal();
    return m_server->serve() && m_client->signInAgain() && m_work->resume();
}

bool TestFailingDisk::stop()
{
    m_client->socket->abort(); // or its goodbye is waited for
    return m_server->terminate() == 0;
}

qint64 TestFailingDisk::countAtServer(const QByteArray &what)
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    const auto database = Database::open(m_server->data() + u"/keydesk.db"_s, options);
    if (!database)
        return -1;
    Query count = (*database)->query("SELECT " + what + " FROM opportunity");
    return count.next() ? count.integer(0) : -1;
}

void TestFailingDisk::failedDiskEndsTheServer_data()
{
    QTest::addColumn<int>("calls");
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("once");
    QTest::newRow("one write is refused") << int(FaultShim::Call::Write) << EIO << true;
    QTest::newRow("no write works any more") << int(FaultShim::Call::Write) << EIO << false;
    QTest::newRow("one sync fails") << int(FaultShim::Call::Sync) << EIO << true;
    QTest::newRow("no sync works any more") << int(FaultShim::Call::Sync) << EIO << false;
    QTest::newRow("one sync finds no room") << int(FaultShim::Call::Sync) << ENOSPC << true;
}

void TestFailingDisk::failedDiskEndsTheServer()
{
    QFETCH(int, calls);
    QFETCH(int, error);
    QFETCH(bool, once);
    const int most = calls == FaultShim::Call::Sync ? 8 : 120;
    QElapsedTimer time;
    time.start();
    int ends = 0;
    for (; ends == 0 || time.elapsed() < patienceOf(1500); ++ends) {
        QVERIFY2(start(), m_server->log().right(2000).constData());
        const int n = m_random.bounded(1, most);
        m_faults.fail(calls, error, "keydesk.db", n, once);
        do
            m_work->send(10);
        while (m_work->takeAnswers());
        QVERIFY2(m_work->unexpected().isEmpty(),
                 m_work->unexpected().toUtf8() + m_server->log().right(2000));
        QCOMPARE(m_server->ending(), diskFailed);
        QVERIFY(m_faults.struck() >= 1);
        // It does not try the sync again: the kernel may have thrown the pages away.
        if (calls == FaultShim::Call::Sync)
            QCOMPARE(m_faults.seen(), n);
    }
    QVERIFY2(start(), m_server->log().right(2000).constData());
    QVERIFY(stop());
    qInfo("report: %d ends of a server whose disk failed (%s)", ends, QTest::currentDataTag());
}

void TestFailingDisk::deathAtAnyCallOfTheWriterLosesNothing_data()
{
    QTest::addColumn<bool>("halfWritten");
    QTest::newRow("before the call") << false;
    QTest::newRow("half way through a write") << true;
}

void TestFailingDisk::deathAtAnyCallOfTheWriterLosesNothing()
{
    QFETCH(bool, halfWritten);
    QElapsedTimer time;
    time.start();
    int deaths = 0;
    for (; deaths == 0 || time.elapsed() < patienceOf(2500); ++deaths) {
        QVERIFY2(start(), m_server->log().right(2000).constData());
        // Deaths in a row would have the server look for a command to blame: one ends well between.
        QVERIFY(m_work->takeAnswers());
        QVERIFY(stop());
        QVERIFY2(start(), m_server->log().right(2000).constData());
        m_faults.killAt(m_random.bounded(1, 200), FaultShim::Call::AnyCall, "keydesk.db",
                        halfWritten);
        do
            m_work->send(1);
        while (m_work->takeAnswers());
        QVERIFY2(m_work->unexpected().isEmpty(),
                 m_work->unexpected().toUtf8() + m_server->log().right(2000));
        QCOMPARE(m_server->ending(), -1);
    }
    QVERIFY2(start(), m_server->log().right(2000).constData());
    QVERIFY(stop());
    qInfo("report: %d deaths of the server at a call of its writer (%s)", deaths,
          QTest::currentDataTag());
}

void TestFailingDisk::fullDiskIsWaitedOut()
{
    QVERIFY(start());
    int refused = 0;
    for (int filling = 0; filling < fillings; ++filling) {
        m_faults.fill("keydesk.db");
        m_work->send(5);
        refused += m_work->takeAnswers() ? 0 : 1;
        QVERIFY2(m_work->unexpected().isEmpty(),
                 m_work->unexpected().toUtf8() + m_server->log().right(2000));
        QVERIFY2(m_server->isRunning(), m_server->log().right(2000).constData());
        m_faults.heal();
        QVERIFY(m_client->signInAgain());
        QVERIFY(m_work->resume());
        m_work->send(5);
        QVERIFY(m_work->takeAnswers());
    }
    QVERIFY(refused > 0); // how many depends on what the log still had room for
    QVERIFY(m_server->log().contains("storage.full"));
    QVERIFY(stop());
    qInfo("report: %d times a full disk under the server, %d of them refused commands", fillings,
          refused);
}

void TestFailingDisk::fullDiskIsSaidAtTheStart()
{
    m_faults.fill("keydesk.db");
    if (m_server->serve()) { // what it had to write fitted into the file
        QVERIFY(m_server->isRunning());
        QVERIFY(stop());
    } else {
        QCOMPARE(m_server->ending(), 1);
        QVERIFY2(m_server->log().right(500).contains("The disk is full"),
                 m_server->log().right(500).constData());
    }
    QVERIFY(start());
    m_work->send(5);
    QVERIFY(m_work->takeAnswers());
    QVERIFY(stop());
}

void TestFailingDisk::fullLogStopsNothing()
{
    m_server->setLog(u"/dev/full"_s);
    QVERIFY(start());
    for (int i = 0; i < fillings; ++i) {
        m_work->send(2);
        QVERIFY(m_work->takeAnswers());
    }
    QVERIFY(stop());
    m_server->setLog({});
}

void TestFailingDisk::everyAnswerWasTrue()
{
    QVERIFY(start());
    m_work->send(5);
    QVERIFY(m_work->takeAnswers());
    QVERIFY(stop());
    const auto report = m_server->run({u"verify"_s});
    QVERIFY2(report.code == 0, report.out.constData());
    QCOMPARE(countAtServer("count(*)"), m_work->answered());
    QCOMPARE(countAtServer("count(DISTINCT title)"), m_work->answered());
}

QTEST_GUILESS_MAIN(TestFailingDisk)
#include "tst_failing_disk.moc"
