#pragma once

#include "sync/peer_session.h"

#include <deque>

namespace keydesk {

// Who hears of a commit, and when. Those for whom it is meant hear at once. What many share, an
// area or the reference data, they hear of in turn: a thousand desktops that ask for the same rows
// at the same moment would hold up the one person it matters to.
class News
{
public:
    /// `few` hold the same at most, where all of them hear at once.
    explicit News(std::size_t few = 25)
        : m_few(few)
    {
    }

    void note(const Authority::Committed &committed,
              const std::vector<std::shared_ptr<PeerSession>> &peers, Instant now);
    /// The turn of the next `most` who still have something to hear of; of more while the line is
    /// so long that its last would wait for more than `patience` such calls.
    void takeTurns(int most, Instant now);
    /// Those in the line, among them some who have nothing to hear of any more.
    std::size_t waiting() const { return m_line.size(); }

    /// Calls of takeTurns() within which whoever joins the line has had his turn. At 20 ms between
    /// two, 1.8 s (reliability.md T14: of what is shared everybody knows within 2 s).
    static constexpr int patience = 90;

private:
    QSet<QString> sharedByFew(const QSet<QString> &buckets,
                              const std::vector<PeerSession *> &holders) const;

    const std::size_t m_few;
    std::deque<std::weak_ptr<PeerSession>> m_line;
    int m_pace = 0; // turns at once that the line needs; of its greatest length since it was empty
};

} // namespace keydesk
