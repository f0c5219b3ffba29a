#pragma once

#include "net/peer_handler.h"
#include "security/gatekeeper.h"
#include "sync/news.h"
#include "sync/page_builders.h"

#include <QHash>

#include <deque>

namespace keydesk {

class PeerLink;

// All connected peers: gives each connection its session, tells sessions what was committed, shows
// out those whose right has ended, and lets only so many load pages at a time. Thread of the
// network only.
class Peers final : public PeerFactory
{
public:
    struct Services
    {
        Gatekeeper &gatekeeper;
        Writer &writer;
        PageBuilders &builders;
        const Catalog &catalog;
        const Clock &clock;
    };
    static constexpr int mostTransfers = 256;

    explicit Peers(const Services &services);
    ~Peers() override;

    std::unique_ptr<PeerHandler> createHandler(Connection &connection) override;
    QByteArray farewell(const Error &why) override;

    void noteCommit(const Authority::Committed &committed);
    /// Sends pokes that were held back; to be called about every 20 ms.
    void tick();
    /// Says goodbye to everybody, with a reason.
    void dismissAll(const QString &reason);
    /// Devices of those who are logged in.
    QStringList liveDevices() const { return m_live.keys(); }
    int count() const { return int(m_links.size()); }

private:
    friend class PeerLink;
    void leave(PeerLink *link);
    /// The newest connection of a device is the one that counts.
    void noteLogin(PeerLink *link, const QString &device);
    void requestTransfer(PeerLink *link);
    void endTransfer(PeerLink *link);

    const Services m_services;
    News m_news;
    QSet<PeerLink *> m_links;
    QHash<QString, PeerLink *> m_live; // by device
    QSet<PeerLink *> m_transfers;
    std::deque<PeerLink *> m_waiting; // for a transfer
};

} // namespace keydesk
