#include "support/batch_process.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

// Who may open what lies on a PC while the server is out of reach: whoever proved his password
// there before, and only until the server has said otherwise (sync.md, G9). And a colleague on an
// enrolled PC needs his password only.
class TestOfflineSignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whoeverWasHereBeforeComesInWithoutTheServer();
    void disabledLoginOpensNothingWithoutTheServer();
    void passwordChangedElsewhereOpensNothingWithoutTheServer();
    void mistypedPasswordTakesNothingAway();
    void colleagueSignsInOnAnEnrolledPcByHisPassword();
    void colleagueOfAnotherServersPcNeedsAnEnrolment();

private:
    /// Signs in and answers one question; -1: not let in.
    int accountsSeen(const BatchProcess::Seat &seat);
    QString passwordFile(const QByteArray &password) const;

    QTemporaryDir m_words;
    std::unique_ptr<ServerProcess> m_server;
    BatchProcess::Seat m_seat;
};

void TestOfflineSignIn::init()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->initDemo().code, 0);
    QVERIFY(m_server->serve());
    m_seat = seatAt(*m_server, u"1101"_s);
    BatchProcess first(QStringLiteral(KEYDESK_PROGRAM), m_seat);
    first.start();
    QVERIFY(first.sync().value(u"ok"_s).toBool());
    QCOMPARE(first.finish(), 0);
    m_seat.enrolment.clear();
}

void TestOfflineSignIn::cleanup()
{
    m_server.reset();
}

int TestOfflineSignIn::accountsSeen(const BatchProcess::Seat &seat)
{
    BatchProcess desk(QStringLiteral(KEYDESK_PROGRAM), seat);
    desk.start();
    const QJsonObject answer = desk.ask(uR"({"query":"account","fields":["name"]})"_s);
    const bool let = desk.finish() == 0 && answer.contains(u"rows"_s);
    return let ? int(answer.value(u"rows"_s).toArray().size()) : -1;
}

QString TestOfflineSignIn::passwordFile(const QByteArray &password) const
{
    QString path = m_words.filePath(QString::fromLatin1(password.toHex()));
    QFile file(path);
    if (file.open(QFile::WriteOnly))
        file.write(password + '\n');
    return path;
}

void TestOfflineSignIn::whoeverWasHereBeforeComesInWithoutTheServer()
{
    QCOMPARE(m_server->terminate(), 0);
    QVERIFY(accountsSeen(m_seat) > 0);
}

void TestOfflineSignIn::disabledLoginOpensNothingWithoutTheServer()
{
    QCOMPARE(m_server->run({u"user"_s, u"disable"_s, u"1101"_s}).code, 0);
    BatchProcess desk(QStringLiteral(KEYDESK_PROGRAM), m_seat);
    desk.start();
    (void)desk.sync(); // until the server has spoken
    (void)desk.finish();
    QVERIFY2(desk.errors().contains("disabled"), desk.errors().constData());
    QCOMPARE(m_server->terminate(), 0);
    QCOMPARE(accountsSeen(m_seat), -1);
}

void TestOfflineSignIn::passwordChangedElsewhereOpensNothingWithoutTheServer()
{
    const QString fresh = passwordFile("Sunny-river-48-bridge");
    QCOMPARE(m_server->run({u"user"_s, u"reset"_s, u"1101"_s, u"--password-file"_s, fresh}).code,
             0);
    BatchProcess desk(QStringLiteral(KEYDESK_PROGRAM), m_seat);
    desk.start();
    (void)desk.sync();
    (void)desk.finish();
    QCOMPARE(m_server->terminate(), 0);
    QCOMPARE(accountsSeen(m_seat), -1);
}

void TestOfflineSignIn::mistypedPasswordTakesNothingAway()
{
    BatchProcess::Seat mistyped = m_seat;
    mistyped.passwordFile = passwordFile("correct horze");
    QCOMPARE(accountsSeen(mistyped), -1);
    QCOMPARE(m_server->terminate(), 0);
    QVERIFY(accountsSeen(m_seat) > 0);
}

void TestOfflineSignIn::colleagueSignsInOnAnEnrolledPcByHisPassword()
{
    BatchProcess::Seat colleague = m_seat;
    colleague.user = u"1102"_s;
    BatchProcess desk(QStringLiteral(KEYDESK_PROGRAM), colleague);
    desk.start();
    QVERIFY2(desk.sync().value(u"ok"_s).toBool(), desk.errors().constData());
    QVERIFY(!desk.rows(uR"({"query":"account","fields":["name"]})"_s).isEmpty());
    QCOMPARE(desk.finish(), 0);
    QVERIFY(accountsSeen(m_seat) > 0); // the first one's own stays
}

void TestOfflineSignIn::colleagueOfAnotherServersPcNeedsAnEnrolment()
{
    ServerProcess other(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(other.initDemo().code, 0);
    QVERIFY(other.serve());
    BatchProcess::Seat elsewhere = m_seat; // the PC of the first server
    elsewhere.server = other.address();
    elsewhere.user = u"1102"_s;
    QCOMPARE(accountsSeen(elsewhere), -1);
}

QTEST_GUILESS_MAIN(TestOfflineSignIn)
#include "tst_offline_sign_in.moc"
