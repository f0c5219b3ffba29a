#include "net/peers.h"

#include "net/peer_link.h"

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 fullHouseRetry = 5 * second;
// 150 a second; more where the line is long (News). At 500 the pulls of 200 desktops held up
// whoever was told at once.
constexpr int turnsAtOnce = 3;

} // namespace

Peers::Peers(const Services &services)
    : m_services(services)
{
}

Peers::~Peers()
{
    Q_ASSERT_X(m_links.isEmpty(), "Peers", "a connection outlives its peers");
}

std::unique_ptr<PeerHandler> Peers::createHandler(Connection &connection)
{
    auto link = std::make_unique<PeerLink>(connection, *this);
    m_links.insert(link.get());
    return link;
}

QByteArray Peers::farewell(const Error &why)
{
    if (why.key() == u"offline")
        return {};
    if (why.code() == ErrorCode::Busy)
        return encodeMessage(Refused{why.key(), why.args, fullHouseRetry});
    return encodeMessage(Bye{why.key(), why.args});
}

void Peers::leave(PeerLink *link)
{
    m_links.remove(link);
    const auto live = m_live.constFind(link->session().device());
    if (live != m_live.cend() && *live == link)
        m_live.erase(live);
    std::erase(m_waiting, link);
    endTransfer(link);
}

void Peers::noteLogin(PeerLink *link, const QString &device)
{
    if (PeerLink *older = m_live.value(device); older && older != link)
        older->session().dismiss(u"login.session_ended"_s);
    m_live.insert(device, link);
}

void Peers::noteCommit(const Authority::Committed &committed)
{
    // A copy: whoever is dismissed leaves the list.
    const QList<PeerLink *> links(m_live.cbegin(), m_live.cend());
    std::vector<std::shared_ptr<PeerSession>> staying;
    staying.reserve(std::size_t(links.size()));
    for (PeerLink *link : links) {
        PeerSession &session = link->session();
        if (committed.ended.contains(session.user()))
            session.dismiss(u"login.session_ended"_s);
        else if (committed.quarantined.contains(session.device()))
            session.dismiss(u"login.device_unknown"_s);
        else if (committed.wiping.contains(session.device()))
            session.askToWipe();
        else
            staying.push_back(session.shared_from_this());
    }
    m_news.note(committed, staying, m_services.clock.now());
}

void Peers::tick()
{
    const Instant now = m_services.clock.now();
    // A copy: whoever reads too slowly leaves the list when something is sent.
    const QList<PeerLink *> links(m_live.cbegin(), m_live.cend());
    for (PeerLink *link : links)
        link->session().tick(now);
    m_news.takeTurns(turnsAtOnce, now);
}

void Peers::dismissAll(const QString &reason)
{
    const QList<PeerLink *> links(m_links.cbegin(), m_links.cend());
    for (PeerLink *link : links)
        link->session().dismiss(reason);
}

void Peers::requestTransfer(PeerLink *link)
{
    if (m_transfers.contains(link)
        || std::find(m_waiting.begin(), m_waiting.end(), link) != m_waiting.end())
        return;
    if (m_transfers.size() >= mostTransfers) {
        m_waiting.push_back(link);
        return;
    }
    m_transfers.insert(link);
    link->beginTransfer();
}

void Peers::endTransfer(PeerLink *link)
{
    if (!m_transfers.remove(link) || m_waiting.empty())
        return;
    PeerLink *next = m_waiting.front();
    m_waiting.pop_front();
    requestTransfer(next);
}

} // namespace keydesk
