#pragma once

#include "protocol/messages.h"
#include "sync/authority.h"
#include "sync/projection.h"

#include <memory>

namespace keydesk {

// The way out of a peer session: the transport of one connection.
class PeerPort
{
public:
    virtual ~PeerPort() = default;
    virtual void send(const QByteArray &payload) = 0;
    /// Sends what is queued, then closes.
    virtual void close() = 0;
    /// Told once the peer is logged in: other limits hold from then on.
    virtual void loggedIn() { }
};

// Who a login turned out to be.
struct LoginOutcome
{
    Welcome welcome;
    std::optional<Refused> refused;
    bool wipe = false; // let in to hand over its queue, then to destroy what it holds
};

// What peer sessions ask of the server. Answers come later, on the session's thread, never from
// within the call; a session that is gone by then is not told.
class PeerBackend
{
public:
    virtual ~PeerBackend() = default;
    /// Fills in server time, epoch and a fresh nonce.
    virtual Challenge challenge() = 0;
    virtual void enrol(const Enrol &request, std::function<void(Result<Enrolled>)> answer) = 0;
    virtual void login(const Hello &hello, const Auth &auth, const QByteArray &nonce,
                       std::function<void(LoginOutcome)> answer) = 0;
    virtual void submit(const Authority::Sender &sender, const Cmd &command,
                        std::function<void(CmdResult)> answer) = 0;
    virtual void pull(const QString &user, const QString &device,
                      std::shared_ptr<const Projection> projection, const Pull &request,
                      std::function<void(Result<Page>)> answer) = 0;
    virtual void query(const QString &user, std::shared_ptr<const Projection> projection,
                       const OnlineQuery &request, std::function<void(OnlineReply)> answer) = 0;
    virtual const Catalog &catalog() const = 0;
    /// The device has destroyed what it held.
    virtual void noteWiped(const QString &device, const QString &user)
    {
        Q_UNUSED(device)
        Q_UNUSED(user)
    }
};

// The server's half of one connection: bytes of frames in, frames out, no socket, no clock. Knows
// who is there from the login and trusts nothing else the peer says.
class PeerSession : public std::enable_shared_from_this<PeerSession>
{
public:
    PeerSession(PeerBackend &backend, PeerPort &port);

    void receive(const QByteArray &payload);
    /// A group was committed: whether that concerns the peer. Remembered for the buckets that are
    /// on their way to him in a page right now.
    bool noteCommit(const Authority::Committed &committed);
    /// Something was committed that concerns this peer; `now` spaces the pokes out.
    void poke(qint64 head, Instant now);
    /// The same, but he is to hear of it when takeTurn() comes, or before by another poke. False
    /// when he waits for his turn already.
    bool awaitTurn();
    /// Pokes who still has something to hear of; false when there is nothing any more.
    bool takeTurn(Instant now);
    void tick(Instant now);
    /// The transport is gone: answers under way are dropped.
    void detach() { m_port = nullptr; }
    /// The device is to hand over its queue and destroy what it holds; it gets no more rows.
    void askToWipe();
    /// Ends the connection with a reason: session revoked, server stopping.
    void dismiss(const QString &reason);

    bool isLoggedIn() const { return m_state == State::Live; }
    const QString &user() const { return m_user; }
    const QString &device() const { return m_device; }
    /// True if something in one of the buckets concerns this peer.
    bool holdsAny(const QSet<QString> &buckets) const;
    /// The buckets this peer holds.
    const QSet<QString> &buckets() const { return m_buckets; }

private:
    enum class State { Greeting, Challenged, LoggingIn, Live, Closed };

    bool hears() const { return m_state == State::Live && m_port && !m_wiping; }

    void handle(const Hello &hello);
    void handle(const Enrol &enrol);
    void handle(const Auth &auth);
    void handle(const Columns &columns);
    void handle(const Cmd &command);
    void handle(Pull pull);
    void handle(const OnlineQuery &query);
    void handle(const Ping &);
    void handle(const Bye &);
    void handle(const WipeDone &);
    template <class M>
    void handle(const M &)
    {
        violate(QStringLiteral("a server's message"));
    }
    void finishLogin(const LoginOutcome &outcome);
    void finishPull(Result<Page> page, qint64 request);
    void send(const Message &message);
    void sendPoke();
    void violate(const QString &why);
    void refuse(const Error &error);

    PeerBackend &m_backend;
    PeerPort *m_port;
    State m_state = State::Greeting;
    Hello m_hello;
    QByteArray m_nonce;
    QString m_user;
    QString m_device;
    std::shared_ptr<const Projection> m_projection;
    std::vector<KnownBucket> m_known;
    quint64 m_knownHash = 0;
    QSet<QString> m_buckets;
    bool m_enrolled = false;
    bool m_wiping = false;
    QSet<QString> m_changedMeanwhile; // buckets of commits while a page was being built
    bool m_pulling = false;
    int m_queriesInFlight = 0;
    int m_commandsInFlight = 0;
    qsizetype m_commandBytesInFlight = 0;
    qint64 m_head = 0;
    qint64 m_newsHead = 0; // of the last commit that concerned him
    bool m_pokeDue = false;
    bool m_turnDue = false;
    bool m_inLine = false; // for a turn, which may find nothing due
    Instant m_lastPoke;
};

} // namespace keydesk
