// The worker's line to the server and its time: connecting, waiting, ticking, announcing.

#include "sync/sync_worker.h"

#include "sync/tls_link.h"

#include <QLoggingCategory>
#include <QNetworkInformation>
#include <QRandomGenerator>

Q_LOGGING_CATEGORY(lcLine, "keydesk.sync.line", QtInfoMsg)

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 noteTimeEvery = minute;
constexpr int scrubAtOnce = 200; // rows: about a millisecond
constexpr qint64 longestWait = 10 * second; // sync.md, "Guards"

const SystemClock &systemClock()
{
    static const SystemClock clock;
    return clock;
}

} // namespace

// The PC's clock when the program started and what has passed since: it never jumps.
Instant SyncWorker::now() const
{
    return m_started + m_elapsed.elapsed();
}

// ---- Connection

void SyncWorker::connectNow()
{
    m_reconnect.stop();
    if (!m_mayConnect || !m_linkEnabled || m_link)
        return;
    m_refusal.reset();
    m_link = m_options.makeLink
        ? m_options.makeLink(m_options.server, m_options.pin)
        : std::make_unique<TlsLink>(m_options.server, m_options.pin, systemClock());
    connect(m_link.get(), &Link::opened, this, &SyncWorker::linkOpened);
    connect(m_link.get(), &Link::closed, this, &SyncWorker::linkClosed);
    connect(m_link.get(), &Link::drained, this, &SyncWorker::flushUnsent);
    connect(m_link.get(), &Link::frameReceived, this,
            [this](const QByteArray &payload) { receive(payload); });
    announceStatus();
    m_link->open();
}

// Frames that were read together come one after the other, before the event that is posted here.
void SyncWorker::receive(const QByteArray &payload)
{
    m_session->receive(payload, now());
    if (std::exchange(m_restPosted, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_restPosted = false;
            if (m_session) // not after a wipe
                m_session->rest(now());
        },
        Qt::QueuedConnection);
}

void SyncWorker::linkOpened()
{
    m_connected = true;
    m_timeNoted = {};
    m_session->connected(m_link->serverCertificateHash(), now());
}

void SyncWorker::linkClosed(const Error &error)
{
    if (!m_link)
        return;
    m_link->disconnect(this);
    m_link.release()->deleteLater(); // this may run inside one of its signals
    m_unsent.clear();
    if (std::exchange(m_connected, false))
        m_session->disconnected();
    if (std::exchange(m_returnAtOnce, false))
        return connectNow();
    // What the server said tells more than that the line is down.
    Q_EMIT connectionFailed(m_refusal.value_or(error));
    const bool wiping = !m_outbox->identity(u"wiping"_s).isEmpty(); // goes on until handed over
    if (!m_admitted && m_mayConnect && !wiping) {
        // Nobody is in yet: the sign-in page answers instead of trying for ever.
        m_mayConnect = false;
        // Out of reach is no reason to one whose password does not hold here either.
        Q_EMIT refused(error.code() == ErrorCode::Offline ? m_notAdmitted.value_or(error) : error,
                       true);
    }
    scheduleReconnect();
    announceStatus();
}

void SyncWorker::scheduleReconnect()
{
    if (!m_mayConnect || !m_linkEnabled)
        return;
    // Full jitter, so that a thousand desktops do not return in one second.
    const qint64 most = std::min(longestWait, second << std::min(m_failures, 4));
    ++m_failures;
    const qint64 wait = m_retryAfter > 0
        ? std::min(m_retryAfter, minute) + QRandomGenerator::global()->bounded(qint64(second))
        : QRandomGenerator::global()->bounded(most) + second / 4;
    m_retryAfter = 0;
    m_reconnect.start(int(wait));
}

void SyncWorker::reconnectNow()
{
    if (m_session && m_session->isLive())
        m_session->check(now());
    else if (m_mayConnect && !m_link)
        connectNow();
}

void SyncWorker::setLinkEnabled(bool enabled)
{
    m_linkEnabled = enabled;
    if (enabled) {
        m_failures = 0;
        connectNow();
        return;
    }
    m_reconnect.stop();
    if (m_link) {
        m_link->close();
        linkClosed(Error("offline"_reason, {}, u"switched off"_s));
    }
}

void SyncWorker::send(const QByteArray &payload)
{
    if (!m_link)
        return;
    if (m_unsent.empty()) {
        const auto sent = m_link->send(payload);
        if (sent || sent.error().code() != ErrorCode::Busy)
            return; // a link that is down says so by closed()
    }
    m_unsent.push_back(payload);
}

void SyncWorker::flushUnsent()
{
    while (m_link && !m_unsent.empty() && m_link->send(m_unsent.front()))
        m_unsent.pop_front();
}

// Called from within the session, which must not be told before it has returned.
void SyncWorker::close()
{
    if (!m_link)
        return;
    m_link->close();
    QMetaObject::invokeMethod(
        this,
        [this, link = m_link.get()] {
            if (link == m_link.get())
                linkClosed(Error("offline"_reason, {}, u"ended by this side"_s));
        },
        Qt::QueuedConnection);
}

// ---- Time and news

void SyncWorker::tick()
{
    m_session->tick(now());
    checkSettled();
    guardReplica();
    scrub();
    if (!m_admitted || m_session->isLive())
        return;
    if (auto lease = m_pass->checkLease(systemClock().now());
        !lease && lease.error().key() == u"login.lease_ended") {
        m_admitted = false;
        Q_EMIT refused(lease.error(), true);
    }
}

// A file found damaged is loaded anew, at most once a minute; one whose lease ended a week ago goes
// (sync.md, G9).
void SyncWorker::guardReplica()
{
    if (m_steadyNoted.isNull())
        m_steadyNoted = now();
    if (now() - m_steadyNoted >= noteTimeEvery) {
        if (auto counted = m_pass->countSteadyTime(now() - m_steadyNoted); !counted)
            qCWarning(lcLine) << "time not counted:" << counted.error().key();
        m_steadyNoted = now();
    }
    const bool holdsSomething = m_replica->isReadable() || m_replica->progress().loading;
    const bool forfeit = !m_admitted && holdsSomething && m_pass->isReplicaForfeit();
    const bool damaged = m_replica->isDamaged()
        && (m_replaced.isNull() || now() - m_replaced >= minute);
    if (!forfeit && !damaged)
        return;
    qCWarning(lcLine) << (damaged ? "the replica is damaged: loading it anew"
                                  : "the lease ended a week ago: the replica is removed");
    m_replaced = now();
    if (auto done = replaceReplica(); !done)
        qCCritical(lcLine) << "the replica could not be replaced:" << done.error().key();
}

// Some rows at each idle tick, so that a row damaged on the disk is found before somebody works
// with it (sync.md, "Sums").
void SyncWorker::scrub()
{
    if (!m_admitted || !m_session->isSettled())
        return;
    if (m_replica->scrub(scrubAtOnce, now()) > 0)
        m_session->check(now());
}

// Only what the server has just said: a clock that stood still while the PC slept would stretch the
// lease by every night.
void SyncWorker::noteTime(Instant serverTime)
{
    if (!m_timeNoted.isNull() && now() - m_timeNoted < noteTimeEvery)
        return;
    m_timeNoted = m_steadyNoted = now();
    if (auto noted = m_pass->noteServerTime(serverTime, systemClock().now()); !noted)
        qCWarning(lcLine) << "time not noted:" << noted.error().key();
}

void SyncWorker::announceReplica()
{
    if (!m_admitted || !m_replica->isReadable())
        return;
    const QString path = m_shelf->pathOf(m_replica->currentNumber());
    if (path == m_announcedPath)
        return;
    m_announcedPath = path;
    Q_EMIT replicaMoved(path);
}

void SyncWorker::announceStatus()
{
    if (!m_session)
        return;
    SyncStatus status = m_session->status();
    if (status.state == SyncStatus::Offline && m_link)
        status.state = SyncStatus::Connecting;
    if (status == m_announced)
        return;
    m_announced = status;
    Q_EMIT statusChanged(status);
}

void SyncWorker::checkSettled()
{
    if (m_waiting.empty() || !m_session || !m_session->isSettled())
        return;
    announceStatus();
    for (const auto &then : std::exchange(m_waiting, {}))
        then();
}

} // namespace keydesk
