#pragma once

#include "sync/replica.h"

#include <QRandomGenerator>

namespace keydesk {

// The way out of a session: the transport of the desktop.
class SessionPort
{
public:
    virtual ~SessionPort() = default;
    virtual void send(const QByteArray &payload) = 0;
    /// Ends the connection; SyncSession::disconnected() follows, at once or later.
    virtual void close() = 0;
};

// Signs for the device. The private key stays behind this.
class DeviceSigner
{
public:
    virtual ~DeviceSigner() = default;
    virtual QByteArray publicKey() const = 0;
    /// Signature over the login transcript (protocol/auth_transcript.h).
    virtual QByteArray sign(const QByteArray &nonce, const QByteArray &certificateHash,
                            const QString &deviceId, const QString &tokenId) const = 0;
};

// The desktop's half of a connection: bytes of frames in, frames out, ticks in. Pushes the queue,
// pulls checkpoints, tells the replica of verdicts. No socket, no timer, no clock of its own.
class SyncSession
{
public:
    struct Login
    {
        QString user;
        QString password; // empty: the stored token is used
        QString enrolmentCode; // set: this PC is enrolled first
        QString platform;
        QString appVersion;
        /// Without a code: another device of this PC that vouches for this one, and its name.
        const DeviceSigner *host = nullptr;
        QString hostDevice = {};
    };

    SyncSession(Replica &replica, Outbox &outbox, const DeviceSigner &signer, SessionPort &port,
                quint64 seed);

    /// An enrolment code is used if the server does not know this device, or not any more.
    void setLogin(Login login);
    /// The transport is up; `certificateHash` is the SHA-256 of the server's certificate.
    void connected(const QByteArray &certificateHash, Instant now);
    void disconnected();
    void receive(const QByteArray &payload, Instant now);
    /// What came together has been received: the verdicts in it become durable together, and what
    /// waits is sent; while many are under way, only when half a window has come. Late or never is
    /// safe: the server answers again.
    void rest(Instant now);
    void tick(Instant now);
    /// Something was queued.
    void wake(Instant now);
    /// Asks the server for what is new; once isSettled() again, everything until now is here.
    void check(Instant now);
    /// Asks the server within the own scope; the answer comes once, also when the line drops.
    void ask(OnlineQuery query, std::function<void(const OnlineReply &)> answer);

    const SyncStatus &status() const { return m_status; }
    bool isLive() const { return m_status.state == SyncStatus::Live; }
    /// Nothing queued, nothing to pull: what the server knew at `head` is here.
    bool isSettled() const;
    /// The server's time now, as far as it is known (last server time + what has passed since).
    Instant serverNow(Instant localNow) const { return localNow + m_clockOffset; }
    /// What is known of the server's clock from an earlier run, until it answers.
    void assumeClockOffset(qint64 milliseconds) { m_clockOffset = milliseconds; }

    // Told to the owner; all optional.
    std::function<void()> statusChanged;
    std::function<void(const RecordId &user, const QString &deviceId)> welcomed;
    /// The server does not know this device: the next connection enrols it anew.
    std::function<void()> deviceForgotten;
    /// The server said what time it is.
    std::function<void(Instant serverTime)> timeHeard;
    std::function<void(const Error &, qint64 retryAfterMs)> refused;
    std::function<void(qint64 localNo)> commandRejected;
    std::function<void()> settled;
    /// The server wants what is here destroyed: nothing may be shown or begun any more.
    std::function<void()> wipeAsked;
    /// Nothing is left to hand over: it is to be destroyed now. The session may be gone afterwards,
    /// but not within the call.
    std::function<void()> handedOver;
    bool isWiping() const { return m_wiping; }

private:
    void handle(const Challenge &challenge, Instant now);
    void handle(const Enrolled &enrolled, Instant now);
    void handle(const Welcome &welcome, Instant now);
    void handle(const Refused &refusal, Instant now);
    void handle(const CmdResult &result, Instant now);
    void handle(const Poke &poke, Instant now);
    void handle(const Page &page, Instant now);
    void handle(const OnlineReply &reply, Instant now);
    void handle(const Pong &pong, Instant now);
    void handle(const Bye &bye, Instant now);
    void handle(const Wipe &wipe, Instant now);
    template <class M>
    void handle(const M &, Instant)
    {
        m_port.close();
    }

    void send(const Message &message);
    bool storeVerdicts(Instant now);
    bool stored(const Result<> &verdict);
    void enrolBesideHost();
    void authenticate();
    void hearTime(Instant serverTime, Instant now);
    void push(Instant now);
    void pull(Instant now);
    void reloadMismatched(const QStringList &buckets, Instant now);
    void finishRound(Instant now);
    void startPause(Instant now);
    bool mustPause(Instant now) const;
    bool awaitsMoreVerdicts() const;
    void settleTurn(Instant now);
    void setState(SyncStatus::State state);
    void refreshCounts();
    void giveUpQuestions();
    void finishHandOver();
    void alarm(const QString &reason);

    Replica &m_replica;
    Outbox &m_outbox;
    const DeviceSigner &m_signer;
    SessionPort &m_port;
    QRandomGenerator m_random;
    Login m_login;
    SyncStatus m_status;

    QByteArray m_certificateHash;
    Challenge m_challenge;
    qint64 m_clockOffset = 0;
    bool m_enrolAnew = false; // the server has forgotten the device that is stored
    bool m_enrolling = false;
    bool m_wiping = false;
    std::map<qint64, qsizetype> m_inFlight; // n -> bytes of its arguments
    std::vector<qint64> m_applied; // answered so, and not stored yet
    bool m_verdictCame = false; // since rest()
    bool m_pulling = false;
    bool m_wantPull = false;
    qint64 m_pullRequest = 0;
    quint64 m_sentKnownHash = 0;
    Instant m_lastHeard;
    Instant m_lastSent;
    Instant m_roundMoved; // the page that came last, or the pull under way
    Instant m_verdictMoved; // the verdict that came last, or the first command under way
    Instant m_retryAt;
    Instant m_lastVerify;
    std::map<QString, Instant> m_reloadedAt;
    Instant m_stoppedUntil; // the sums did not agree twice
    Instant m_crowdedUntil; // much was pending at the last checkpoint
    bool m_wasCrowded = false; // at a checkpoint just made: the pause begins when it is over
    qint64 m_nextRequest = 1;
    std::map<qint64, std::function<void(const OnlineReply &)>> m_questions;
};

} // namespace keydesk
