#include "sync/news.h"

#include <algorithm>
#include <tuple>

namespace keydesk {

namespace {

// An import touches thousands: nobody waits for one of them, and telling them apart takes long.
constexpr qsizetype mostBucketsToTellApart = 2048;

} // namespace

void News::note(const Authority::Committed &committed,
                const std::vector<std::shared_ptr<PeerSession>> &peers, Instant now)
{
    std::vector<PeerSession *> concerned;
    for (const auto &peer : peers) {
        if (peer->noteCommit(committed))
            concerned.push_back(peer.get());
    }
    const bool few = concerned.size() <= m_few;
    const bool namesFew = std::size_t(committed.users.size()) <= m_few;
    const QSet<QString> own = few || committed.buckets.size() > mostBucketsToTellApart
        ? QSet<QString>()
        : sharedByFew(committed.buckets, concerned);
    for (PeerSession *peer : concerned) {
        if (few || (namesFew && committed.users.contains(peer->user())) || peer->holdsAny(own))
            peer->poke(committed.head, now);
        else if (peer->awaitTurn())
            m_line.push_back(peer->weak_from_this());
    }
    m_pace = std::max(m_pace, (int(m_line.size()) + patience - 1) / patience);
}

QSet<QString> News::sharedByFew(const QSet<QString> &buckets,
                                const std::vector<PeerSession *> &holders) const
{
    QHash<QString, std::size_t> counts;
    for (const PeerSession *peer : holders) {
        const auto &[smaller, larger] = peer->buckets().size() < buckets.size()
            ? std::tie(peer->buckets(), buckets)
            : std::tie(buckets, peer->buckets());
        for (const QString &bucket : smaller) {
            if (larger.contains(bucket))
                ++counts[bucket];
        }
    }
    QSet<QString> few;
    for (auto count = counts.cbegin(); count != counts.cend(); ++count) {
        if (count.value() <= m_few)
            few.insert(count.key());
    }
    return few;
}

void News::takeTurns(int most, Instant now)
{
    for (int left = std::max(most, m_pace); left > 0 && !m_line.empty();) {
        const auto peer = m_line.front().lock();
        m_line.pop_front();
        if (peer && peer->takeTurn(now))
            --left;
    }
    if (m_line.empty())
        m_pace = 0;
}

} // namespace keydesk
