#pragma once

#include "sync/peer_session.h"
#include "sync/sync_session.h"

#include <array>
#include <deque>

namespace keydesk::sim {

// Message types that were received, by the state of the connection: the part of the generator's
// coverage that is about the protocol (reliability.md 3.1).
class MessageCounts
{
public:
    static constexpr int types = 24; // of messages: numbers of one byte in CBOR
    static constexpr int states = 5;

    void add(int type, int state)
    {
        if (type > 0 && type < types && state >= 0 && state < states)
            ++m_counts[std::size_t(type * states + state)];
    }
    void add(const MessageCounts &other)
    {
        for (std::size_t i = 0; i < m_counts.size(); ++i)
            m_counts[i] += other.m_counts[i];
    }
    int count(int type, int state) const { return m_counts[std::size_t(type * states + state)]; }

private:
    std::array<int, types * states> m_counts{};
};

/// The type of an encoded message: a CBOR array whose first item is a small number.
inline int typeOf(const QByteArray &frame)
{
    return frame.size() < 2 ? 0 : int(quint8(frame[1]));
}

// What becomes of the frames on a desktop's line, whatever connection is on it.
struct Line
{
    bool upLost = false; // what the desktop sends vanishes
    bool downLost = false; // what it is sent vanishes
    bool clogged = false; // frames wait
    bool slow = false; // the desktop takes few of them
    bool broken = false; // for ever: outside the core that heals

    bool isWhole() const { return !upLost && !downLost && !clogged && !slow && !broken; }
};

// One connection of the simulated network: two queues of frames. What is queued may be delivered
// late, dropped, doubled or cut off; order holds within a direction, as in TCP. The server's end
// may live on after the desktop has gone: a half-open connection whose frames still arrive.
class Wire final : public PeerPort
{
public:
    // What the server's end waits for, as its answers tell.
    enum Stage { Greeting, Challenged, LoggingIn, Live, Closed };

    std::deque<QByteArray> toServer;
    std::deque<QByteArray> toClient;
    std::shared_ptr<PeerSession> peer;
    bool serverOpen = true;
    Stage stage = Greeting;
    std::function<void(const QByteArray &payload)> sniff; // sees what the server says

    ~Wire() override
    {
        if (peer)
            peer->detach();
    }
    void send(const QByteArray &payload) override
    {
        const int type = typeOf(payload);
        if (type == Challenge::type || type == Enrolled::type)
            stage = Challenged;
        else if (type == Welcome::type)
            stage = Live;
        if (sniff)
            sniff(payload);
        if (serverOpen)
            toClient.push_back(payload);
    }
    void close() override
    {
        serverOpen = false;
        stage = Closed;
    }
    /// The server takes a frame.
    void deliver(const QByteArray &frame, MessageCounts &counts)
    {
        const int type = typeOf(frame);
        counts.add(type, stage);
        if (stage == Challenged && (type == Enrol::type || type == Auth::type))
            stage = LoggingIn;
        peer->receive(frame);
    }
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
