#pragma once

#include "net/connection.h"
#include "net/tls_acceptor.h"

#include <QHash>
#include <QTimer>

namespace keydesk {

// The server's open door: TLS 1.3 connections within their number, one Connection each, and the
// clockwork of all their deadlines. What is said on them is the handlers' business.
class Listener final : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        int connections = 1500;
        int strangers = 256; // not yet logged in
        TlsAcceptor::Limits acceptor;
        Connection::Limits connection;
    };

    /// `steadyClock` and `factory` outlive the listener.
    Listener(PeerFactory &factory, const Clock &steadyClock, const Limits &limits,
             QObject *parent = nullptr);
    ~Listener() override;

    /// Listens on `host` (an IP address, or a name that resolves to one of this machine; "0.0.0.0"
    /// and "::" mean all) with the configuration of Pki; port 0 takes a free one. Gives the port.
    /// Failure: usage, with the words of the system.
    Result<quint16> listen(const QString &host, quint16 port,
                           const QSslConfiguration &configuration);
    /// For connections from now on, after a renewal.
    void setConfiguration(const QSslConfiguration &configuration);
    /// Stops listening and closes every connection with `why`; allClosed() follows.
    void stop(const Error &why);

    /// The open connection of that id, or null.
    Connection *find(quint64 id) const;
    int connections() const { return int(m_connections.size()); }
    /// Connections that have not logged in, handshakes and those in line not counted.
    int strangers() const;
    const TlsAcceptor &acceptor() const { return m_acceptor; }
    /// Applies all deadlines; runs once a second by itself.
    void sweep();

Q_SIGNALS:
    void allClosed();

private:
    void adopt(QSslSocket *socket, Instant startedAt);
    void forget(quint64 id);

    PeerFactory &m_factory;
    const Clock &m_clock;
    const Limits m_limits;
    TlsAcceptor m_acceptor;
    QTimer m_sweepTimer{this};
    QHash<quint64, Connection *> m_connections;
    quint64 m_lastId = 0;
    bool m_stopping = false;
};

} // namespace keydesk
