#include "support/wire_work.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

const QString password = u"correct horse"_s;

} // namespace

// What somebody could have recorded or copied opens nothing: each login is signed by the device's
// own key over this connection, and whoever may not be here any more is shown out at once, live
// (reliability.md T29).
class TestCapturedSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void recordedProofIsWorthNothingOnTheNextConnection();
    void tokenIsWorthNothingOnAnotherDevice();
    void tokenIsWorthNothingWithoutTheDevicesKey();
    void proofForAnotherCertificateIsRefused();
    void copiedDeviceIsNoticed();
    void personWhoIsEndedIsShownOutEverywhere_data();
    void personWhoIsEndedIsShownOutEverywhere();

private:
    std::unique_ptr<WireClient> enrolled(const QString &user);

    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<WireClient> m_victim;
};

void TestCapturedSession::initTestCase()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->init().code, 0);
    for (const QString &user : {u"hot1"_s, u"hot2"_s, u"hot3"_s})
        QCOMPARE(m_server->addUser(user, u"hotline_agent"_s).code, 0);
    QVERIFY(m_server->serve());
}

std::unique_ptr<WireClient> TestCapturedSession::enrolled(const QString &user)
{
    auto client = std::make_unique<WireClient>(m_server->port());
    return client->signIn(user, password, enrolmentCode(*m_server, user)) ? std::move(client)
                                                                          : nullptr;
}

void TestCapturedSession::init()
{
    m_victim = enrolled(u"hot1"_s);
    QVERIFY(m_victim);
    QVERIFY(m_victim->signInAgain());
}

void TestCapturedSession::cleanup()
{
    m_victim.reset();
}

void TestCapturedSession::recordedProofIsWorthNothingOnTheNextConnection()
{
    WireClient thief(m_server->port());
    thief.device = m_victim->device;
    QVERIFY(thief.connect() && thief.greet());
    thief.send(m_victim->lastAuth); // to the letter
    QVERIFY(!thief.receive<Welcome>());
    QCOMPARE(thief.refusal, u"login.device_unknown"_s);
}

void TestCapturedSession::tokenIsWorthNothingOnAnotherDevice()
{
    const auto thief = enrolled(u"hot2"_s);
    QVERIFY(thief && thief->connect() && thief->greet());
    QVERIFY(!thief->authenticate({}, {}, m_victim->welcome.tokenId, m_victim->welcome.tokenSecret));
    QVERIFY2(thief->refusal.startsWith(u"login."_s), qPrintable(thief->refusal));
}

void TestCapturedSession::tokenIsWorthNothingWithoutTheDevicesKey()
{
    WireClient thief(m_server->port()); // a key of its own
    thief.device = m_victim->device;
    QVERIFY(thief.connect() && thief.greet());
    QVERIFY(!thief.authenticate({}, {}, m_victim->welcome.tokenId, m_victim->welcome.tokenSecret));
    QCOMPARE(thief.refusal, u"login.device_unknown"_s);
    QVERIFY(m_victim->signInAgain()); // and he is not the one who pays for it
}

// Somebody in between, with a certificate that the desktop should not have believed.
void TestCapturedSession::proofForAnotherCertificateIsRefused()
{
    QVERIFY(m_victim->connect());
    m_victim->pretendCertificate(QByteArray(32, 'x'));
    QVERIFY(m_victim->greet());
    QVERIFY(
        !m_victim->authenticate({}, {}, m_victim->welcome.tokenId, m_victim->welcome.tokenSecret));
    QCOMPARE(m_victim->refusal, u"login.device_unknown"_s);
}

void TestCapturedSession::copiedDeviceIsNoticed()
{
    m_victim->setBootCounter(1); // as the disk was when it was copied
    QVERIFY(!m_victim->signInAgain());
    QVERIFY2(m_victim->refusal.startsWith(u"login."_s), qPrintable(m_victim->refusal));
}

void TestCapturedSession::personWhoIsEndedIsShownOutEverywhere_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("refusal");
    QTest::newRow("the password is reset")
        << QStringList{u"user"_s, u"reset"_s, u"hot3"_s, u"--password-file"_s,
                       m_server->passwordFile()}
        << u"login.session_ended"_s;
    QTest::newRow("the login is disabled")
        << QStringList{u"user"_s, u"disable"_s, u"hot3"_s} << u"forbidden.disabled"_s;
}

void TestCapturedSession::personWhoIsEndedIsShownOutEverywhere()
{
    QFETCH(QStringList, words);
    QFETCH(QString, refusal);
    std::vector<std::unique_ptr<WireClient>> seats;
    for (int i = 0; i < 3; ++i) {
        seats.push_back(enrolled(u"hot3"_s));
        QVERIFY(seats.back());
    }
    const auto ending = m_server->run(words);
    QVERIFY2(ending.code == 0, ending.err.constData());
    for (const auto &seat : seats) {
        const auto bye = seat->receive<Bye>();
        QVERIFY(bye);
        QCOMPARE(bye->reason, u"login.session_ended"_s);
        QVERIFY(!seat->signInAgain());
        QVERIFY2(seat->refusal == refusal || seat->refusal == u"login.session_ended"_s,
                 qPrintable(seat->refusal));
    }
    QVERIFY(m_victim->connect()); // nobody else is touched
}

QTEST_GUILESS_MAIN(TestCapturedSession)
#include "tst_captured_session.moc"
