#include "commands/registry.h"
#include "domain/entities.h"
#include "store/database.h"
#include "store/query.h"
#include "support/fault_shim.h"
#include "support/wire_work.h"
#include "sync/replica_file.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

const QString statePassword = u"correct horse"_s;

template <std::size_t... I>
std::vector<Message> oneOfEach(std::index_sequence<I...>)
{
    return {Message(std::variant_alternative_t<I, Message>{})...};
}

// Every message of the protocol, a desktop's and a server's, as one would send it who means it.
std::vector<Message> everyMessage(const QString &epoch)
{
    std::vector<Message> all = oneOfEach(std::make_index_sequence<std::variant_size_v<Message>>{});
    for (Message &message : all) {
        if (auto *pull = std::get_if<Pull>(&message))
            pull->epoch = epoch;
        else if (auto *query = std::get_if<OnlineQuery>(&message))
            query->entity = u"account"_s;
        else if (auto *columns = std::get_if<Columns>(&message))
            *columns = ReplicaFile::columnsOf(makeCatalog());
        else if (auto *command = std::get_if<Cmd>(&message))
            *command = captureCommand(1);
    }
    return all;
}

// A command of every type, the first of them one that would take effect.
std::vector<Message> everyCommand()
{
    std::vector<Message> all{captureCommand(1)};
    for (const CommandRegistry registry = makeCommandRegistry();
         const CommandType &type : registry.types()) {
        Cmd command;
        command.n = qint64(all.size()) + 1;
        command.cmdId = RecordId::create();
        command.command = type.name;
        command.args = Arguments().toCbor();
        all.push_back(command);
    }
    return all;
}

QString nameOf(const Message &message)
{
    return u"message %1"_s.arg(
        std::visit([](const auto &body) { return std::decay_t<decltype(body)>::type; }, message));
}

QString reasonOf(const Message &message)
{
    if (const auto *refused = std::get_if<Refused>(&message))
        return refused->reason;
    const auto *bye = std::get_if<Bye>(&message);
    return bye ? bye->reason : nameOf(message);
}

} // namespace

// Every state of a session against every message and every command (reliability.md 3.3, T20): who
// is not signed in, not any more, or not with this PC, gets one answer that says why, the same for
// all that he may ask, and nothing happens.
class TestSessionStates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void whoHasNotSignedInGetsOneAnswer_data();
    void whoHasNotSignedInGetsOneAnswer();
    void whoMayNotSignInGetsOneAnswer_data();
    void whoMayNotSignInGetsOneAnswer();
    void liveSessionThatEndedTakesNothingMore_data();
    void liveSessionThatEndedTakesNothingMore();
    void everyCommandOfWhoIsSignedInGetsOneAnswer();

private:
    std::unique_ptr<WireClient> enrolled(const QString &user);
    bool administer(const QStringList &words) { return m_server->run(words).code == 0; }
    /// Until the server hangs up.
    static QStringList answersTo(WireClient &client);
    QString stored() const;

    FaultShim m_faults;
    std::unique_ptr<ServerProcess> m_server;
    int m_asked = 0;
};

void TestSessionStates::initTestCase()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->init().code, 0);
    for (const char *user : {"fine", "reset", "disabled", "wiped", "idle", "live"})
        QCOMPARE(m_server->addUser(QString::fromLatin1(user), u"hotline_agent"_s).code, 0);
    m_server->setEnvironment(m_faults.environment());
    QVERIFY(m_server->serve());
}

void TestSessionStates::cleanupTestCase()
{
    m_server.reset();
    qInfo("report: %d messages and commands in other states than signed in, no effect of any",
          m_asked);
}

std::unique_ptr<WireClient> TestSessionStates::enrolled(const QString &user)
{
    auto client = std::make_unique<WireClient>(m_server->port());
    const bool in = client->signIn(user, statePassword, enrolmentCode(*m_server, user));
    return in ? std::move(client) : nullptr;
}

QStringList TestSessionStates::answersTo(WireClient &client)
{
    QStringList answers;
    client.socket->flush();
    while (const auto message = client.receive())
        answers.append(reasonOf(*message));
    return answers;
}

// All that a message could change: how much of everything there is, and the last number of each
// device. The audit trail and the counter of its head tell of the refusals themselves.
QString TestSessionStates::stored() const
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    const auto database = Database::open(m_server->data() + u"/keydesk.db"_s, options);
    if (!database)
        return u"unreadable"_s;
    QStringList counts;
    QStringList names;
    Query tables = (*database)->query("SELECT name FROM sqlite_master WHERE type='table' AND name "
                                      "<> 'audit' AND name NOT LIKE 'sqlite%' AND name NOT LIKE "
                                      "'search%' ORDER BY name");
    while (tables.next())
        names.append(tables.text(0));
    for (const QString &name : std::as_const(names)) {
        Query rows = (*database)->query("SELECT count(*) FROM " + name.toLatin1());
        counts.append(name + u' ' + (rows.next() ? rows.text(0) : u"?"_s));
    }
    Query numbers = (*database)->query("SELECT sum(last_n), (SELECT max(seq) FROM oplog) FROM "
                                       "device");
    if (numbers.next())
        counts.append(u"numbers %1 %2"_s.arg(numbers.integer(0)).arg(numbers.integer(1)));
    return counts.join(u", "_s);
}

void TestSessionStates::whoHasNotSignedInGetsOneAnswer_data()
{
    QTest::addColumn<bool>("greeted");
    QTest::newRow("before the greeting") << false;
    QTest::newRow("after the greeting") << true;
}

void TestSessionStates::whoHasNotSignedInGetsOneAnswer()
{
    QFETCH(bool, greeted);
    const QString before = stored();
    const auto client = enrolled(u"fine"_s);
    QVERIFY(client);
    const QString enrolledBefore = stored();
    QVERIFY(before != enrolledBefore); // or stored() says nothing
    std::vector<Message> messages = everyMessage(client->welcome.epoch);
    for (const Message &command : everyCommand())
        messages.push_back(command);
    for (const Message &message : messages) {
        QVERIFY(client->connect());
        QVERIFY(!greeted || client->greet());
        client->send(message);
        client->send(captureCommand(1)); // nothing follows the answer, whatever comes
        const QStringList answers = answersTo(*client);
        ++m_asked;
        // Who proves something is answered, unless he does not wait for it.
        if (greeted
            && (std::holds_alternative<Enrol>(message) || std::holds_alternative<Auth>(message))) {
            QVERIFY2(answers.size() == 1, qPrintable(answers.join(u", "_s)));
            continue;
        }
        QStringList wanted{u"protocol.malformed"_s};
        if (std::holds_alternative<Bye>(message))
            wanted.clear();
        else if (!greeted && std::holds_alternative<Hello>(message))
            wanted.prepend(nameOf(Challenge())); // and the command is out of turn
        QVERIFY2(answers == wanted, qPrintable(nameOf(message) + u": "_s + answers.join(u", "_s)));
    }
    QCOMPARE(stored(), enrolledBefore);
}

void TestSessionStates::whoMayNotSignInGetsOneAnswer_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("refusal");
    QTest::newRow("the session was revoked") << u"reset"_s << u"login.session_ended"_s;
    QTest::newRow("the login is disabled") << u"disabled"_s << u"forbidden.disabled"_s;
    QTest::newRow("the PC was wiped") << u"wiped"_s << u"device.wiped"_s;
    QTest::newRow("the session is too old") << u"idle"_s << u"login.session_ended"_s;
}

void TestSessionStates::whoMayNotSignInGetsOneAnswer()
{
    QFETCH(QString, user);
    QFETCH(QString, refusal);
    const auto client = enrolled(user);
    QVERIFY(client);
    if (user == u"reset") {
        QVERIFY(administer(
            {u"user"_s, u"reset"_s, user, u"--password-file"_s, m_server->passwordFile()}));
    } else if (user == u"disabled") {
        QVERIFY(administer({u"user"_s, u"disable"_s, user}));
    } else if (user == u"wiped") {
        QVERIFY(administer({u"device"_s, u"wipe"_s, client->device}));
        QVERIFY(client->receive<Wipe>());
        client->send(WipeDone());
        QCOMPARE(answersTo(*client), QStringList());
        QTRY_VERIFY(m_server->run({u"device"_s, u"list"_s, user}).out.contains("wiped"));
    } else {
        m_faults.shiftClock(13 * hour);
    }
    const QString tokenId = client->welcome.tokenId;
    const QByteArray secret = client->welcome.tokenSecret;
    const QString before = stored();
    std::vector<std::vector<Message>> rounds{everyCommand()};
    for (const Message &message : everyMessage(client->welcome.epoch))
        rounds.push_back({message});
    for (const auto &messages : rounds) {
        QVERIFY(client->connect() && client->greet());
        client->prove({}, {}, tokenId, secret);
        for (const Message &message : messages)
            client->send(message);
        m_asked += int(messages.size());
        // What comes before the answer to the proof is out of turn; the proof opens nothing either.
        const QStringList answers = answersTo(*client);
        const bool refused = answers == QStringList{refusal}
            || answers == QStringList{u"protocol.malformed"_s};
        const bool left = std::holds_alternative<Bye>(messages.front()) && answers.isEmpty();
        QVERIFY2(refused || left,
                 qPrintable(nameOf(messages.front()) + u": "_s + answers.join(u", "_s)));
    }
    QVERIFY(client->connect() && client->greet());
    client->prove({}, {}, tokenId, secret);
    const auto answer = client->receive();
    QVERIFY(answer);
    QCOMPARE(reasonOf(*answer), refusal);
    for (const auto &messages : rounds) {
        for (const Message &message : messages)
            client->send(message);
        m_asked += int(messages.size());
    }
    QCOMPARE(answersTo(*client), QStringList());
    m_faults.shiftClock(0);
    QCOMPARE(stored(), before);
}

void TestSessionStates::liveSessionThatEndedTakesNothingMore_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("the password is reset")
        << QStringList{u"user"_s, u"reset"_s, u"live"_s, u"--password-file"_s,
                       m_server->passwordFile()};
    QTest::newRow("the login is disabled") << QStringList{u"user"_s, u"disable"_s, u"live"_s};
}

void TestSessionStates::liveSessionThatEndedTakesNothingMore()
{
    QFETCH(QStringList, words);
    const auto client = enrolled(u"live"_s);
    QVERIFY(client);
    client->send(ReplicaFile::columnsOf(makeCatalog()));
    QVERIFY(administer(words));
    const auto bye = client->receive<Bye>();
    QVERIFY(bye);
    QCOMPARE(bye->reason, u"login.session_ended"_s);
    const QString before = stored();
    std::vector<Message> messages = everyCommand();
    for (const Message &message : everyMessage(client->welcome.epoch))
        messages.push_back(message);
    for (const Message &message : messages)
        client->send(message);
    m_asked += int(messages.size());
    QCOMPARE(answersTo(*client), QStringList());
    QCOMPARE(stored(), before);
}

void TestSessionStates::everyCommandOfWhoIsSignedInGetsOneAnswer()
{
    const auto client = enrolled(u"fine"_s);
    QVERIFY(client);
    const auto commands = everyCommand();
    for (const Message &command : commands)
        client->send(command);
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const auto result = client->receive<CmdResult>();
        QVERIFY(result);
        QCOMPARE(result->n, qint64(i) + 1);
        QVERIFY(result->status == CmdResult::Applied || result->status == CmdResult::Rejected);
        QVERIFY(i > 0 || result->status == CmdResult::Applied);
    }
    client->send(Ping());
    for (auto next = client->receive(); next; next = client->receive()) {
        QVERIFY(!std::holds_alternative<CmdResult>(*next));
        if (std::holds_alternative<Pong>(*next))
            break;
    }
    qInfo("report: %zu commands of one who is signed in, one answer each", commands.size());
}

QTEST_GUILESS_MAIN(TestSessionStates)
#include "tst_session_states.moc"
