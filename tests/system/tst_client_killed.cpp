#include "store/database.h"
#include "support/batch_process.h"

#include <QRandomGenerator>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

constexpr int kills = 12;

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

// A desktop that dies with work in its queue has it still when it is started again, and the server
// gets it once (sync.md, G2 and G10).
class TestClientKilled : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void queuedWorkOutlivesTheDesktop();
    void killsInTheMiddleOfSyncingLoseAndDoubleNothing();

private:
    qint64 countAtServer(const QByteArray &what);

    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<BatchProcess> m_desktop;
};

void TestClientKilled::init()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->init().code, 0);
    QCOMPARE(m_server->addUser(u"hot1"_s, u"hotline_agent"_s).code, 0);
    QVERIFY(m_server->serve());
    m_desktop = std::make_unique<BatchProcess>(QStringLiteral(KEYDESK_PROGRAM),
                                               seatAt(*m_server, u"hot1"_s));
    m_desktop->start();
    const QJsonObject synced = m_desktop->sync();
    QVERIFY2(synced.value(u"ok"_s).toBool(), m_desktop->errors().constData());
}

void TestClientKilled::cleanup()
{
    m_desktop.reset();
    m_server.reset();
}

qint64 TestClientKilled::countAtServer(const QByteArray &what)
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    const auto database = Database::open(m_server->data() + u"/keydesk.db"_s, options);
    if (!database)
        return -1;
    Query count = (*database)->query("SELECT " + what + " FROM opportunity");
    return count.next() ? count.integer(0) : -1;
}

void TestClientKilled::queuedWorkOutlivesTheDesktop()
{
    QVERIFY(m_desktop->link(false));
    QVERIFY(m_desktop->ask(capture(u"断网时登记"_s)).value(u"ok"_s).toBool());
    m_desktop->kill();

    m_desktop->start();
    QVERIFY(m_desktop->link(false)); // before it can have been sent, or while it is
    const QString look = uR"({"query":"opportunity","where":{"title":"断网时登记"}})"_s;
    QCOMPARE(m_desktop->rows(look).size(), 1);
    m_desktop->kill();

    m_desktop->start();
    const QJsonObject synced = m_desktop->sync();
    QVERIFY(synced.value(u"ok"_s).toBool());
    QCOMPARE(synced.value(u"queued"_s).toInteger(), 0);
    QVERIFY(synced.value(u"rejected"_s).toArray().isEmpty());
    QCOMPARE(m_desktop->rows(look).size(), 1);
    QCOMPARE(m_desktop->finish(), 0);
    QCOMPARE(m_server->terminate(), 0);
    QCOMPARE(countAtServer("count(*)"), 1);
}

void TestClientKilled::killsInTheMiddleOfSyncingLoseAndDoubleNothing()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    qint64 queued = 0;
    for (int kill = 0; kill < kills; ++kill) {
        const int more = random.bounded(1, 20);
        for (int i = 0; i < more; ++i)
            m_desktop->send(capture(u"第%1次 %2"_s.arg(kill).arg(i)));
        m_desktop->send({{u"sync"_s, true}});
        // Only what was answered was promised: the kill falls while the rest is on its way.
        for (int i = 0; i < more; ++i) {
            const QJsonObject answer = m_desktop->answer();
            QVERIFY2(answer.value(u"ok"_s).toBool(), qPrintable(u"seed %1"_s.arg(seed)));
            ++queued;
        }
        QTest::qSleep(random.bounded(60));
        m_desktop->kill();
        m_desktop->start();
    }
    const QJsonObject synced = m_desktop->sync();
    QVERIFY2(synced.value(u"ok"_s).toBool(), qPrintable(u"seed %1"_s.arg(seed)));
    QVERIFY(synced.value(u"rejected"_s).toArray().isEmpty());
    QCOMPARE(m_desktop->rows(uR"({"query":"opportunity","limit":1000})"_s).size(), queued);
    m_desktop->kill();
    QCOMPARE(m_server->terminate(), 0);
    QVERIFY2(countAtServer("count(*)") == queued, qPrintable(u"seed %1"_s.arg(seed)));
    QCOMPARE(countAtServer("count(DISTINCT title)"), queued);
    qInfo("report: %d kill -9 of a desktop while it syncs: %lld commands queued, each arrived once",
          kills, queued);
}

QTEST_GUILESS_MAIN(TestClientKilled)
#include "tst_client_killed.moc"
