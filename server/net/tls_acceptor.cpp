#include "net/tls_acceptor.h"

#include <QLoggingCategory>
#include <QSslSocket>

#include <algorithm>

Q_LOGGING_CATEGORY(lcAcceptor, "keydesk.server.acceptor", QtInfoMsg)

namespace keydesk {

namespace {

constexpr int listenBacklog = 512; // 1,200 desktops come back at once after a restart

void closeDescriptor(qintptr descriptor)
{
    QTcpSocket socket;
    socket.setSocketDescriptor(descriptor);
    socket.abort();
}

} // namespace

TlsAcceptor::TlsAcceptor(const Clock &clock, const Limits &limits, QObject *parent)
    : QTcpServer(parent)
    , m_clock(clock)
    , m_limits(limits)
{
    setListenBacklogSize(listenBacklog);
}

TlsAcceptor::~TlsAcceptor()
{
    stop();
}

void TlsAcceptor::setConfiguration(const QSslConfiguration &configuration)
{
    m_configuration = configuration;
}

void TlsAcceptor::incomingConnection(qintptr descriptor)
{
    const Waiting peer{descriptor, m_clock.now()};
    if (handshakes() < m_limits.handshakes && m_waiting.isEmpty())
        return startHandshake(descriptor);
    if (waiting() >= m_limits.waiting) {
        qCDebug(lcAcceptor) << "too many strangers, refused one";
        return closeDescriptor(descriptor);
    }
    m_waiting.append(peer);
    makeRoom(peer.since);
}

void TlsAcceptor::startHandshake(qintptr descriptor)
{
    auto *socket = new QSslSocket(this);
    socket->setSslConfiguration(m_configuration);
    socket->setReadBufferSize(m_limits.readBuffer);
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    m_handshakes.insert(socket, m_clock.now());
    connect(socket, &QSslSocket::encrypted, this, [this, socket] { finishHandshake(socket); });
    connect(socket, &QSslSocket::errorOccurred, this, [this, socket] { dropHandshake(socket); });
    socket->startServerEncryption();
}

void TlsAcceptor::finishHandshake(QSslSocket *socket)
{
    const Instant since = m_handshakes.take(socket);
    socket->disconnect(this);
    socket->setParent(nullptr);
    Q_EMIT accepted(socket, since);
    letInNext();
}

void TlsAcceptor::dropHandshake(QSslSocket *socket)
{
    m_handshakes.remove(socket);
    socket->disconnect(this);
    socket->abort();
    socket->deleteLater(); // this may run inside one of its signals
    letInNext();
}

void TlsAcceptor::letInNext()
{
    while (handshakes() < m_limits.handshakes && !m_waiting.isEmpty())
        startHandshake(m_waiting.takeFirst().descriptor);
}

// Who sits in a handshake must not keep others out; but 1 s was too short a patience: on a machine
// under load it cut half of the honest ones, who then came again.
void TlsAcceptor::makeRoom(Instant now)
{
    const auto oldest = std::min_element(m_handshakes.begin(), m_handshakes.end());
    if (!m_waiting.isEmpty() && oldest != m_handshakes.end()
        && now - *oldest >= m_limits.yieldAfter)
        dropHandshake(oldest.key());
}

void TlsAcceptor::checkDeadlines(Instant now)
{
    while (!m_waiting.isEmpty() && now - m_waiting.first().since >= m_limits.waitDeadline)
        closeDescriptor(m_waiting.takeFirst().descriptor);
    const auto sockets = m_handshakes.keys();
    for (QSslSocket *socket : sockets) {
        if (now - m_handshakes.value(socket, now) >= m_limits.deadline)
            dropHandshake(socket);
    }
    for (int i = 0; i < m_limits.handshakes; ++i)
        makeRoom(now);
}

void TlsAcceptor::stop()
{
    close();
    while (!m_waiting.isEmpty())
        closeDescriptor(m_waiting.takeFirst().descriptor);
    const auto sockets = m_handshakes.keys();
    for (QSslSocket *socket : sockets)
        dropHandshake(socket);
}

} // namespace keydesk
