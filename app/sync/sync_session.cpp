#include "sync/sync_session.h"

#include "protocol/auth_transcript.h"
#include "protocol/known_buckets.h"
#include "protocol/protocol_range.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcSession, "keydesk.sync.session", QtInfoMsg)

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// sync.md: "Messages", "Guards".
constexpr qint64 pingAfter = 20 * second;
constexpr qint64 deadAfter = 45 * second;
constexpr qint64 answerDeadline = 60 * second;
constexpr qint64 verifyEvery = hour;
constexpr qint64 reloadEvery = hour; // of one bucket whose sum did not agree

} // namespace

SyncSession::SyncSession(Replica &replica, Outbox &outbox, const DeviceSigner &signer,
                         SessionPort &port, quint64 seed)
    : m_replica(replica)
    , m_outbox(outbox)
    , m_signer(signer)
    , m_port(port)
    , m_random(quint32(seed ^ (seed >> 32)))
{
    refreshCounts();
}

void SyncSession::setLogin(Login login)
{
    m_login = std::move(login);
    m_enrolAnew = false;
}

void SyncSession::send(const Message &message)
{
    m_port.send(encodeMessage(message));
}

void SyncSession::setState(SyncStatus::State state)
{
    m_status.state = state;
    refreshCounts();
}

void SyncSession::refreshCounts()
{
    m_status.queued = m_outbox.pendingCount();
    m_status.rejected = m_outbox.rejectedCount();
    m_status.cursor = m_replica.cursor();
    m_status.progress = m_replica.progress();
    if (statusChanged)
        statusChanged();
}

bool SyncSession::isSettled() const
{
    return isLive() && m_status.queued == 0 && m_inFlight.empty() && !m_pulling && !m_wantPull
        && m_replica.isReadable() && m_replica.cursor() >= m_status.head;
}

void SyncSession::alarm(const QString &reason)
{
    qCWarning(lcSession) << "needs a person:" << reason;
    m_status.alarm = reason;
    refreshCounts();
}

// ---- Connection

void SyncSession::connected(const QByteArray &certificateHash, Instant now)
{
    m_certificateHash = certificateHash;
    m_lastHeard = m_lastSent = now;
    setState(SyncStatus::SigningIn);
    const qint64 boot = m_outbox.identity(u"boot_counter"_s).toLongLong() + 1;
    if (auto stored = m_outbox.setIdentity(u"boot_counter"_s, QString::number(boot)); !stored) {
        m_port.close();
        return;
    }
    Hello hello;
    hello.protocolMin = ownProtocols.oldest;
    hello.protocolMax = ownProtocols.newest;
    hello.appVersion = m_login.appVersion;
    m_enrolling = false;
    if (!m_enrolAnew) {
        hello.deviceId = m_outbox.identity(u"device_id"_s);
        hello.lastAckedN = m_outbox.lastAckedN();
    }
    hello.bootCounter = boot;
    hello.epoch = m_replica.epoch();
    hello.cursor = m_replica.cursor();
    send(hello);
}

void SyncSession::disconnected()
{
    m_inFlight.clear();
    m_applied.clear();
    m_pulling = false;
    m_wiping = false;
    m_wantPull = false;
    m_sentKnownHash = 0;
    m_replica.abandonRound();
    giveUpQuestions();
    setState(SyncStatus::Offline);
}

void SyncSession::giveUpQuestions()
{
    auto questions = std::exchange(m_questions, {});
    for (const auto &[request, answer] : questions)
        answer(OnlineReply{request, u"offline"_s, {}, {}, {}});
}

void SyncSession::receive(const QByteArray &payload, Instant now)
{
    auto message = decodeMessage(payload);
    if (!message) {
        qCWarning(lcSession) << "unreadable message:" << message.error().args;
        m_port.close();
        return;
    }
    m_lastHeard = now;
    std::visit([&](const auto &body) { handle(body, now); }, *message);
}

void SyncSession::handle(const Challenge &challenge, Instant now)
{
    // A server should have refused; nothing is said to one that speaks otherwise.
    if (!commonProtocol(ownProtocols, {challenge.protocol, challenge.protocol}))
        return handle(Refused{u"protocol.version"_s, {}, 0}, now);
    m_challenge = challenge;
    m_clockOffset = challenge.serverTime - now;
    const bool isUnknown = m_enrolAnew || m_outbox.identity(u"device_id"_s).isEmpty();
    if (!m_login.enrolmentCode.isEmpty() && isUnknown) {
        m_enrolling = true;
        send(Enrol{m_login.enrolmentCode, m_signer.publicKey(), m_login.platform});
        return;
    }
    if (m_login.host && !m_login.password.isEmpty() && isUnknown)
        return enrolBesideHost();
    authenticate();
}

void SyncSession::enrolBesideHost()
{
    Enrol enrol;
    enrol.publicKey = m_signer.publicKey();
    enrol.platform = m_login.platform;
    enrol.user = m_login.user;
    enrol.password = m_login.password;
    enrol.hostDevice = m_login.hostDevice;
    const auto transcript = AuthTranscript::forNewDevice(m_challenge.nonce, m_certificateHash,
                                                         m_login.hostDevice, enrol.publicKey);
    enrol.signature = m_login.host->sign(transcript.nonce, transcript.certificateHash,
                                         transcript.deviceId, transcript.tokenId);
    m_enrolling = true;
    send(enrol);
}

void SyncSession::handle(const Enrolled &enrolled, Instant now)
{
    if (!std::exchange(m_enrolling, false))
        return;
    if (auto stored = m_replica.adoptDevice(enrolled.deviceId, serverNow(now)); !stored) {
        qCWarning(lcSession) << "device not stored:" << stored.error().detail;
        m_port.close();
        return;
    }
    m_enrolAnew = false;
    m_login.enrolmentCode.clear(); // good once
    authenticate();
}

void SyncSession::authenticate()
{
    Auth auth;
    auth.user = m_login.user;
    auth.password = m_login.password;
    if (auth.password.isEmpty()) {
        auth.tokenId = m_outbox.identity(u"token_id"_s);
        auth.tokenSecret = QByteArray::fromBase64(m_outbox.identity(u"token_secret"_s).toLatin1());
    }
    auth.signature = m_signer.sign(m_challenge.nonce, m_certificateHash,
                                   m_outbox.identity(u"device_id"_s), auth.tokenId);
    send(auth);
}

void SyncSession::handle(const Refused &refusal, Instant now)
{
    if (refusal.retryAfterMs > 0)
        m_retryAt = now + refusal.retryAfterMs;
    // Not let in any more, so nothing can be handed over. A PC that was wiped has no key left: who
    // proves to be one is a copy of its disk.
    if (refusal.reason == u"device.wipe" || refusal.reason == u"device.wiped") {
        if (wipeAsked)
            wipeAsked();
        if (handedOver)
            handedOver();
        return;
    }
    if (refusal.reason == u"sync.rollback")
        alarm(refusal.reason);
    // A restored server has forgotten this PC; with a code at hand that is no refusal yet.
    const bool forgotten = refusal.reason == u"login.device_unknown"
        && !m_login.enrolmentCode.isEmpty() && !m_enrolAnew;
    if (forgotten) {
        m_enrolAnew = true;
        if (deviceForgotten)
            deviceForgotten();
    } else if (refused) {
        refused(Error(findReason(refusal.reason), refusal.args), refusal.retryAfterMs);
    }
    m_port.close();
}

void SyncSession::handle(const Welcome &welcome, Instant now)
{
    hearTime(welcome.serverTime, now);
    m_status.head = welcome.head;
    if (m_status.alarm != u"sync.stopped")
        m_status.alarm.clear();
    // A token and its secret in one: a death between them would cost the next sign-in its token.
    std::map<QString, QString> identities{{u"lease_until"_s,
                                           QString::number(welcome.leaseUntil.ms)},
                                          {u"user_id"_s, welcome.userId}};
    if (!welcome.tokenId.isEmpty()) {
        identities[u"token_id"_s] = welcome.tokenId;
        identities[u"token_secret"_s] = QString::fromLatin1(welcome.tokenSecret.toBase64());
    }
    auto stored = m_outbox.setIdentities(identities);
    const QString knownEpoch = m_outbox.identity(u"epoch"_s);
    if (stored && !knownEpoch.isEmpty() && knownEpoch != welcome.epoch)
        stored = m_replica.adoptEpoch(welcome.lastN, serverNow(now));
    if (stored)
        stored = m_outbox.setIdentity(u"epoch"_s, welcome.epoch);
    if (!stored) {
        m_port.close();
        return;
    }
    if (welcomed)
        welcomed(RecordId(welcome.userId), m_outbox.identity(u"device_id"_s));
    send(ReplicaFile::columnsOf(m_replica.catalog()));
    m_replica.verifyEverything();
    m_lastVerify = now;
    m_roundMoved = now;
    setState(m_replica.isReadable() ? SyncStatus::Live : SyncStatus::Loading);
    m_wantPull = true;
    push(now);
    pull(now);
    finishHandOver();
}

void SyncSession::handle(const Bye &bye, Instant)
{
    qCInfo(lcSession) << "the server ended the connection:" << bye.reason;
    if (refused)
        refused(Error(findReason(bye.reason), bye.args), 0);
    m_port.close();
}

void SyncSession::handle(const Wipe &, Instant now)
{
    qCWarning(lcSession) << "the server wants what is here destroyed";
    m_wiping = true;
    m_pulling = false; // that page never comes
    if (wipeAsked)
        wipeAsked();
    if (m_status.state == SyncStatus::SigningIn)
        return; // Welcome follows
    push(now);
    finishHandOver();
}

void SyncSession::finishHandOver()
{
    if (m_wiping && m_outbox.unanswered(1).empty() && handedOver)
        handedOver();
}

void SyncSession::handle(const Pong &pong, Instant now)
{
    hearTime(pong.serverTime, now);
}

void SyncSession::hearTime(Instant serverTime, Instant now)
{
    m_clockOffset = serverTime - now;
    if (timeHeard)
        timeHeard(serverTime);
}

// ---- Pull

void SyncSession::handle(const Poke &poke, Instant now)
{
    m_status.head = std::max(m_status.head, poke.head);
    if (m_replica.cursor() < m_status.head)
        m_wantPull = true;
    pull(now);
}

void SyncSession::pull(Instant now)
{
    if (m_pulling || m_wiping || !m_wantPull || mustPause(now))
        return;
    Pull request = m_replica.nextPull();
    const quint64 hash = hashOfKnown(request.known);
    if (hash == m_sentKnownHash) {
        request.knownOmitted = true;
        request.knownHash = hash;
        request.known.clear();
    } else {
        m_sentKnownHash = hash;
    }
    request.request = ++m_pullRequest;
    m_pulling = true;
    m_roundMoved = now;
    m_wantPull = false;
    m_lastSent = now;
    send(request);
}

void SyncSession::handle(const Page &page, Instant now)
{
    if (!m_pulling || m_wiping || page.request != m_pullRequest)
        return; // the answer to a question nobody asks any more
    m_pulling = false;
    m_roundMoved = now;
    // A checkpoint that holds their effects must find them answered.
    if (!storeVerdicts(now))
        return;
    if (page.needKnown) {
        m_sentKnownHash = 0;
        m_wantPull = true;
        pull(now);
        return;
    }
    m_status.head = std::max(m_status.head, page.head);
    auto taken = m_replica.takePage(page, serverNow(now));
    if (!taken) {
        qCWarning(lcSession) << "page refused:" << taken.error().key() << taken.error().args
                             << taken.error().detail;
        m_port.close();
        return;
    }
    if (!taken->mismatched.isEmpty())
        reloadMismatched(taken->mismatched, now);
    if (taken->roundDone)
        finishRound(now);
    m_wantPull = m_wantPull || !taken->roundDone || m_replica.cursor() < m_status.head;
    setState(m_replica.isReadable() ? SyncStatus::Live : SyncStatus::Loading);
    pull(now);
    if (isSettled() && settled)
        settled();
}

void SyncSession::finishRound(Instant now)
{
    m_status.lastCheckpoint = serverNow(now);
    if (m_status.alarm == u"sync.stopped")
        m_status.alarm.clear();
    m_wasCrowded = m_replica.isCrowded();
}

// A checkpoint replays all that is pending. Much of it takes a while, so `now` of its page is long
// past: the pause counts from the turn after it, else it would be over before anything was sent.
void SyncSession::startPause(Instant now)
{
    if (std::exchange(m_wasCrowded, false))
        m_crowdedUntil = now + Replica::crowdedPause;
}

bool SyncSession::mustPause(Instant now) const
{
    return now < m_stoppedUntil
        || ((m_wasCrowded || now < m_crowdedUntil) && m_replica.isCrowded());
}

// A bucket that was loaded again and still differs stops the pulling, over all connections, until
// it may be tried once more: the last checkpoint stays, the queue goes on.
void SyncSession::reloadMismatched(const QStringList &buckets, Instant now)
{
    for (const QString &bucket : buckets) {
        const auto before = m_reloadedAt.find(bucket);
        if (before != m_reloadedAt.end() && now - before->second < reloadEvery) {
            m_stoppedUntil = before->second + reloadEvery;
            alarm(u"sync.stopped"_s);
            return;
        }
        m_reloadedAt[bucket] = now;
        qCWarning(lcSession) << "sums differ, loading again:" << bucket.section(u':', 0, 0);
    }
    m_replica.abandonRound();
}

// ---- Questions

void SyncSession::ask(OnlineQuery query, std::function<void(const OnlineReply &)> answer)
{
    query.request = m_nextRequest++;
    if (m_status.state != SyncStatus::Live && m_status.state != SyncStatus::Loading) {
        answer(OnlineReply{query.request, u"offline"_s, {}, query.entity, {}});
        return;
    }
    m_questions[query.request] = std::move(answer);
    send(query);
}

void SyncSession::handle(const OnlineReply &reply, Instant)
{
    auto question = m_questions.extract(reply.request);
    if (question)
        question.mapped()(reply);
}

// ---- Time

void SyncSession::tick(Instant now)
{
    if (m_status.state == SyncStatus::Offline)
        return;
    if (now - m_lastHeard > deadAfter || (m_pulling && now - m_roundMoved > answerDeadline)
        || (!m_inFlight.empty() && now - m_verdictMoved > answerDeadline)) {
        qCInfo(lcSession) << "no answer, connecting anew";
        m_port.close();
        return;
    }
    if (m_status.state == SyncStatus::SigningIn)
        return;
    if (now - m_lastVerify > verifyEvery) {
        m_lastVerify = now;
        m_replica.verifyEverything();
        m_wantPull = true;
    }
    if (now - m_lastHeard > pingAfter && now - m_lastSent > pingAfter) {
        m_lastSent = now;
        send(Ping{});
    }
    if (auto done = m_replica.catchUp(serverNow(now)); !done)
        qCWarning(lcSession) << "preview not made anew:" << done.error().detail;
    settleTurn(now);
}

} // namespace keydesk
