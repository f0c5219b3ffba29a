#include "store/database.h"
#include "support/wire_work.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

const QString password = u"correct horse"_s;

} // namespace

// The real program, started, spoken to over TLS, stopped and killed.
class TestServerProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesOnAFreePortAndStopsCleanly();
    void speaksTls13Only();
    void secondServerOnTheSameDataIsRefused();
    void enrolledDeviceSignsInAndIsAnswered();
    void answeredCommandsSurviveKills();
    void subcommandsWorkBesideARunningServer();
    void disabledPersonIsShownOut();
    void garbageIsClosedAndTheServerGoesOn();
};

void TestServerProcess::servesOnAFreePortAndStopsCleanly()
{
    ServerProcess server(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(server.init().code, 0);
    QVERIFY(server.serve());
    QCOMPARE(server.terminate(), 0);
    for (const QByteArray &line : server.log().split('\n')) {
        if (!line.isEmpty())
            QVERIFY2(QJsonDocument::fromJson(line).isObject(), line.constData());
    }
    QCOMPARE(server.run({u"verify"_s}).code, 0);
}

void TestServerProcess::speaksTls13Only()
{
    ServerProcess server(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(server.init().code, 0);
    QVERIFY(server.serve());
    WireClient client(server.port());
    QVERIFY(!client.connect(QSsl::TlsV1_2));
    QVERIFY(client.connect(QSsl::TlsV1_3));
}

void TestServerProcess::secondServerOnTheSameDataIsRefused()
{
    ServerProcess server(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(server.init().code, 0);
    QVERIFY(server.serve());
    const auto second = server.run({u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s});
    QCOMPARE(second.code, 1);
    QVERIFY(second.out.isEmpty());
    QVERIFY(server.isRunning());
}

void TestServerProcess::enrolledDeviceSignsInAndIsAnswered()
{
    ServerProcess server(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(server.init().code, 0);
    QCOMPARE(server.addUser(u"hot1"_s, u"hotline_agent"_s).code, 0);
    QVERIFY(server.serve());
    WireClient client(server.port());
    QVERIFY2(client.signIn(u"hot1"_s, password, enrolmentCode(server, u"hot1"_s)),
             qPrintable(client.refusal));
    client.send(captureCommand(1));
    const auto result = client.receive<CmdResult>();
    QVERIFY(result);
    QVERIFY2(result->status == CmdResult::Applied, qPrintable(result->reason));
    client.send(Columns{{{u"staff"_s, {u"id"_s, u"code"_s}}}});
    client.send(Pull());
    const auto page = client.receive<Page>();
    QVERIFY(page);
    QVERIFY(page->done);
    QCOMPARE(page->lastN, 1);
    QVERIFY(page->head >= result->seq);
}

void TestServerProcess::answeredCommandsSurviveKills()
{
    ServerProcess server(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(server.init().code, 0);
    QCOMPARE(server.addUser(u"hot1"_s, u"hotline_agent"_s).code, 0);
    QVERIFY(server.serve());
    WireClient client(server.port());
    const QString code = enrolmentCode(server, u"hot1"_s);
    QVERIFY2(client.signIn(u"hot1"_s, password, code), qPrintable(client.refusal));

    std::map<qint64, Cmd> commands;
    std::map<qint64, QByteArray> answers;
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    constexpr int kills = 6;
    for (int kill = 0; kill <= kills; ++kill) {
        const auto answered = qint64(answers.size());
        for (qint64 n = answered + 1; n <= answered + 60; ++n) {
            if (!commands.contains(n))
                commands[n] = captureCommand(n);
            client.send(commands[n]);
        }
        client.socket->flush();
        // Some get through each time: what dies with the server again and again is refused.
        const qint64 wanted = kill == kills ? answered + 60 : answered + 10 + random.bounded(40);
        while (qint64(answers.size()) < wanted) {
            const auto result = client.receive<CmdResult>();
            QVERIFY2(result, qPrintable(u"seed %1"_s.arg(seed)));
            QVERIFY2(result->status == CmdResult::Applied, qPrintable(result->reason));
            answers[result->n] = encodeMessage(*result);
        }
        if (kill == kills)
            break;
        server.kill();
        QVERIFY(server.serve());
        QVERIFY2(client.signIn(u"hot1"_s, password), qPrintable(client.refusal));
        QVERIFY(client.welcome.lastN >= qint64(answers.size()));
        if (!answers.empty()) { // the last answer once more, to the letter
            client.send(commands[qint64(answers.size())]);
            const auto again = client.receive<CmdResult>();
            QVERIFY(again);
            QCOMPARE(encodeMessage(*again), answers.rbegin()->second);
        }
    }
    QCOMPARE(server.terminate(), 0);
    const auto report = server.run({u"verify"_s});
    QVERIFY2(report.code == 0, report.out.constData());
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    const auto database = Database::open(server.data() + u"/keydesk.db"_s, options);
    QVERIFY(database);
    Query count = (*database)->query("SELECT count(*), count(DISTINCT title) FROM opportunity");
    QVERIFY(count.next());
    QCOMPARE(count.integer(0), qint64(answers.size()));
    QCOMPARE(count.integer(1), qint64(answers.size()));
}

void TestServerProcess::subcommandsWorkBesideARunningServer()
{
    ServerProcess server(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(server.init().code, 0);
    QVERIFY(server.serve());
    QCOMPARE(server.addUser(u"am1"_s, u"account_manager"_s).code, 0);
    const auto twice = server.addUser(u"am1"_s, u"account_manager"_s);
    QCOMPARE(twice.code, 1);
    QVERIFY(twice.out.isEmpty());
    QVERIFY(!twice.err.isEmpty());
    QVERIFY(!enrolmentCode(server, u"am1"_s).isEmpty());
    QCOMPARE(server
                 .run(
                     {u"user"_s, u"reset"_s, u"am1"_s, u"--password-file"_s, server.passwordFile()})
                 .code,
             0);
    QCOMPARE(server.run({u"backup"_s, server.file(u"backup.db"_s)}).code, 0);
    QVERIFY(QFile::exists(server.file(u"backup.db"_s)));
    QCOMPARE(server.run({u"restore"_s, server.file(u"backup.db"_s)}).code, 1);
    const auto report = server.run({u"verify"_s});
    QCOMPARE(report.code, 0);
    QVERIFY(QJsonDocument::fromJson(report.out).object()[u"ok"_s].toBool());
    QCOMPARE(server.terminate(), 0);
    QCOMPARE(server.run({u"restore"_s, server.file(u"backup.db"_s)}).code, 0);
    QVERIFY(server.serve());
}

void TestServerProcess::disabledPersonIsShownOut()
{
    ServerProcess server(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(server.init().code, 0);
    QCOMPARE(server.addUser(u"hot1"_s, u"hotline_agent"_s).code, 0);
    QVERIFY(server.serve());
    WireClient client(server.port());
    QVERIFY2(client.signIn(u"hot1"_s, password, enrolmentCode(server, u"hot1"_s)),
             qPrintable(client.refusal));
    QCOMPARE(server.run({u"user"_s, u"disable"_s, u"hot1"_s}).code, 0);
    const auto bye = client.receive<Bye>();
    QVERIFY(bye);
    QCOMPARE(bye->reason, u"login.session_ended"_s);
    QVERIFY(!client.signIn(u"hot1"_s, password));
    QCOMPARE(client.refusal, u"forbidden.disabled"_s);
}

void TestServerProcess::garbageIsClosedAndTheServerGoesOn()
{
    ServerProcess server(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(server.init().code, 0);
    QVERIFY(server.serve());
    WireClient client(server.port());
    QVERIFY(client.connect());
    client.socket->write(QByteArray(100, '\xff'));
    QVERIFY(client.receive<Bye>());
    QCOMPARE(client.refusal, QString());
    QVERIFY(client.connect());
    client.send(Pull()); // before login
    const auto bye = client.receive<Bye>();
    QVERIFY(bye);
    QCOMPARE(bye->reason, u"protocol.malformed"_s);
    QVERIFY(server.isRunning());
}

QTEST_GUILESS_MAIN(TestServerProcess)
#include "tst_server_process.moc"
