#include "sync/sync_session.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcPush, "keydesk.sync.push", QtInfoMsg)

// The way up: what is queued goes out, and its verdicts come in.

namespace keydesk {

namespace {

// sync.md: "Messages".
constexpr std::size_t maxInFlight = 64;
constexpr qsizetype maxBytesInFlight = 256 * 1024;
constexpr std::size_t together = maxInFlight / 2; // stored and sent in one commit each

} // namespace

void SyncSession::wake(Instant now)
{
    refreshCounts();
    if (m_status.state != SyncStatus::Live && m_status.state != SyncStatus::Loading)
        return;
    push(now);
    pull(now);
}

void SyncSession::check(Instant now)
{
    m_wantPull = true;
    wake(now);
}

void SyncSession::push(Instant now)
{
    if (now < m_retryAt)
        return;
    qsizetype bytes = 0;
    for (const auto &[n, size] : m_inFlight)
        bytes += size;
    if (m_inFlight.size() >= maxInFlight)
        return;
    std::vector<Cmd> ready;
    std::vector<qint64> localNos;
    // What is under way stands first, so twice as many hold all that may go now.
    for (const Outbox::Entry &entry : m_outbox.unanswered(2 * int(maxInFlight))) {
        if (entry.n > 0 && m_inFlight.contains(entry.n))
            continue;
        const QByteArray args = entry.call.arguments.toCbor();
        if (m_inFlight.size() + ready.size() >= maxInFlight
            || bytes + args.size() > maxBytesInFlight)
            break;
        bytes += args.size();
        localNos.push_back(entry.localNo);
        ready.push_back({0, entry.call.id, entry.call.type, entry.call.version, args, now});
    }
    const auto numbers = m_outbox.number(localNos);
    if (!numbers || ready.empty())
        return;
    if (m_inFlight.empty())
        m_verdictMoved = now;
    for (std::size_t i = 0; i < ready.size(); ++i) {
        ready[i].n = (*numbers)[i];
        m_inFlight[ready[i].n] = ready[i].args.size();
        m_lastSent = now;
        send(ready[i]);
    }
}

void SyncSession::handle(const CmdResult &result, Instant now)
{
    m_verdictMoved = now;
    m_verdictCame = true;
    switch (result.status) {
    case CmdResult::Applied:
    case CmdResult::Stale:
        m_applied.push_back(result.n); // stays in flight until it is stored
        m_status.head = std::max(m_status.head, result.seq);
        m_wantPull = true;
        return;
    case CmdResult::Rejected: {
        if (!storeVerdicts(now))
            return;
        m_inFlight.erase(result.n);
        const auto localNo = m_outbox.localNoOf(result.n);
        if (!stored(m_replica.settleRejected(result.n, result.reason, result.args, serverNow(now))))
            return;
        if (localNo && commandRejected)
            commandRejected(*localNo);
        return;
    }
    case CmdResult::Gap:
        // The server misses an earlier one: it is still in the queue and goes first.
        if (storeVerdicts(now))
            m_inFlight.clear();
        return;
    default:
        m_inFlight.erase(result.n);
        m_retryAt = now + second + qint64(m_random.bounded(9000));
        return;
    }
}

bool SyncSession::stored(const Result<> &verdict)
{
    if (!verdict) {
        qCWarning(lcPush) << "verdict not stored:" << verdict.error().detail;
        m_port.close();
    }
    return bool(verdict);
}

bool SyncSession::storeVerdicts(Instant now)
{
    const auto applied = std::exchange(m_applied, {});
    if (!stored(m_replica.settleApplied(applied, serverNow(now))))
        return false;
    for (const qint64 n : applied)
        m_inFlight.erase(n);
    return true;
}

// While many are under way, half a window of verdicts is stored in one commit, and then as many
// commands are sent, numbered in one more.
bool SyncSession::awaitsMoreVerdicts() const
{
    return m_applied.size() < together && m_applied.size() < m_inFlight.size();
}

void SyncSession::rest(Instant now)
{
    if (!awaitsMoreVerdicts())
        return settleTurn(now);
    startPause(now);
    pull(now);
}

void SyncSession::settleTurn(Instant now)
{
    if (m_status.state != SyncStatus::Live && m_status.state != SyncStatus::Loading)
        return;
    startPause(now);
    if (!storeVerdicts(now))
        return;
    if (std::exchange(m_verdictCame, false))
        refreshCounts();
    push(now);
    pull(now);
    finishHandOver();
    if (isSettled() && settled)
        settled();
}

} // namespace keydesk
