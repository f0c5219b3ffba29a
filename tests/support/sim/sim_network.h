#pragma once

#include "sync/peer_session.h"
#include "sync/sync_session.h"

#include <deque>

namespace keydesk::sim {

// One connection of the simulated network: two queues of frames. What is queued may be delivered
// late, dropped, doubled or cut off; order holds within a direction, as in TCP. The server's end
// may live on after the desktop has gone: a half-open connection whose frames still arrive.
class Wire final : public PeerPort
{
public:
    std::deque<QByteArray> toServer;
    std::deque<QByteArray> toClient;
    std::shared_ptr<PeerSession> peer;
    bool serverOpen = true;

    ~Wire() override
    {
        if (peer)
            peer->detach();
    }
    void send(const QByteArray &payload) override
    {
        if (serverOpen)
            toClient.push_back(payload);
    }
    void close() override { serverOpen = false; }
};

// The desktop's end: points to the wire of the moment, if any.
class ClientPort final : public SessionPort
{
public:
    std::shared_ptr<Wire> wire;
    bool closeAsked = false;

    void send(const QByteArray &payload) override
    {
        if (wire)
            wire->toServer.push_back(payload);
    }
    void close() override { closeAsked = true; }
};

} // namespace keydesk::sim
