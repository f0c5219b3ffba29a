#include "store/database.h"
#include "support/fault_shim.h"
#include "support/process_memory.h"
#include "support/wire_work.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>
#include <QtEndian>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

const QString password = u"correct horse"_s;
constexpr int mutants = 150;
constexpr int lingering = 100; // connections that never finish what they say
constexpr qint64 allowedRise = 32 * 1024; // KiB, reliability.md T17

QByteArray framed(const QByteArray &payload)
{
    QByteArray frame(4, '\0');
    qToBigEndian<quint32>(quint32(payload.size()), frame.data());
    return frame + payload;
}

// A message of the type whose body is these bytes of CBOR.
QByteArray message(int type, const QByteArray &body)
{
    QByteArray payload("\x82");
    if (type >= 24)
        payload += char(0x18);
    payload += char(type);
    return framed(payload + body);
}

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

} // namespace

// Whoever speaks to a real server as no desktop would is shown out, and nobody else notices: no
// memory, no flood in the log, no restart (sync.md, G2, G3 and G13).
class TestHostilePeer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void brokenMessageEndsTheConnection_data();
    void brokenMessageEndsTheConnection();
    void mutatedMessagesDoNoHarm();
    void halfMessagesHoldNobodyUp();
    void whoNeverReadsIsCutOff();
    void commandThatCannotRunIsRefusedAndTheNextOneRuns_data();
    void commandThatCannotRunIsRefusedAndTheNextOneRuns();
    void numberWithAHoleIsAskedFor();
    void numberUsedForSomethingElseEndsTheDevice();
    void commandThatKillsTheServerIsRefusedInTheEnd();
    void theServerIsAsItWas();

private:
    qint64 memory() const { return kilobytesOf(m_server->processId(), "VmRSS"); }
    bool othersAreServed();

    FaultShim m_faults;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<WireClient> m_honest; // works beside all this
    std::unique_ptr<WireWork> m_work;
    std::unique_ptr<WireClient> m_hostile;
    qint64 m_before = 0;
    qint64 m_connections = 0;
};

void TestHostilePeer::initTestCase()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->init().code, 0);
    QCOMPARE(m_server->addUser(u"hot1"_s, u"hotline_agent"_s).code, 0);
    QCOMPARE(m_server->addUser(u"hot2"_s, u"hotline_agent"_s).code, 0);
    m_server->setEnvironment(m_faults.environment());
    QVERIFY(m_server->serve());
    m_honest = std::make_unique<WireClient>(m_server->port());
    m_work = std::make_unique<WireWork>(*m_honest);
    QVERIFY(m_honest->signIn(u"hot1"_s, password, enrolmentCode(*m_server, u"hot1"_s)));
    m_hostile = std::make_unique<WireClient>(m_server->port());
    QVERIFY(m_hostile->signIn(u"hot2"_s, password, enrolmentCode(*m_server, u"hot2"_s)));
    QVERIFY(othersAreServed());
    m_before = memory();
    QVERIFY(m_before > 0);
}

void TestHostilePeer::cleanupTestCase()
{
    m_server.reset();
}

bool TestHostilePeer::othersAreServed()
{
    m_work->send(3);
    return m_work->takeAnswers();
}

void TestHostilePeer::brokenMessageEndsTheConnection_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << bytes;
    };
    row("a frame of 4 GiB", hex("ffffffff") + QByteArray(100, 'x'));
    row("a frame one byte too large", [] {
        QByteArray header(4, '\0');
        qToBigEndian<quint32>(quint32(framePayloadMaximum + 1), header.data());
        return header;
    }());
    row("an empty frame", hex("00000000"));
    row("a length that is too small", hex("00000002") + hex("8201a0"));
    row("no message at all", framed("hello"));
    row("an array of one", framed(hex("8101")));
    row("an array of three", framed(hex("8301a0a0")));
    row("an unknown message", message(99, hex("a0")));
    row("a negative type", framed(hex("8220a0")));
    row("a body that is no map", message(1, hex("80")));
    row("a map with text keys", message(1, hex("a1616101")));
    row("the same key twice", message(1, hex("a201010102")));
    row("a map that ends too early", message(1, hex("a20101")));
    row("a number where text belongs", message(1, hex("a10305")));
    row("not a number", message(1, hex("a105fb7ff8000000000000")));
    row("infinity", message(1, hex("a105f97c00")));
    row("a number beyond 63 bits", message(1, hex("a1051bffffffffffffffff")));
    row("text that is no UTF-8", message(1, hex("a10363fffefd")));
    row("text cut in a character", message(1, hex("a10362e58f")));
    row("text of 2^63 bytes", message(1, hex("a1037b7fffffffffffffff61")));
    row("bytes of 2^63 bytes", message(5, hex("a1055b7fffffffffffffff61")));
    row("an array of 2^63", message(8, hex("a1019b7fffffffffffffff")));
    row("a map of 2^63", message(1, hex("bb7fffffffffffffff")));
    row("text without an end", message(1, hex("a1037f6161")));
    row("a lone break", message(1, hex("ff")));
    row("a reserved kind", message(1, hex("a1051c")));
    row("nested a thousand deep", message(8, hex("a101") + QByteArray(1000, '\x81') + hex("00")));
    row("a thousand empty arrays", message(8, hex("a1019903e8") + QByteArray(1000, '\x80')));
}

void TestHostilePeer::brokenMessageEndsTheConnection()
{
    QFETCH(QByteArray, bytes);
    // A stranger is told and shown out.
    WireClient stranger(m_server->port());
    QVERIFY(stranger.connect());
    stranger.socket->write(bytes);
    const auto farewell = stranger.receive<Bye>();
    QVERIFY2(farewell, QTest::currentDataTag());
    QCOMPARE(farewell->reason, u"protocol.malformed"_s);
    // Somebody who has logged in, too.
    QVERIFY2(m_hostile->signInAgain(), qPrintable(m_hostile->refusal));
    m_hostile->socket->write(bytes);
    const auto bye = m_hostile->receive<Bye>();
    QVERIFY2(bye, QTest::currentDataTag());
    QCOMPARE(bye->reason, u"protocol.malformed"_s);
    m_connections += 2;
    QVERIFY(othersAreServed());
}

// Valid messages with some bytes changed, and floods of nothing in the largest frame there is.
void TestHostilePeer::mutatedMessagesDoNoHarm()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    Pull pull;
    pull.known = {{u"ref"_s, 1}, {u"user:x"_s, 1}};
    const std::vector<QByteArray> valid{
        encodeMessage(Hello()),       encodeMessage(captureCommand(1'000'000)),
        encodeMessage(pull),          encodeMessage(Columns{{{u"staff"_s, {u"id"_s, u"code"_s}}}}),
        encodeMessage(OnlineQuery()),
    };
    for (int i = 0; i < mutants; ++i) {
        QByteArray payload = valid[std::size_t(i) % valid.size()];
        for (int change = random.bounded(1, 4); change > 0; --change) {
            const int at = random.bounded(int(payload.size()));
            payload[at] = char(payload[at] ^ (1 << random.bounded(8)));
        }
        if (i % 10 == 0) {
            const int empties = int(framePayloadMaximum) - 100;
            payload = hex("8208a1019a")
                + QByteArray::fromHex(QByteArray::number(empties, 16).rightJustified(8, '0'))
                + QByteArray(empties, '\x80');
        }
        QVERIFY2(m_hostile->signInAgain(), qPrintable(u"seed %1"_s.arg(seed)));
        m_hostile->socket->write(framed(payload));
        m_hostile->send(Ping());
        (void)m_hostile->receive(); // whatever it says, it says something
        ++m_connections;
    }
    QVERIFY(othersAreServed());
    QVERIFY2(m_server->isRunning(), qPrintable(u"seed %1"_s.arg(seed)));
    qInfo("report: %d mutated messages, seed %u, memory %+lld KiB", mutants, seed,
          memory() - m_before);
}

// In the handshake, before Hello and within a frame: each stays below what strangers may have, and
// time alone shows them out.
void TestHostilePeer::halfMessagesHoldNobodyUp()
{
    std::vector<std::unique_ptr<WireClient>> slow;
    std::vector<std::unique_ptr<QTcpSocket>> silent;
    for (int i = 0; i < lingering; ++i) {
        if (i % 4 == 0) {
            auto socket = std::make_unique<QTcpSocket>();
            socket->connectToHost(u"127.0.0.1"_s, m_server->port());
            QVERIFY(socket->waitForConnected());
            socket->write(hex("160301")); // the beginning of a ClientHello
            silent.push_back(std::move(socket));
            continue;
        }
        auto client = std::make_unique<WireClient>(m_server->port());
        QVERIFY(client->connect());
        if (i % 4 == 2)
            client->socket->write(hex("000000"));
        if (i % 4 == 3)
            client->socket->write(framed(encodeMessage(Hello())).chopped(3));
        client->socket->flush();
        slow.push_back(std::move(client));
    }
    m_connections += lingering;
    QVERIFY(othersAreServed());
    WireClient another(m_server->port());
    QVERIFY(another.connect() && another.greet()); // newcomers are heard, too
    m_faults.passTime(11'000);
    for (const auto &client : slow)
        QVERIFY(!client->receive<Challenge>());
    for (const auto &socket : silent)
        QVERIFY(socket->state() == QAbstractSocket::UnconnectedState
                || socket->waitForDisconnected(30'000));
    QVERIFY(m_honest->signInAgain());
    QVERIFY(othersAreServed());
}

void TestHostilePeer::whoNeverReadsIsCutOff()
{
    QVERIFY(m_hostile->signInAgain());
    QSslSocket &deaf = *m_hostile->socket;
    deaf.setReadBufferSize(1);
    m_hostile->send(Columns{{{u"staff"_s, {u"id"_s, u"code"_s, u"name"_s}}}});
    // Each answer is small; the server must not keep any number of them.
    QElapsedTimer time;
    time.start();
    const QByteArray ping = framed(encodeMessage(Ping()));
    const qint64 before = memory();
    while (deaf.state() == QAbstractSocket::ConnectedState && time.elapsed() < 6000) {
        deaf.write(ping.repeated(2000));
        deaf.waitForBytesWritten(50);
        if (deaf.bytesToWrite() > 4'000'000)
            break; // held back by TCP: that is a bound, too
    }
    QVERIFY2(memory() - before < allowedRise, qPrintable(QString::number(before)));
    deaf.abort();
    ++m_connections;
    QVERIFY(othersAreServed());
}

void TestHostilePeer::commandThatCannotRunIsRefusedAndTheNextOneRuns_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("version");
    QTest::addColumn<QByteArray>("args");
    QTest::addColumn<QString>("reason");
    const Cmd good = captureCommand(1);
    QTest::newRow("an unknown command")
        << u"MakeCoffee"_s << 1 << good.args << u"command.unknown"_s;
    QTest::newRow("a version to come") << good.command << 99 << good.args << u"command.unknown"_s;
    QTest::newRow("a version before the first")
        << good.command << 0 << good.args << u"command.unknown"_s;
    QTest::newRow("no arguments") << good.command << 1 << QByteArray() << u"protocol.malformed"_s;
    QTest::newRow("arguments of another kind")
        << good.command << 1 << hex("83010203") << u"protocol.malformed"_s;
    QTest::newRow("arguments that end too early")
        << good.command << 1 << good.args.chopped(5) << u"protocol.malformed"_s;
    QTest::newRow("more than a command may hold")
        << good.command << 1 << good.args + QByteArray(70'000, '\0') << u"protocol.malformed"_s;
    QTest::newRow("a command of the server's own")
        << u"ExpireClaim"_s << 1 << good.args << QString();
}

void TestHostilePeer::commandThatCannotRunIsRefusedAndTheNextOneRuns()
{
    QFETCH(QString, name);
    QFETCH(int, version);
    QFETCH(QByteArray, args);
    QFETCH(QString, reason);
    QVERIFY2(m_hostile->signInAgain(), qPrintable(m_hostile->refusal));
    const qint64 n = m_hostile->welcome.lastN + 1;
    Cmd bad = captureCommand(n);
    bad.command = name;
    bad.version = version;
    bad.args = args;
    m_hostile->send(bad);
    m_hostile->send(captureCommand(n + 1));
    const auto refused = m_hostile->receive<CmdResult>();
    QVERIFY2(refused, QTest::currentDataTag());
    QCOMPARE(refused->n, n);
    QCOMPARE(refused->status, int(CmdResult::Rejected));
    if (!reason.isEmpty())
        QCOMPARE(refused->reason, reason);
    const auto next = m_hostile->receive<CmdResult>();
    QVERIFY(next);
    QCOMPARE(next->n, n + 1);
    QVERIFY2(next->status == CmdResult::Applied, qPrintable(next->reason));
    // Once more: the answer it had.
    m_hostile->send(bad);
    const auto again = m_hostile->receive<CmdResult>();
    QVERIFY(again);
    QCOMPARE(encodeMessage(*again), encodeMessage(*refused));
}

void TestHostilePeer::numberWithAHoleIsAskedFor()
{
    QVERIFY(m_hostile->signInAgain());
    const qint64 n = m_hostile->welcome.lastN + 1;
    m_hostile->send(captureCommand(n + 5));
    const auto gap = m_hostile->receive<CmdResult>();
    QVERIFY(gap);
    QCOMPARE(gap->status, int(CmdResult::Gap));
    QCOMPARE(gap->args, QStringList{QString::number(n)});
    m_hostile->send(captureCommand(n));
    const auto next = m_hostile->receive<CmdResult>();
    QVERIFY(next);
    QCOMPARE(next->status, int(CmdResult::Applied));
}

// The bytes of a title that kills whoever writes it to the disk stand for a defect in a handler.
void TestHostilePeer::commandThatKillsTheServerIsRefusedInTheEnd()
{
    QVERIFY2(memory() - m_before < allowedRise, qPrintable(QString::number(memory() - m_before)));
    WireClient unlucky(m_server->port());
    QVERIFY(unlucky.signIn(u"hot1"_s, password, enrolmentCode(*m_server, u"hot1"_s)));
    RecordOpportunity deadly;
    deadly.values = {{u"title"_s, u"POISON"_s},
                     {u"ent_name"_s, u"昆明第一机床厂"_s},
                     {u"contact_phone"_s, u"13800138000"_s},
                     {u"need_summary"_s, u"专线"_s},
                     {u"willing"_s, 1}};
    const CommandCall call = callOf(deadly);
    const Cmd poison{1, call.id, call.type, call.version, call.arguments.toCbor(), {}};
    m_faults.poison("POISON", "keydesk.db");
    int deaths = 0;
    for (; deaths < 10; ++deaths) {
        unlucky.send(poison);
        unlucky.send(captureCommand(2)); // what waits behind it
        const auto answer = unlucky.receive<CmdResult>();
        if (answer) {
            QCOMPARE(answer->n, 1);
            QCOMPARE(answer->status, int(CmdResult::Rejected));
            const auto behind = unlucky.receive<CmdResult>();
            QVERIFY(behind);
            QVERIFY2(behind->status == CmdResult::Applied, qPrintable(behind->reason));
            break;
        }
        QCOMPARE(m_server->ending(), -1);
        QVERIFY(m_server->serve());
        QVERIFY2(unlucky.signInAgain(), qPrintable(unlucky.refusal));
    }
    QVERIFY2(deaths >= 3 && deaths <= 6, qPrintable(QString::number(deaths)));
    QVERIFY(m_server->log().contains("the server died over"));
    QVERIFY(m_honest->signInAgain() && m_work->resume());
    QVERIFY(othersAreServed());
    qInfo("report: a command that kills the server was refused after %d deaths, the next one ran",
          deaths);
}

void TestHostilePeer::numberUsedForSomethingElseEndsTheDevice()
{
    QVERIFY(m_hostile->signInAgain());
    m_hostile->send(captureCommand(m_hostile->welcome.lastN)); // with another id
    const auto result = m_hostile->receive<CmdResult>();
    QVERIFY(!result || result->reason == u"login.device_unknown"_s);
    QVERIFY(!m_hostile->signInAgain());
    QCOMPARE(m_hostile->refusal, u"login.device_unknown"_s);
    QVERIFY(othersAreServed());
}

void TestHostilePeer::theServerIsAsItWas()
{
    // A few lines for each connection, whatever was said on it.
    QVERIFY2(m_server->log().count('\n') < 12 * m_connections + 1000,
             qPrintable(QString::number(m_server->log().count('\n'))));
    m_honest->socket->abort();
    QCOMPARE(m_server->terminate(), 0);
    const auto report = m_server->run({u"verify"_s});
    QVERIFY2(report.code == 0, report.out.constData());
}

QTEST_GUILESS_MAIN(TestHostilePeer)
#include "tst_hostile_peer.moc"
