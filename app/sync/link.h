#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QObject>

namespace keydesk {

// One connection to the server as the sync session sees it: whole frames in order, or closed. A
// link never retries, never decides when to open, and knows no message.
class Link : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Starts to connect; opened() or closed() follows. Only on a link that is not open.
    virtual void open() = 0;
    /// Cuts the connection at once and silently: no signal follows until the next open().
    virtual void close() = 0;
    /// Hands one payload (1 byte to 260 KiB) to the connection. `offline` when it is not open,
    /// server.busy when too much waits already (nothing was taken then; see drained()).
    virtual Result<> send(const QByteArray &payload) = 0;
    /// Bytes taken by send() that have not left this machine's programs yet.
    virtual qint64 bytesToWrite() const = 0;
    /// SHA-256 of the DER of the certificate the server showed, 32 bytes; empty when not open.
    virtual QByteArray serverCertificateHash() const = 0;

Q_SIGNALS:
    /// The server is the enrolled one and frames may be sent.
    void opened();
    void frameReceived(const QByteArray &payload);
    /// Everything that send() took has left.
    void drained();
    /// The connection is over or never came to be, with the reason for the user. Once per open().
    void closed(const keydesk::Error &error);
};

} // namespace keydesk
