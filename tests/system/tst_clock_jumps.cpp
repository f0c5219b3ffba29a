#include "store/database.h"
#include "support/batch_process.h"
#include "support/fault_shim.h"

#include <QDirIterator>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hourMs = 3'600'000;
constexpr qint64 dayMs = 24 * hourMs;

QJsonObject capture(const QString &title)
{
    const QJsonObject values{{u"title"_s, title},
                             {u"ent_name"_s, u"昆明第一机床厂"_s},
                             {u"contact_phone"_s, u"13800138000"_s},
                             {u"need_summary"_s, u"专线"_s},
                             {u"willing"_s, true}};
    return {{u"command"_s, u"RecordOpportunity"_s},
            {u"args"_s, QJsonObject{{u"values"_s, values}}}};
}

} // namespace

// Clocks that are wrong, on either side, from the start or by a jump amid the work: what was typed
// arrives once, a clock that is right again finds everything as it was, and a wrong one takes
// nothing away (sync.md, "Clocks"; T10).
class TestClockJumps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void desktopWithAWrongClockLosesNothing_data();
    void desktopWithAWrongClockLosesNothing();
    void serverWhoseClockJumpsAnswersOn();

private:
    qint64 atServer(const QByteArray &what);
    bool holdsAReplica() const;

    FaultShim m_serverFaults;
    FaultShim m_desktopFaults;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<BatchProcess> m_desktop;
    int m_recorded = 0;
};

void TestClockJumps::initTestCase()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->init().code, 0);
    QCOMPARE(m_server->addUser(u"hot1"_s, u"hotline_agent"_s).code, 0);
    m_server->setEnvironment(m_serverFaults.environment());
    QVERIFY(m_server->serve());
    m_desktop = std::make_unique<BatchProcess>(QStringLiteral(KEYDESK_PROGRAM),
                                               seatAt(*m_server, u"hot1"_s));
    m_desktop->setEnvironment(m_desktopFaults.environment());
    m_desktop->start();
    QVERIFY2(m_desktop->sync().value(u"ok"_s).toBool(), m_desktop->errors().constData());
}

void TestClockJumps::cleanupTestCase()
{
    m_desktop.reset();
    m_server.reset();
}

qint64 TestClockJumps::atServer(const QByteArray &what)
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    const auto database = Database::open(m_server->data() + u"/keydesk.db"_s, options);
    if (!database)
        return -1;
    Query query = (*database)->query(what);
    return query.next() ? query.integer(0) : -1;
}

bool TestClockJumps::holdsAReplica() const
{
    QDirIterator files(m_desktop->seat().data, {u"replica-*.db"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    return files.hasNext();
}

void TestClockJumps::desktopWithAWrongClockLosesNothing_data()
{
    QTest::addColumn<qint64>("off");
    QTest::addColumn<bool>("works"); // within the certificate's validity and the lease
    QTest::newRow("an hour behind") << -hourMs << true;
    QTest::newRow("an hour ahead") << hourMs << true;
    QTest::newRow("six days ahead") << 6 * dayMs << true;
    QTest::newRow("ten years behind") << -3653 * dayMs << false;
    QTest::newRow("ten years ahead") << 3653 * dayMs << false;
}

void TestClockJumps::desktopWithAWrongClockLosesNothing()
{
    QFETCH(qint64, off);
    QFETCH(bool, works);
    // Amid the work.
    QVERIFY(m_desktop->ask(capture(u"前"_s)).value(u"ok"_s).toBool());
    m_desktopFaults.shiftClock(off);
    QVERIFY(m_desktop->ask(capture(u"跳"_s)).value(u"ok"_s).toBool());
    QVERIFY2(m_desktop->sync().value(u"ok"_s).toBool(), "a connection that stands does not care");
    QVERIFY(m_desktop->link(false));
    const bool queued = m_desktop->ask(capture(u"断"_s)).value(u"ok"_s).toBool();
    QVERIFY(queued || off > 7 * dayMs); // a lease that seems over locks
    m_desktop->kill();
    // From the start.
    m_desktop->start();
    if (works) {
        QVERIFY2(m_desktop->sync().value(u"ok"_s).toBool(), m_desktop->errors().constData());
    } else {
        m_desktop->send({{u"sync"_s, true}, {u"timeout_ms"_s, 3000}});
        QVERIFY(!m_desktop->answer().value(u"ok"_s).toBool());
        const QByteArray said = m_desktop->errors();
        QVERIFY2(said.contains("server.certificate_date") || said.contains("login.lease_ended"),
                 said.constData());
        m_desktop->kill();
        QVERIFY(holdsAReplica());
        m_desktopFaults.shiftClock(0);
        m_desktop->start();
        QVERIFY2(m_desktop->sync().value(u"ok"_s).toBool(), m_desktop->errors().constData());
    }
    m_recorded += queued ? 3 : 2;
    QCOMPARE(m_desktop->rows(uR"({"query":"opportunity","limit":100})"_s).size(), m_recorded);
    QCOMPARE(atServer("SELECT count(*) FROM opportunity"), m_recorded);
    m_desktopFaults.shiftClock(0);
    QVERIFY2(m_desktop->sync().value(u"ok"_s).toBool(), m_desktop->errors().constData());
}

void TestClockJumps::serverWhoseClockJumpsAnswersOn()
{
    for (const qint64 off : {hourMs, -hourMs, dayMs, -dayMs, qint64(0)}) {
        m_serverFaults.shiftClock(off);
        for (int i = 0; i < 3; ++i, ++m_recorded)
            QVERIFY(m_desktop->ask(capture(u"第%1条"_s.arg(m_recorded))).value(u"ok"_s).toBool());
        const QJsonObject synced = m_desktop->sync();
        QVERIFY2(synced.value(u"ok"_s).toBool(), m_desktop->errors().constData());
        QVERIFY(synced.value(u"rejected"_s).toArray().isEmpty());
    }
    QCOMPARE(m_desktop->rows(uR"({"query":"opportunity","limit":100})"_s).size(), m_recorded);
    QCOMPARE(m_desktop->finish(), 0);
    QCOMPARE(m_server->terminate(), 0);
    QCOMPARE(atServer("SELECT count(*) FROM opportunity"), m_recorded);
    // The order is that of the numbers, whatever the clock said.
    QCOMPARE(atServer("SELECT count(*) FROM audit a JOIN audit b ON b.pos = a.pos + 1 "
                      "WHERE b.seq < a.seq"),
             0);
    QCOMPARE(m_server->run({u"verify"_s}).code, 0);
}

QTEST_GUILESS_MAIN(TestClockJumps)
#include "tst_clock_jumps.moc"
