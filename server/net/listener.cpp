#include "net/listener.h"

#include <QHostInfo>
#include <QLoggingCategory>
#include <QSslSocket>

#include <algorithm>

Q_LOGGING_CATEGORY(lcListener, "keydesk.server.listener", QtInfoMsg)

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

// Refused peers linger to take their last frame; more than these are cut without it.
constexpr int refusedAtOnce = 64;

QHostAddress resolve(const QString &host)
{
    const QHostAddress address(host);
    if (!address.isNull())
        return address;
    const auto found = QHostInfo::fromName(host).addresses();
    return found.isEmpty() ? QHostAddress() : found.first();
}

} // namespace

Listener::Listener(PeerFactory &factory, const Clock &steadyClock, const Limits &limits,
                   QObject *parent)
    : QObject(parent)
    , m_factory(factory)
    , m_clock(steadyClock)
    , m_limits(limits)
    , m_acceptor(steadyClock, limits.acceptor, this)
{
    connect(&m_acceptor, &TlsAcceptor::accepted, this, &Listener::adopt);
    connect(&m_sweepTimer, &QTimer::timeout, this, &Listener::sweep);
    m_sweepTimer.start(int(second));
}

Listener::~Listener()
{
    m_acceptor.stop();
    // Handlers are told, so that none outlives its connection unaware.
    const auto connections = m_connections.values();
    for (Connection *connection : connections) {
        connection->disconnect(this);
        connection->abort(Error("offline"_reason, {}, u"server stopped"_s));
        delete connection;
    }
}

Result<quint16> Listener::listen(const QString &host, quint16 port,
                                 const QSslConfiguration &configuration)
{
    m_acceptor.setConfiguration(configuration);
    const QHostAddress address = resolve(host);
    if (address.isNull() || !m_acceptor.listen(address, port)) {
        const QString words = address.isNull() ? u"unknown host"_s : m_acceptor.errorString();
        return Error("usage"_reason, {u"%1:%2: %3"_s.arg(host).arg(port).arg(words)});
    }
    qCInfo(lcListener) << "listening on" << host << m_acceptor.serverPort();
    return m_acceptor.serverPort();
}

void Listener::setConfiguration(const QSslConfiguration &configuration)
{
    m_acceptor.setConfiguration(configuration);
}

void Listener::stop(const Error &why)
{
    m_stopping = true;
    m_acceptor.stop();
    const auto connections = m_connections.values();
    for (Connection *connection : connections)
        connection->closeWith(why);
    if (m_connections.isEmpty())
        Q_EMIT allClosed();
}

Connection *Listener::find(quint64 id) const
{
    Connection *connection = m_connections.value(id);
    return connection && connection->isOpen() ? connection : nullptr;
}

int Listener::strangers() const
{
    return int(std::count_if(m_connections.cbegin(), m_connections.cend(),
                             [](const Connection *peer) { return !peer->isLoggedIn(); }));
}

void Listener::sweep()
{
    const Instant now = m_clock.now();
    m_acceptor.checkDeadlines(now);
    const auto connections = m_connections.values();
    for (Connection *connection : connections)
        connection->checkDeadlines(now);
}

void Listener::adopt(QSslSocket *socket, Instant startedAt)
{
    const bool full = connections() >= m_limits.connections || strangers() >= m_limits.strangers;
    if (m_stopping || (full && connections() >= m_limits.connections + refusedAtOnce)) {
        socket->abort();
        socket->deleteLater();
        return;
    }
    const quint64 id = ++m_lastId;
    auto *connection = new Connection(id, socket, startedAt, m_factory, m_clock,
                                      m_limits.connection);
    connection->setParent(this);
    m_connections.insert(id, connection);
    connect(connection, &Connection::finished, this, [this, id] { forget(id); });
    if (full)
        connection->closeWith(Error("server.busy"_reason, {}, u"too many connections"_s));
    else
        connection->start();
}

void Listener::forget(quint64 id)
{
    if (Connection *connection = m_connections.take(id))
        connection->deleteLater(); // it is on the stack
    if (m_stopping && m_connections.isEmpty())
        Q_EMIT allClosed();
}

} // namespace keydesk
