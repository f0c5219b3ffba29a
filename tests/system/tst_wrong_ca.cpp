#include "base/enrolment.h"
#include "security/pki.h"
#include "support/batch_process.h"

#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// A server of somebody else: completes every handshake with the keys of another authority and
// keeps all that it is told.
class Impostor : public QTcpServer
{
public:
    explicit Impostor(const QString &tlsFolder)
        : m_pki(tlsFolder)
    {
        listen(QHostAddress::LocalHost);
    }
    QString address() const { return u"127.0.0.1:%1"_s.arg(serverPort()); }

    int visits = 0;
    QByteArray heard; // decrypted

protected:
    void incomingConnection(qintptr descriptor) override
    {
        ++visits;
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        if (const auto configuration = m_pki.configuration())
            socket->setSslConfiguration(*configuration);
        connect(socket, &QSslSocket::readyRead, this,
                [this, socket] { heard += socket->readAll(); });
        socket->startServerEncryption();
    }

private:
    Pki m_pki;
};

} // namespace

// A desktop knows its server by the fingerprint in the enrolment string: to anybody else it says
// nothing, not even its name (reliability.md, T32).
class TestWrongCa : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void theRightAuthorityHearsAHello();
    void anotherAuthorityHearsNothingAtEnrolment();
    void anotherAuthorityHearsNothingFromAnEnrolledDesktop();
    void serverThatMovedToAnotherAuthorityIsRefused();

private:
    std::unique_ptr<ServerProcess> server();
    std::unique_ptr<ServerProcess> m_ours;
    std::unique_ptr<ServerProcess> m_theirs;
};

std::unique_ptr<ServerProcess> TestWrongCa::server()
{
    auto server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    server->init();
    server->addUser(u"hot1"_s, u"hotline_agent"_s);
    server->serve();
    return server;
}

void TestWrongCa::init()
{
    m_ours = server();
    m_theirs = server();
    QVERIFY(m_ours->isRunning() && m_theirs->isRunning());
}

void TestWrongCa::cleanup()
{
    m_ours.reset();
    m_theirs.reset();
}

void TestWrongCa::theRightAuthorityHearsAHello()
{
    // Or hearing nothing below would prove nothing.
    Impostor twin(m_ours->data() + u"/tls"_s);
    BatchProcess desktop(QStringLiteral(KEYDESK_PROGRAM),
                         seatAt(*m_ours, u"hot1"_s, twin.address()));
    desktop.start();
    QTRY_VERIFY_WITH_TIMEOUT(!twin.heard.isEmpty(), 30'000);
}

void TestWrongCa::anotherAuthorityHearsNothingAtEnrolment()
{
    Impostor impostor(m_theirs->data() + u"/tls"_s);
    auto seat = seatAt(*m_ours, u"hot1"_s, impostor.address());
    BatchProcess desktop(QStringLiteral(KEYDESK_PROGRAM), seat);
    desktop.start();
    QTRY_VERIFY_WITH_TIMEOUT(!desktop.isRunning(), 30'000);
    QCOMPARE(desktop.process().exitCode(), 2);
    QVERIFY2(desktop.errors().contains("server.untrusted"), desktop.errors().constData());
    QCOMPARE(impostor.visits, 1);
    QCOMPARE(impostor.heard, QByteArray());
}

void TestWrongCa::anotherAuthorityHearsNothingFromAnEnrolledDesktop()
{
    // The name leads to somebody else one day: same address, other keys.
    auto seat = seatAt(*m_ours, u"hot1"_s);
    BatchProcess desktop(QStringLiteral(KEYDESK_PROGRAM), seat);
    desktop.start();
    QVERIFY(desktop.sync().value(u"ok"_s).toBool());
    const quint16 port = m_ours->port();
    m_ours->kill();
    Impostor impostor(m_theirs->data() + u"/tls"_s);
    impostor.close();
    QVERIFY(impostor.listen(QHostAddress::LocalHost, port));
    desktop.ask(uR"({"command":"RecordOpportunity","args":{"values":{"title":"机密",
                    "ent_name":"某单位","contact_phone":"13800138000"}}})"_s);
    QTRY_VERIFY_WITH_TIMEOUT(impostor.visits > 1, 60'000);
    const QJsonObject status = desktop.ask(uR"({"status":true})"_s);
    QCOMPARE(status.value(u"queued"_s).toInteger(), 1);
    QCOMPARE(status.value(u"problem"_s).toObject().value(u"reason"_s).toString(),
             u"server.untrusted"_s);
    QCOMPARE(impostor.heard, QByteArray());

    impostor.close(); // the right one is back: nothing was lost
    QVERIFY(m_ours->serve());
    const QJsonObject synced = desktop.sync(60'000);
    QVERIFY2(synced.value(u"ok"_s).toBool(), desktop.errors().constData());
    QCOMPARE(synced.value(u"queued"_s).toInteger(), 0);
}

void TestWrongCa::serverThatMovedToAnotherAuthorityIsRefused()
{
    // A real server, with a code that is good at it, and the fingerprint of another.
    const auto theirs = Enrolment::parse(m_theirs->enrolment(u"hot1"_s));
    const auto ours = Enrolment::parse(m_ours->enrolment(u"hot1"_s));
    QVERIFY(theirs && ours);
    Enrolment mixed = *theirs;
    mixed.pin = ours->pin;
    auto seat = seatAt(*m_theirs, u"hot1"_s);
    seat.enrolment = mixed.toString();
    BatchProcess desktop(QStringLiteral(KEYDESK_PROGRAM), seat);
    desktop.start();
    QTRY_VERIFY_WITH_TIMEOUT(!desktop.isRunning(), 30'000);
    QCOMPARE(desktop.process().exitCode(), 2);

    seat.enrolment = theirs->toString(); // the code was not used up
    seat.data += u"-again"_s;
    BatchProcess again(QStringLiteral(KEYDESK_PROGRAM), seat);
    again.start();
    QVERIFY(again.sync().value(u"ok"_s).toBool());
}

QTEST_GUILESS_MAIN(TestWrongCa)
#include "tst_wrong_ca.moc"
