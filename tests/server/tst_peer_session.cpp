#include "protocol/protocol_range.h"
#include "support/lone_peer.h"

#include <QRandomGenerator>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

class TestPeerSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsDoneForWhoHasNotLoggedIn_data();
    void nothingIsDoneForWhoHasNotLoggedIn();
    void commitIsToldToWhomItConcerns();
    void bucketOnItsWayCountsAsHeld();
    void pokesKeepTheirDistance();
    void clockPutBackHoldsNoPokeUp();
    void whoWaitsForAPageIsToldWhenHeHasIt();
    void secondPullBeforeThePageEndsTheConnection();
    void tooManyCommandsInFlightEndTheConnection();
    void answerAfterTheEndIsDropped();
    void protocolWithoutACommonVersionIsRefused_data();
    void protocolWithoutACommonVersionIsRefused();
    void rangesMeetAtTheNewestOfBoth_data();
    void rangesMeetAtTheNewestOfBoth();
    void sessionToBeWipedGetsNoMoreRowsAndEndsWithItsWord();
    void wipeDoneUnaskedEndsTheConnection();
    void messagesInAnyOrderDoNothingWithoutALogin();
};

void TestPeerSession::nothingIsDoneForWhoHasNotLoggedIn_data()
{
    QTest::addColumn<QByteArray>("payload");
    const auto row = [](const char *name, const Message &message) {
        QTest::newRow(name) << encodeMessage(message);
    };
    row("command", Cmd());
    row("pull", Pull());
    row("columns", Columns());
    row("query", OnlineQuery());
    row("auth without hello", Auth());
    row("enrol without hello", Enrol());
    row("ping", Ping());
    row("a server's message", Welcome());
    QTest::newRow("garbage") << QByteArray("\xff\xff");
    QTest::newRow("nothing") << QByteArray();
}

void TestPeerSession::nothingIsDoneForWhoHasNotLoggedIn()
{
    QFETCH(const QByteArray, payload);
    LonePeer peer;
    peer.session->receive(payload);
    QVERIFY(peer.port.closed);
    QVERIFY(peer.services.commands.empty());
    QVERIFY(!peer.services.pulled && !peer.services.admitted && !peer.services.enrolled);
}

void TestPeerSession::commitIsToldToWhomItConcerns()
{
    LonePeer peer;
    peer.logIn();
    peer.hold({u"ref"_s});
    peer.commit({u"acct:other"_s});
    QCOMPARE(peer.pokes(), std::size_t(0));
    peer.commit({u"ref"_s});
    QCOMPARE(peer.pokes(), std::size_t(1));
    peer.commit({}, {u"me"_s});
    QCOMPARE(peer.pokes(), std::size_t(2));
    QCOMPARE(peer.port.all<Poke>().back().head, peer.head);
}

void TestPeerSession::bucketOnItsWayCountsAsHeld()
{
    LonePeer peer;
    peer.logIn();
    peer.pull({});
    peer.commit({u"acct:new"_s}); // after the page's snapshot, before its arrival
    QCOMPARE(peer.pokes(), std::size_t(0));
    Page page;
    page.done = true;
    page.sums = {{u"acct:new"_s, 1, 1}};
    peer.services.pulled(page);
    peer.session->tick({1'000'000});
    QCOMPARE(peer.pokes(), std::size_t(1));
    peer.commit({u"acct:new"_s}); // in no request yet, but held
    peer.session->tick({2'000'000});
    QCOMPARE(peer.pokes(), std::size_t(2));
}

void TestPeerSession::pokesKeepTheirDistance()
{
    LonePeer peer;
    peer.logIn();
    peer.session->poke(1, {1000});
    peer.session->poke(2, {1010});
    peer.session->tick({1024});
    QCOMPARE(peer.pokes(), std::size_t(1));
    peer.session->tick({1025});
    QCOMPARE(peer.pokes(), std::size_t(2));
    QCOMPARE(peer.port.all<Poke>().back().head, 2);
}

void TestPeerSession::clockPutBackHoldsNoPokeUp()
{
    LonePeer peer;
    peer.logIn();
    peer.session->poke(1, {1'000'000});
    peer.session->poke(2, {1000});
    QCOMPARE(peer.pokes(), std::size_t(2));
}

void TestPeerSession::whoWaitsForAPageIsToldWhenHeHasIt()
{
    LonePeer peer;
    peer.logIn();
    peer.hold({u"ref"_s});
    peer.pull({{u"ref"_s, 2}});
    peer.commit({u"ref"_s});
    peer.session->tick({1'000'000});
    QCOMPARE(peer.pokes(), std::size_t(0));
    peer.answer(peer.head - 1);
    QCOMPARE(peer.pokes(), std::size_t(1));
}

void TestPeerSession::secondPullBeforeThePageEndsTheConnection()
{
    LonePeer peer;
    peer.logIn();
    peer.pull({});
    peer.pull({});
    QVERIFY(peer.port.closed);
}

void TestPeerSession::tooManyCommandsInFlightEndTheConnection()
{
    LonePeer peer;
    peer.logIn();
    for (qint64 n = 1; n <= 64; ++n) {
        Cmd command;
        command.n = n;
        peer.say(command);
    }
    QVERIFY(!peer.port.closed);
    peer.services.commands.front()({1, CmdResult::Applied, {}, {}, 1});
    Cmd command;
    command.n = 65;
    peer.say(command);
    QVERIFY(!peer.port.closed);
    command.n = 66;
    peer.say(command);
    QVERIFY(peer.port.closed);
}

void TestPeerSession::answerAfterTheEndIsDropped()
{
    LonePeer peer;
    peer.logIn();
    peer.say(Cmd());
    const auto answer = peer.services.commands.front();
    peer.session->dismiss(u"login.session_ended"_s);
    const std::size_t sent = peer.port.sent.size();
    answer({0, CmdResult::Applied, {}, {}, 1});
    QCOMPARE(peer.port.sent.size(), sent);
    peer.session.reset();
    answer({0, CmdResult::Applied, {}, {}, 1});
}

void TestPeerSession::protocolWithoutACommonVersionIsRefused_data()
{
    QTest::addColumn<int>("oldest");
    QTest::addColumn<int>("newest");
    QTest::addColumn<bool>("served");
    QTest::newRow("a program from before the oldest") << 0 << ownProtocols.oldest - 1 << false;
    QTest::newRow("the oldest that is served") << 0 << ownProtocols.oldest << true;
    QTest::newRow("a newer one that still speaks ours")
        << ownProtocols.newest << ownProtocols.newest + 5 << true;
    QTest::newRow("a newer one that does not any more")
        << ownProtocols.newest + 1 << ownProtocols.newest + 5 << false;
    QTest::newRow("a range that holds nothing") << 5 << 0 << false;
}

void TestPeerSession::protocolWithoutACommonVersionIsRefused()
{
    QFETCH(const int, oldest);
    QFETCH(const int, newest);
    QFETCH(const bool, served);
    LonePeer peer;
    Hello hello;
    hello.protocolMin = oldest;
    hello.protocolMax = newest;
    peer.say(hello);
    QCOMPARE(peer.port.closed, !served);
    if (served) {
        QCOMPARE(peer.port.all<Challenge>().front().protocol, std::min(newest, protocolVersion));
        return;
    }
    QCOMPARE(peer.port.all<Refused>().front().reason, u"protocol.version"_s);
    QVERIFY(peer.port.all<Challenge>().empty());
}

void TestPeerSession::rangesMeetAtTheNewestOfBoth_data()
{
    QTest::addColumn<int>("oldest");
    QTest::addColumn<int>("newest");
    QTest::addColumn<int>("meetAt"); // 0: nowhere
    // Against a server that speaks 3 to 5.
    QTest::newRow("below") << 1 << 2 << 0;
    QTest::newRow("touches the oldest") << 1 << 3 << 3;
    QTest::newRow("within") << 4 << 4 << 4;
    QTest::newRow("wider") << 1 << 9 << 5;
    QTest::newRow("touches the newest") << 5 << 9 << 5;
    QTest::newRow("above") << 6 << 9 << 0;
}

void TestPeerSession::rangesMeetAtTheNewestOfBoth()
{
    QFETCH(const int, oldest);
    QFETCH(const int, newest);
    QFETCH(const int, meetAt);
    QCOMPARE(commonProtocol({3, 5}, {oldest, newest}).value_or(0), meetAt);
    QCOMPARE(commonProtocol({oldest, newest}, {3, 5}).value_or(0), meetAt);
}

void TestPeerSession::sessionToBeWipedGetsNoMoreRowsAndEndsWithItsWord()
{
    LonePeer peer;
    peer.logIn();
    peer.pull({});
    peer.session->askToWipe();
    QCOMPARE(peer.port.all<Wipe>().size(), std::size_t(1));
    peer.services.pulled(Page()); // was under way
    QVERIFY(peer.port.all<Page>().empty());
    peer.services.pulled = nullptr;
    peer.pull({});
    QVERIFY(!peer.services.pulled);
    peer.say(Cmd());
    QCOMPARE(peer.services.commands.size(), std::size_t(1)); // what it has queued is taken
    peer.say(WipeDone());
    QCOMPARE(peer.services.wiped.size(), 1);
    QVERIFY(peer.port.closed);
}

void TestPeerSession::wipeDoneUnaskedEndsTheConnection()
{
    LonePeer peer;
    peer.logIn();
    peer.say(WipeDone());
    QVERIFY(peer.services.wiped.isEmpty());
    QVERIFY(peer.port.closed);
}

namespace {

Message anyMessage(QRandomGenerator &random)
{
    switch (random.bounded(18)) {
    case 0:
    case 1:
        return Hello();
    case 2:
        return Enrol();
    case 3:
    case 4:
        return Auth();
    case 5:
        return Columns{{{u"staff"_s, {u"id"_s}}}};
    case 6:
        return Cmd();
    case 7:
        return Pull();
    case 8:
        return OnlineQuery();
    case 9:
        return Ping();
    case 10:
        return Bye();
    case 11: // what only a server says
        return Challenge();
    case 12:
        return Enrolled();
    case 13:
        return Welcome();
    case 14:
        return Refused();
    case 15:
        return CmdResult();
    case 16:
        return Poke();
    default:
        return Page();
    }
}

} // namespace

// Valid messages in any order, and the answers of the services at any moment (T19).
void TestPeerSession::messagesInAnyOrderDoNothingWithoutALogin()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    constexpr int messages = 20'000;
    int said = 0;
    int loggedIn = 0;
    int sessions = 0;
    for (; said < messages; ++sessions) {
        LonePeer peer;
        bool admitted = false;
        // Most begin as a desktop would, or few would come far.
        if (random.bounded(4) > 0)
            peer.say(Hello());
        while (!peer.port.closed && random.bounded(40) > 0) {
            peer.say(anyMessage(random));
            ++said;
            if (peer.services.enrolled && random.bounded(2) == 0)
                std::exchange(peer.services.enrolled, {})(Enrolled());
            if (peer.services.admitted && random.bounded(2) == 0) {
                LoginOutcome outcome;
                outcome.welcome.userId = u"me"_s;
                const bool wasOpen = !peer.port.closed;
                std::exchange(peer.services.admitted, {})(outcome);
                admitted = admitted || wasOpen;
                loggedIn += wasOpen ? 1 : 0;
            }
            if (peer.services.pulled && random.bounded(2) == 0)
                std::exchange(peer.services.pulled, {})(Page());
            const bool asked = !peer.services.commands.empty() || peer.services.pulled
                || peer.services.asked;
            QVERIFY2(admitted || !asked, qPrintable(u"seed %1"_s.arg(seed)));
        }
        // Nothing is said after the end, and an answer that comes too late is dropped.
        if (peer.port.closed) {
            const std::size_t before = peer.port.sent.size();
            peer.say(anyMessage(random));
            for (const auto &answer : peer.services.commands)
                answer(CmdResult());
            peer.commit({u"ref"_s});
            QVERIFY2(peer.port.sent.size() == before, qPrintable(u"seed %1"_s.arg(seed)));
        }
    }
    QVERIFY(loggedIn > 50);
    qInfo("report: %d messages in any order over %d sessions, %d of them logged in, seed %u", said,
          sessions, loggedIn, seed);
}

QTEST_GUILESS_MAIN(TestPeerSession)
#include "tst_peer_session.moc"
