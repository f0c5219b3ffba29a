#pragma once

#include "base/clock.h"

#include <QHash>
#include <QList>
#include <QSslConfiguration>
#include <QTcpServer>

class QSslSocket;

namespace keydesk {

// Accepts TCP connections and brings up TLS on them, only so many at a time; the rest waits in line
// without costing more than a descriptor. It hands out encrypted sockets and sends no byte itself.
// Not a QSslServer: that one tells nothing of connections which have not sent their first byte, so
// they could be neither counted nor timed.
class TlsAcceptor final : public QTcpServer
{
    Q_OBJECT

public:
    struct Limits
    {
        int handshakes = 32;
        int waiting = 224; // with the handshakes: 256 strangers
        qint64 waitDeadline = 5 * second; // in line; the rest of a client's patience is for TLS
        qint64 deadline = 10 * second; // in the handshake
        qint64 yieldAfter = 4 * second; // a handshake this old gives way when others wait
        qint64 readBuffer = 64 * 1024;
    };

    TlsAcceptor(const Clock &clock, const Limits &limits, QObject *parent = nullptr);
    ~TlsAcceptor() override;

    /// For handshakes from now on.
    void setConfiguration(const QSslConfiguration &configuration);
    int handshakes() const { return int(m_handshakes.size()); }
    int waiting() const { return int(m_waiting.size()); }
    /// Ends what takes too long; to be called about once a second.
    void checkDeadlines(Instant now);
    /// Stops listening and drops whoever is not through.
    void stop();

Q_SIGNALS:
    /// TLS is up. The receiver owns the socket. `startedAt` is when its handshake began: time spent
    /// in line is not the peer's fault, and cutting it late would waste the handshake.
    void accepted(QSslSocket *socket, keydesk::Instant startedAt);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    struct Waiting
    {
        qintptr descriptor;
        Instant since;
    };

    void startHandshake(qintptr descriptor);
    void finishHandshake(QSslSocket *socket);
    void dropHandshake(QSslSocket *socket);
    void letInNext();
    void makeRoom(Instant now);

    const Clock &m_clock;
    const Limits m_limits;
    QSslConfiguration m_configuration;
    QHash<QSslSocket *, Instant> m_handshakes;
    QList<Waiting> m_waiting;
};

} // namespace keydesk
