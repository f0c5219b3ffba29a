#pragma once

#include "base/result.h"

#include <QByteArray>

#include <memory>

namespace keydesk {

class Connection;

// What the frames of one peer mean. Called in the network thread, never again after onClosed(); it
// goes when its Connection goes.
class PeerHandler
{
public:
    virtual ~PeerHandler() = default;

    /// A whole payload, in order.
    virtual void onFrame(const QByteArray &payload) = 0;
    /// All that was sent has left: room for the next page.
    virtual void onDrained() { }
    /// The connection is over; `why` is for the log. The Connection still answers questions, but
    /// takes nothing to send.
    virtual void onClosed(const Error &why) = 0;
};

// Gives every new connection its handler, and words for those that are shown out.
class PeerFactory
{
public:
    virtual ~PeerFactory() = default;

    /// A handler for a connection whose TLS is up; it outlives the handler.
    virtual std::unique_ptr<PeerHandler> createHandler(Connection &connection) = 0;
    /// The payload that tells a peer why it is being closed (server.busy, protocol.malformed, ...);
    /// empty to say nothing.
    virtual QByteArray farewell(const Error &why) = 0;
};

} // namespace keydesk
