#include "support/memory_shelf.h"
#include "support/sim/sim_client.h"

#include "commands/edit_record.h"
#include "domain/area.h"
#include "domain/entities.h"

#include <QTest>

using namespace keydesk;
using namespace keydesk::sim;
using namespace Qt::StringLiterals;

namespace {

constexpr Instant noon{1'700'000'000'000};

CommandCall edit()
{
    EditRecord command;
    command.entity = u"account"_s;
    command.record = RecordId(u"customer"_s);
    command.patch = {{u"remarks"_s, Cell(u"typed"_s)}};
    command.seen = {{u"remarks"_s, Cell()}};
    return callOf(command);
}

// What the session sends, newest last; the connection as the server sees it.
class ServerEnd final : public SessionPort
{
public:
    void send(const QByteArray &payload) override { sent.push_back(*decodeMessage(payload)); }
    void close() override { ++closed; }

    template <class M>
    std::vector<M> all() const
    {
        std::vector<M> found;
        for (const Message &message : sent) {
            if (const M *one = std::get_if<M>(&message))
                found.push_back(*one);
        }
        return found;
    }
    template <class M>
    M last() const
    {
        const auto found = all<M>();
        return found.empty() ? M() : found.back();
    }

    std::vector<Message> sent;
    int closed = 0;
};

} // namespace

// The desktop's half of the conversation against a server that is written down line by line.
class TestSyncSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void codeIsUsedByAPcThatIsNotEnrolled();
    void codeIsKeptWhileTheServerKnowsTheDevice();
    void forgottenDeviceIsEnrolledAnewAndOffersEverythingAgain();
    void forgottenDeviceWithoutACodeIsRefused();
    void serverOfAnotherProtocolIsRefusedInWordsAndTheQueueStays_data();
    void serverOfAnotherProtocolIsRefusedInWordsAndTheQueueStays();
    void onlyTheServersOwnWordIsItsTime();
    void sumsThatDifferTwiceStopThePullingOverAllConnections();
    void crowdedQueuePullsEveryTwoSeconds();
    void pauseOfACrowdedQueueBeginsWhenTheCheckpointIsOver();
    void queueThatHasEmptiedPullsAtOnce();
    void verdictsThatComeTogetherAreStoredTogether();
    void fewVerdictsOfManyWaitForMoreOrForTheTick();
    void verdictThatWasNotStoredIsAskedForAgain();
    void refusalFindsTheVerdictsBeforeItStored();

private:
    void restart(const QString &code);
    void connect();
    void tell(const Message &message)
    {
        m_session->receive(encodeMessage(message), m_now);
        m_session->rest(m_now + m_restAfter);
    }
    void welcome(qint64 lastN = 0);
    void hear(const Message &message) { m_session->receive(encodeMessage(message), m_now); }
    static CmdResult applied(qint64 n) { return {n, CmdResult::Applied, {}, {}, 10 + n}; }
    /// Answers the pull under way: the head is here.
    void answerPull(const std::vector<BucketSum> &sums = {});
    void load();

    const Catalog m_catalog = makeCatalog();
    const CommandRegistry m_registry = makeCommandRegistry();
    std::unique_ptr<test::MemoryShelf> m_shelf;
    std::shared_ptr<Database> m_outboxFile;
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<Replica> m_replica;
    std::unique_ptr<SyncSession> m_session;
    SilentSigner m_signer;
    ServerEnd m_wire;
    Instant m_now;
    qint64 m_restAfter = 0; // ms that a message takes
    QStringList m_refused;
    int m_forgotten = 0;
    std::vector<Instant> m_times;
};

void TestSyncSession::init()
{
    m_session.reset();
    m_replica.reset();
    m_outbox.reset();
    m_shelf = std::make_unique<test::MemoryShelf>();
    m_outboxFile = Database::openInMemory();
    m_now = noon;
    m_restAfter = 0;
    m_refused.clear();
    m_forgotten = 0;
    m_times.clear();
    m_wire = {};
    restart(u"CODE"_s);
}

void TestSyncSession::restart(const QString &code)
{
    m_session.reset();
    m_outbox = std::make_unique<Outbox>(*m_outboxFile);
    QVERIFY(m_outbox->createTables());
    m_replica = std::make_unique<Replica>(*m_shelf, *m_outbox, m_catalog, m_registry);
    QVERIFY(m_replica->open(RecordId(u"me"_s), m_now));
    m_session = std::make_unique<SyncSession>(*m_replica, *m_outbox, m_signer, m_wire, 1);
    m_session->setLogin({u"1001"_s, u"secret"_s, code, {}, {}});
    m_session->refused = [this](const Error &error, qint64) { m_refused.append(error.key()); };
    m_session->deviceForgotten = [this] { ++m_forgotten; };
    m_session->timeHeard = [this](Instant time) { m_times.push_back(time); };
}

void TestSyncSession::connect()
{
    m_wire = {};
    m_session->connected(QByteArray(32, 'c'), m_now);
    Challenge challenge;
    challenge.nonce = QByteArray(32, 'n');
    challenge.serverTime = m_now;
    tell(challenge);
}

void TestSyncSession::welcome(qint64 lastN)
{
    Welcome welcome;
    welcome.userId = u"me"_s;
    welcome.serverTime = m_now;
    welcome.leaseUntil = m_now + 7 * day;
    welcome.epoch = u"epoch"_s;
    welcome.head = 10;
    welcome.lastN = lastN;
    tell(welcome);
}

void TestSyncSession::answerPull(const std::vector<BucketSum> &sums)
{
    PageItemWriter items;
    const Pull pull = m_wire.last<Pull>();
    if (pull.epoch.isEmpty()) {
        Area area;
        area.id = RecordId(u"area"_s);
        items.reset();
        items.begin(u"ref"_s, Profile::Full);
        items.put(u"ref"_s, m_catalog.indexOf(u"area"_s), toRow(area));
        items.complete(u"ref"_s);
    }
    Page page;
    page.epoch = u"epoch"_s;
    page.items = items.finish();
    page.position = page.head = 10;
    page.done = true;
    page.sums = sums;
    page.request = pull.request;
    tell(page);
}

// Enrolled, signed in, everything here.
void TestSyncSession::load()
{
    connect();
    tell(Enrolled{u"device-1"_s, u"1001"_s});
    welcome();
    answerPull();
    QVERIFY(m_replica->isReadable());
}

void TestSyncSession::codeIsUsedByAPcThatIsNotEnrolled()
{
    connect();
    QCOMPARE(m_wire.last<Enrol>().code, u"CODE"_s);
    tell(Enrolled{u"device-1"_s, u"1001"_s});
    QCOMPARE(m_outbox->identity(u"device_id"_s), u"device-1"_s);
    QCOMPARE(m_wire.last<Auth>().password, u"secret"_s);
}

void TestSyncSession::codeIsKeptWhileTheServerKnowsTheDevice()
{
    load();
    restart(u"ANOTHER"_s);
    connect();
    QVERIFY(m_wire.all<Enrol>().empty());
    QCOMPARE(m_wire.last<Hello>().deviceId, u"device-1"_s);
    QCOMPARE(m_wire.all<Auth>().size(), std::size_t(1));
}

void TestSyncSession::forgottenDeviceIsEnrolledAnewAndOffersEverythingAgain()
{
    load();
    const CommandCall answered = edit();
    const CommandCall waiting = edit();
    const qint64 first = *m_outbox->append(answered, m_now);
    QVERIFY(m_outbox->settleApplied({m_outbox->number({first})->front()}, m_now));
    QVERIFY(m_outbox->coveredThrough(1, m_now));
    const qint64 second = *m_outbox->append(waiting, m_now);
    QCOMPARE(m_outbox->number({second})->front(), 2);

    m_session->setLogin({u"1001"_s, u"secret"_s, u"FRESH"_s, {}, {}});
    m_session->disconnected();
    connect();
    tell(Refused{u"login.device_unknown"_s, {}, 0});
    QCOMPARE(m_forgotten, 1);
    QVERIFY(m_refused.isEmpty());
    m_session->disconnected();
    connect();
    // The server must not take the numbers of the old device for a rollback.
    QVERIFY(m_wire.last<Hello>().deviceId.isEmpty());
    QCOMPARE(m_wire.last<Hello>().lastAckedN, 0);
    QCOMPARE(m_wire.last<Enrol>().code, u"FRESH"_s);
    tell(Enrolled{u"device-2"_s, u"1001"_s});
    QCOMPARE(m_outbox->identity(u"device_id"_s), u"device-2"_s);
    welcome();
    const auto offered = m_wire.all<Cmd>();
    QCOMPARE(offered.size(), std::size_t(2));
    QCOMPARE(offered[0].n, 1);
    QCOMPARE(offered[0].cmdId, answered.id);
    QCOMPARE(offered[1].n, 2);
    QCOMPARE(offered[1].cmdId, waiting.id);
}

void TestSyncSession::forgottenDeviceWithoutACodeIsRefused()
{
    load();
    m_session->disconnected();
    connect();
    tell(Refused{u"login.device_unknown"_s, {}, 0});
    QCOMPARE(m_refused, QStringList{u"login.device_unknown"_s});
    QCOMPARE(m_forgotten, 0);
    QCOMPARE(m_outbox->identity(u"device_id"_s), u"device-1"_s);
}

// A PC that slept has a monotonic clock behind the world: what it estimates is nobody's word.
void TestSyncSession::serverOfAnotherProtocolIsRefusedInWordsAndTheQueueStays_data()
{
    QTest::addColumn<Message>("word");
    Challenge newer;
    newer.protocol = protocolVersion + 1;
    Challenge older;
    older.protocol = 0;
    QTest::newRow("one that refuses") << Message(Refused{u"protocol.version"_s, {}, 0});
    QTest::newRow("a newer one that does not") << Message(newer);
    QTest::newRow("an older one that does not") << Message(older);
}

void TestSyncSession::serverOfAnotherProtocolIsRefusedInWordsAndTheQueueStays()
{
    QFETCH(const Message, word);
    QVERIFY(m_outbox->append(edit(), m_now));
    m_wire = {};
    m_session->connected(QByteArray(32, 'c'), m_now);
    tell(word);
    QCOMPARE(m_refused, QStringList{u"protocol.version"_s});
    QVERIFY(m_wire.closed > 0);
    QVERIFY(m_wire.all<Auth>().empty() && m_wire.all<Enrol>().empty());
    QCOMPARE(m_outbox->pendingCount(), 1);
}

void TestSyncSession::onlyTheServersOwnWordIsItsTime()
{
    load();
    QCOMPARE(m_times.size(), std::size_t(1)); // the welcome
    m_now = m_now + 30 * second;
    m_session->tick(m_now);
    QCOMPARE(m_times.size(), std::size_t(1));
    const Instant word = m_now + hour;
    tell(Pong{word});
    QCOMPARE(m_times.size(), std::size_t(2));
    QVERIFY(m_times.back() == word);
}

void TestSyncSession::sumsThatDifferTwiceStopThePullingOverAllConnections()
{
    load();
    const std::vector<BucketSum> wrong{{u"ref"_s, 7, 7}};
    m_session->check(m_now);
    answerPull(wrong);
    answerPull(wrong); // loaded again, and still not the same
    QCOMPARE(m_session->status().alarm, u"sync.stopped"_s);
    QCOMPARE(m_wire.closed, 0); // the queue goes on
    const std::size_t pulls = m_wire.all<Pull>().size();
    m_session->check(m_now);
    QCOMPARE(m_wire.all<Pull>().size(), pulls);

    m_session->disconnected();
    m_now = m_now + minute;
    connect();
    welcome();
    QVERIFY(m_wire.all<Pull>().empty());
    QCOMPARE(m_session->status().alarm, u"sync.stopped"_s);

    m_now = m_now + hour;
    tell(Pong{m_now});
    m_session->tick(m_now);
    QCOMPARE(m_wire.all<Pull>().size(), std::size_t(1));
    answerPull();
    QVERIFY(m_session->status().alarm.isEmpty());
}

void TestSyncSession::crowdedQueuePullsEveryTwoSeconds()
{
    load();
    for (int i = 0; i <= 200; ++i)
        QVERIFY(m_outbox->append(edit(), m_now));
    m_session->check(m_now);
    answerPull();
    const std::size_t pulls = m_wire.all<Pull>().size();
    m_session->check(m_now + second);
    QCOMPARE(m_wire.all<Pull>().size(), pulls);
    m_session->tick(m_now + 2 * second);
    QCOMPARE(m_wire.all<Pull>().size(), pulls + 1);
}

void TestSyncSession::pauseOfACrowdedQueueBeginsWhenTheCheckpointIsOver()
{
    load();
    for (int i = 0; i <= 200; ++i)
        QVERIFY(m_outbox->append(edit(), m_now));
    m_session->check(m_now);
    m_restAfter = 3 * second; // so long does the replay take
    answerPull();
    const std::size_t pulls = m_wire.all<Pull>().size();
    m_session->check(m_now + 4 * second);
    QCOMPARE(m_wire.all<Pull>().size(), pulls);
    m_session->tick(m_now + 5 * second);
    QCOMPARE(m_wire.all<Pull>().size(), pulls + 1);
}

void TestSyncSession::queueThatHasEmptiedPullsAtOnce()
{
    load();
    for (int i = 0; i <= 200; ++i)
        QVERIFY(m_outbox->append(edit(), m_now));
    m_session->check(m_now);
    answerPull();
    const std::size_t pulls = m_wire.all<Pull>().size();
    for (qint64 n = 1; n <= 201; ++n)
        tell(applied(n));
    QCOMPARE(m_outbox->pendingCount(), 0);
    QCOMPARE(m_wire.all<Pull>().size(), pulls + 1);
}

void TestSyncSession::fewVerdictsOfManyWaitForMoreOrForTheTick()
{
    load();
    for (int i = 0; i < 100; ++i)
        QVERIFY(m_outbox->append(edit(), m_now));
    m_session->wake(m_now);
    for (qint64 n = 1; n <= 31; ++n)
        tell(applied(n));
    QCOMPARE(m_outbox->pendingCount(), 100);
    QCOMPARE(m_wire.all<Cmd>().size(), std::size_t(64));
    m_session->tick(m_now);
    QCOMPARE(m_outbox->pendingCount(), 69);
    QCOMPARE(m_wire.all<Cmd>().size(), std::size_t(95));
}

void TestSyncSession::verdictsThatComeTogetherAreStoredTogether()
{
    load();
    for (int i = 0; i < 100; ++i)
        QVERIFY(m_outbox->append(edit(), m_now));
    m_session->wake(m_now);
    QCOMPARE(m_wire.all<Cmd>().size(), std::size_t(64));
    for (qint64 n = 1; n <= 64; ++n)
        hear(applied(n));
    QCOMPARE(m_outbox->pendingCount(), 100);
    m_session->rest(m_now);
    QCOMPARE(m_outbox->pendingCount(), 36);
    QCOMPARE(m_wire.all<Cmd>().size(), std::size_t(100)); // and what waited is sent
}

void TestSyncSession::verdictThatWasNotStoredIsAskedForAgain()
{
    load();
    QVERIFY(m_outbox->append(edit(), m_now));
    m_session->wake(m_now);
    hear(applied(1));
    m_session->disconnected();
    QCOMPARE(m_outbox->pendingCount(), 1);
    connect();
    welcome();
    QCOMPARE(m_wire.last<Cmd>().n, 1);
    tell(applied(1));
    QCOMPARE(m_outbox->pendingCount(), 0);
}

void TestSyncSession::refusalFindsTheVerdictsBeforeItStored()
{
    load();
    for (int i = 0; i < 2; ++i)
        QVERIFY(m_outbox->append(edit(), m_now));
    m_session->wake(m_now);
    hear(applied(1));
    hear(CmdResult{2, CmdResult::Rejected, u"record.not_found"_s, {}, 12});
    QCOMPARE(m_outbox->pendingCount(), 0);
    QCOMPARE(m_outbox->lastAckedN(), 2);
}

QTEST_GUILESS_MAIN(TestSyncSession)
#include "tst_sync_session.moc"
