#include "support/batch_process.h"
#include "support/fault_shim.h"
#include "support/tcp_proxy.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longerThanAnySilence = 46'000; // ms; both sides give up after 45 s (sync.md)

} // namespace

// A line that is up for one side only, or for neither without anybody being told: both notice by
// their own clocks, work goes on, and everything meets when the line is back (T11).
class TestHalfOpen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void silentLineIsNoticedAndHeals_data();
    void silentLineIsNoticedAndHeals();
    void slowLineDeliversEverything();

private:
    bool note(BatchProcess &desktop, const QString &text) const;
    QStringList notesAt(BatchProcess &desktop) const;
    QString stateOf(BatchProcess &desktop) const;

    FaultShim m_serverFaults;
    FaultShim m_desktopFaults;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<TcpProxy> m_wire;
    std::unique_ptr<BatchProcess> m_away; // behind the wire
    std::unique_ptr<BatchProcess> m_office;
    QString m_customer;
};

void TestHalfOpen::initTestCase()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->initDemo().code, 0);
    m_server->setEnvironment(m_serverFaults.environment());
    QVERIFY(m_server->serve());
    m_wire = std::make_unique<TcpProxy>(m_server->port());
    const QString program = QStringLiteral(KEYDESK_PROGRAM);
    m_away = std::make_unique<BatchProcess>(program,
                                            seatAt(*m_server, u"1101"_s, m_wire->address()));
    m_away->setEnvironment(m_desktopFaults.environment());
    m_away->start();
    m_office = std::make_unique<BatchProcess>(program, seatAt(*m_server, u"1161"_s));
    m_office->start();
    QVERIFY2(m_away->sync().value(u"ok"_s).toBool(), m_away->errors().constData());
    QVERIFY2(m_office->sync().value(u"ok"_s).toBool(), m_office->errors().constData());
    const QJsonArray customers = m_away->rows(
        uR"({"query":"account","where":{"owner_staff_id":"1101"},"order":["name"]})"_s);
    QVERIFY(!customers.isEmpty());
    m_customer = customers[0].toObject().value(u"id"_s).toString();
}

void TestHalfOpen::cleanupTestCase()
{
    m_away.reset();
    m_office.reset();
    m_wire.reset();
    m_server.reset();
}

bool TestHalfOpen::note(BatchProcess &desktop, const QString &text) const
{
    const QJsonObject arguments{{u"entity"_s, u"account"_s},
                                {u"record"_s, m_customer},
                                {u"body"_s, text}};
    return desktop.ask({{u"command"_s, u"AddNote"_s}, {u"args"_s, arguments}})
        .value(u"ok"_s)
        .toBool();
}

QStringList TestHalfOpen::notesAt(BatchProcess &desktop) const
{
    QStringList texts;
    const QJsonArray notes = desktop.rows(
        uR"({"query":"note","where":{"account_id":"%1"},"fields":["body"]})"_s.arg(m_customer));
    for (const auto &row : notes)
        texts.append(row.toObject().value(u"body"_s).toString());
    texts.sort();
    return texts;
}

QString TestHalfOpen::stateOf(BatchProcess &desktop) const
{
    return desktop.ask(uR"({"status":true})"_s).value(u"state"_s).toString();
}

void TestHalfOpen::silentLineIsNoticedAndHeals_data()
{
    QTest::addColumn<int>("way");
    QTest::newRow("nothing gets through") << int(TcpProxy::Both);
    QTest::newRow("the server hears nothing") << int(TcpProxy::Up);
    QTest::newRow("the desktop hears nothing") << int(TcpProxy::Down);
}

void TestHalfOpen::silentLineIsNoticedAndHeals()
{
    QFETCH(int, way);
    const QString tag = QString::fromUtf8(QTest::currentDataTag());
    QVERIFY2(m_away->sync().value(u"ok"_s).toBool(), m_away->errors().constData());
    m_wire->hold(TcpProxy::Way(way));
    QVERIFY(note(*m_away, u"路上 "_s + tag));
    QVERIFY(note(*m_office, u"办公室 "_s + tag));
    QVERIFY(m_office->sync().value(u"ok"_s).toBool());
    const qsizetype closed = m_server->log().count("silence");
    m_desktopFaults.passTime(longerThanAnySilence);
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(*m_away) != u"live"_s, 20'000);
    m_serverFaults.passTime(longerThanAnySilence);
    if (way != TcpProxy::Down) // there the server heard the desktop go
        QTRY_VERIFY_WITH_TIMEOUT(m_server->log().count("silence") > closed, 20'000);
    QVERIFY(m_wire->heal());
    const QJsonObject synced = m_away->sync();
    QVERIFY2(synced.value(u"ok"_s).toBool(), m_away->errors().right(1000).constData());
    QVERIFY(synced.value(u"rejected"_s).toArray().isEmpty());
    QVERIFY(m_office->sync().value(u"ok"_s).toBool());
    QCOMPARE(notesAt(*m_away), notesAt(*m_office));
    QCOMPARE(notesAt(*m_office).count(u"路上 "_s + tag), 1);
    QCOMPARE(notesAt(*m_office).count(u"办公室 "_s + tag), 1);
}

void TestHalfOpen::slowLineDeliversEverything()
{
    TcpProxy slow(m_server->port());
    slow.trickle(4000, 20);
    BatchProcess far(QStringLiteral(KEYDESK_PROGRAM),
                     seatAt(*m_server, u"1101"_s, slow.address(), u"-far"_s));
    far.start();
    QVERIFY2(far.sync(60'000).value(u"ok"_s).toBool(), far.errors().constData());
    QVERIFY(note(far, u"慢"_s));
    QVERIFY(far.sync(60'000).value(u"ok"_s).toBool());
    QVERIFY(m_office->sync().value(u"ok"_s).toBool());
    QCOMPARE(notesAt(*m_office).count(u"慢"_s), 1);
    QCOMPARE(notesAt(far), notesAt(*m_office));
}

QTEST_GUILESS_MAIN(TestHalfOpen)
#include "tst_half_open.moc"
