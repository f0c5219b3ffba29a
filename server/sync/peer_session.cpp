#include "sync/peer_session.h"

#include "base/fault.h"
#include "protocol/known_buckets.h"
#include "protocol/protocol_range.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcPeer, "keydesk.server.peer", QtInfoMsg)

namespace keydesk {

namespace {

// sync.md, "Messages" and "Back-pressure"; pokes come closer together than it says, because what
// many share is told in turn (News).
constexpr int maxCommandsInFlight = 64;
constexpr qsizetype maxCommandBytesInFlight = 256 * 1024;
constexpr int maxQueriesInFlight = 4;
constexpr qint64 pokeInterval = 25; // ms between two to one peer

} // namespace

PeerSession::PeerSession(PeerBackend &backend, PeerPort &port)
    : m_backend(backend)
    , m_port(&port)
{
}

void PeerSession::send(const Message &message)
{
    if (m_port)
        m_port->send(encodeMessage(message));
}

void PeerSession::violate(const QString &why)
{
    if (m_state == State::Closed)
        return;
    qCInfo(lcPeer) << "closing device" << m_device << ":" << why;
    send(Bye{QStringLiteral("protocol.malformed"), {why}});
    m_state = State::Closed;
    if (m_port)
        m_port->close();
}

void PeerSession::refuse(const Error &error)
{
    send(Refused{error.key(), error.args, 0});
    m_state = State::Closed;
    if (m_port)
        m_port->close();
}

void PeerSession::dismiss(const QString &reason)
{
    if (m_state == State::Closed)
        return;
    send(Bye{reason, {}});
    m_state = State::Closed;
    if (m_port)
        m_port->close();
}

void PeerSession::receive(const QByteArray &payload)
{
    if (m_state == State::Closed)
        return;
    auto message = decodeMessage(payload);
    if (!message)
        return violate(message.error().args.value(0));
    std::visit([this](auto &&body) { handle(std::forward<decltype(body)>(body)); },
               std::move(*message));
}

void PeerSession::handle(const Hello &hello)
{
    if (m_state != State::Greeting)
        return violate(QStringLiteral("Hello out of turn"));
    const auto protocol = commonProtocol(ownProtocols, {hello.protocolMin, hello.protocolMax});
    if (!protocol)
        return refuse(Error("protocol.version"_reason));
    m_hello = hello;
    m_device = hello.deviceId;
    Challenge challenge = m_backend.challenge();
    challenge.protocol = *protocol;
    m_nonce = challenge.nonce;
    m_state = State::Challenged;
    send(challenge);
}

void PeerSession::handle(const Enrol &enrol)
{
    if (m_state != State::Challenged || m_enrolled)
        return violate(QStringLiteral("Enrol out of turn"));
    m_enrolled = true;
    m_state = State::LoggingIn;
    m_backend.enrol(enrol, [self = weak_from_this()](const Result<Enrolled> &answer) {
        const auto session = self.lock();
        if (!session || session->m_state != State::LoggingIn)
            return;
        if (!answer)
            return session->refuse(answer.error());
        session->m_state = State::Challenged;
        session->m_hello.deviceId = session->m_device = answer->deviceId;
        session->send(*answer);
    });
}

void PeerSession::handle(const Auth &auth)
{
    if (m_state != State::Challenged)
        return violate(QStringLiteral("Auth out of turn"));
    m_state = State::LoggingIn;
    m_backend.login(m_hello, auth, m_nonce, [self = weak_from_this()](const LoginOutcome &outcome) {
        if (const auto session = self.lock())
            session->finishLogin(outcome);
    });
}

void PeerSession::finishLogin(const LoginOutcome &outcome)
{
    if (m_state != State::LoggingIn)
        return;
    if (outcome.refused) {
        send(*outcome.refused);
        m_state = State::Closed;
        if (m_port)
            m_port->close();
        return;
    }
    m_user = outcome.welcome.userId;
    m_state = State::Live;
    m_head = outcome.welcome.head;
    if (m_port)
        m_port->loggedIn();
    // Told first, so that nothing is shown in between.
    if (outcome.wipe)
        askToWipe();
    send(outcome.welcome);
}

void PeerSession::askToWipe()
{
    if (m_state != State::Live)
        return;
    m_wiping = true;
    send(Wipe{});
}

void PeerSession::handle(const WipeDone &)
{
    if (m_state != State::Live || !m_wiping)
        return violate(QStringLiteral("WipeDone unasked"));
    m_backend.noteWiped(m_device, m_user);
    m_state = State::Closed;
    if (m_port)
        m_port->close();
}

void PeerSession::handle(const Columns &columns)
{
    if (m_state != State::Live)
        return violate(QStringLiteral("Columns before login"));
    m_projection = std::make_shared<const Projection>(m_backend.catalog(), columns);
}

void PeerSession::handle(const Cmd &command)
{
    if (m_state != State::Live)
        return violate(QStringLiteral("Cmd before login"));
    const qsizetype size = command.args.size();
    if (++m_commandsInFlight > maxCommandsInFlight
        || (m_commandBytesInFlight += size) > maxCommandBytesInFlight)
        return violate(QStringLiteral("too many commands in flight"));
    m_backend.submit({m_device, RecordId(m_user)}, command,
                     [self = weak_from_this(), size](const CmdResult &result) {
                         const auto session = self.lock();
                         if (!session || session->m_state != State::Live)
                             return;
                         --session->m_commandsInFlight;
                         session->m_commandBytesInFlight -= size;
                         session->send(result);
                     });
}

void PeerSession::handle(Pull pull)
{
    if (m_state != State::Live || !m_projection)
        return violate(QStringLiteral("Pull before login and Columns"));
    if (m_wiping)
        return; // it holds enough
    if (m_pulling)
        return violate(QStringLiteral("a second Pull before the page"));
    if (pull.knownOmitted) {
        if (pull.knownHash != m_knownHash) {
            Page page;
            page.needKnown = true;
            page.request = pull.request;
            return send(page);
        }
        pull.known = m_known;
    } else {
        m_known = pull.known;
        m_knownHash = hashOfKnown(m_known);
    }
    m_buckets.clear();
    for (const KnownBucket &bucket : m_known)
        m_buckets.insert(bucket.bucket);
    m_pulling = true;
    m_changedMeanwhile.clear();
    m_backend.pull(m_user, m_device, m_projection, pull,
                   [self = weak_from_this(), request = pull.request](Result<Page> page) {
                       if (const auto session = self.lock())
                           session->finishPull(std::move(page), request);
                   });
}

void PeerSession::finishPull(Result<Page> page, qint64 request)
{
    if (m_state != State::Live)
        return;
    m_pulling = false;
    if (m_wiping)
        return;
    if (!page)
        return dismiss(page.error().key());
    page->request = request;
    if (page->done) {
        // Buckets that came complete with the last page are in no request yet.
        for (const BucketSum &sum : page->sums) {
            if (m_buckets.contains(sum.bucket))
                continue;
            m_buckets.insert(sum.bucket);
            if (m_changedMeanwhile.contains(sum.bucket)) {
                m_pokeDue = true;
                m_newsHead = m_head; // or before it
            }
        }
        if (page->head >= m_newsHead || fault::planted(fault::NewsTakenForTold))
            m_pokeDue = m_turnDue = false; // he has it
    }
    send(*page);
    // What he waited for is distance enough.
    if (page->done && m_pokeDue)
        sendPoke();
}

void PeerSession::sendPoke()
{
    m_pokeDue = m_turnDue = false;
    send(Poke{m_head});
}

void PeerSession::handle(const OnlineQuery &query)
{
    if (m_state != State::Live || !m_projection)
        return violate(QStringLiteral("Query before login and Columns"));
    if (m_wiping)
        return;
    if (m_queriesInFlight >= maxQueriesInFlight)
        return send(
            OnlineReply{query.request, QStringLiteral("server.busy"), {}, query.entity, {}});
    ++m_queriesInFlight;
    m_backend.query(m_user, m_projection, query,
                    [self = weak_from_this()](const OnlineReply &reply) {
                        const auto session = self.lock();
                        if (!session || session->m_state != State::Live)
                            return;
                        --session->m_queriesInFlight;
                        session->send(reply);
                    });
}

void PeerSession::handle(const Ping &)
{
    if (m_state != State::Live)
        return violate(QStringLiteral("Ping before login"));
    send(Pong{m_backend.challenge().serverTime});
}

void PeerSession::handle(const Bye &)
{
    m_state = State::Closed;
    if (m_port)
        m_port->close();
}

bool PeerSession::holdsAny(const QSet<QString> &buckets) const
{
    return m_buckets.intersects(buckets);
}

bool PeerSession::noteCommit(const Authority::Committed &committed)
{
    if (!hears())
        return false;
    m_head = std::max(m_head, committed.head);
    if (m_pulling)
        m_changedMeanwhile.unite(committed.buckets);
    const bool concerns = committed.users.contains(m_user) || holdsAny(committed.buckets);
    if (concerns)
        m_newsHead = std::max(m_newsHead, committed.head);
    return concerns;
}

void PeerSession::poke(qint64 head, Instant now)
{
    if (!hears())
        return;
    m_head = std::max(m_head, head);
    m_newsHead = std::max(m_newsHead, head);
    m_pokeDue = true;
    tick(now);
}

bool PeerSession::awaitTurn()
{
    m_turnDue = true;
    return !std::exchange(m_inLine, true);
}

bool PeerSession::takeTurn(Instant now)
{
    m_inLine = false;
    if (!m_turnDue || !hears())
        return false;
    m_pokeDue = true;
    tick(now);
    return true;
}

void PeerSession::tick(Instant now)
{
    // Who waits for a page asks again by himself as long as it does not bring him up to date, and
    // is told of what came after it was read when he has it.
    if (!m_pokeDue || m_pulling || !hears())
        return;
    const qint64 distance = now - m_lastPoke; // below 0 where the clock was put back
    if (distance >= 0 && distance < pokeInterval)
        return;
    m_lastPoke = now;
    sendPoke();
}

} // namespace keydesk
