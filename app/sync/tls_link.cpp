#include "sync/tls_link.h"

#include "sync/pinned_chain.h"

#include <QLoggingCategory>
#include <QNetworkProxy>
#include <QPointer>
#include <QSslCertificate>
#include <QSslConfiguration>

Q_LOGGING_CATEGORY(lcTlsLink, "keydesk.sync.tls", QtInfoMsg)

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

QSslConfiguration clientConfiguration()
{
    // Made from nothing, not from the process's default. Qt is told to verify nothing because it
    // would ask the system's authorities (F2); verifyServer() asks the pin alone, before any byte.
    QSslConfiguration configuration;
    configuration.setProtocol(QSsl::TlsV1_3);
    configuration.setCaCertificates({});
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    return configuration;
}

} // namespace

TlsLink::TlsLink(ServerAddress server, QByteArray pin, const Clock &clock, Limits limits,
                 QObject *parent)
    : Link(parent)
    , m_server(std::move(server))
    , m_pin(std::move(pin))
    , m_clock(clock)
    , m_limits(limits)
    , m_decoder(FrameDecoder::Preface::None, framePayloadMaximum)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { fail(Error("offline"_reason, {}, u"connect timeout"_s)); });
}

TlsLink::TlsLink(ServerAddress server, QByteArray pin, const Clock &clock, QObject *parent)
    : TlsLink(std::move(server), std::move(pin), clock, Limits(), parent)
{
}

TlsLink::~TlsLink()
{
    dropSocket();
}

void TlsLink::open()
{
    Q_ASSERT(!m_socket);
    m_decoder = FrameDecoder(FrameDecoder::Preface::None, framePayloadMaximum);
    m_socket = new QSslSocket(this);
    m_socket->setSslConfiguration(clientConfiguration());
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->setReadBufferSize(m_limits.readBuffer);
    connect(m_socket, &QSslSocket::encrypted, this, &TlsLink::verifyServer);
    connect(m_socket, &QSslSocket::readyRead, this, &TlsLink::readFrames);
    connect(m_socket, &QSslSocket::encryptedBytesWritten, this, &TlsLink::onWritten);
    connect(m_socket, &QSslSocket::errorOccurred, this, &TlsLink::onSocketError);
    m_deadline.start(m_limits.connectTimeout);
    m_socket->connectToHostEncrypted(m_server.host, m_server.port);
}

void TlsLink::close()
{
    dropSocket();
}

Result<> TlsLink::send(const QByteArray &payload)
{
    if (!m_proved)
        return Error("offline"_reason);
    if (bytesToWrite() + payload.size() > m_limits.writeBuffer)
        return Error("server.busy"_reason, {}, u"write buffer full"_s);
    m_socket->write(encodeFrame(payload));
    return {};
}

qint64 TlsLink::bytesToWrite() const
{
    return m_socket ? m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite() : 0;
}

QByteArray TlsLink::serverCertificateHash() const
{
    return m_certificateHash;
}

void TlsLink::verifyServer()
{
    QList<QByteArray> chain;
    for (const QSslCertificate &certificate : m_socket->peerCertificateChain())
        chain.append(certificate.toDer());
    if (auto checked = checkPinnedChain(chain, m_pin, m_server.host, m_clock.now()); !checked)
        return fail(checked.error());
    // Asked for TLS 1.3 only; this holds it against a Qt that would do otherwise.
    if (m_socket->sessionProtocol() != QSsl::TlsV1_3)
        return fail(Error("server.no_tls"_reason));
    m_deadline.stop();
    m_certificateHash = QCryptographicHash::hash(chain.first(), QCryptographicHash::Sha256);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    m_proved = true;
    m_socket->write(framingPreface, framingPrefaceSize);
    qCInfo(lcTlsLink) << "connected to" << m_server.toString();
    Q_EMIT opened();
}

void TlsLink::readFrames()
{
    // A listener of frameReceived may close, reopen or delete this link.
    const QPointer<TlsLink> self(this);
    QSslSocket *const socket = m_socket;
    while (m_proved && m_socket == socket && socket->bytesAvailable() > 0) {
        m_decoder.feed(socket->read(m_limits.readBuffer));
        for (;;) {
            auto next = m_decoder.next();
            if (!next)
                return fail(next.error());
            if (!*next)
                break;
            Q_EMIT frameReceived(**next);
            if (!self || m_socket != socket)
                return;
        }
    }
}

void TlsLink::onWritten()
{
    if (m_proved && bytesToWrite() == 0)
        Q_EMIT drained();
}

void TlsLink::onSocketError(QAbstractSocket::SocketError error)
{
    const QPointer<TlsLink> self(this);
    QSslSocket *const socket = m_socket;
    readFrames(); // a last answer, such as a refusal, may stand before the end
    if (self && m_socket && m_socket == socket)
        fail(errorOf(error));
}

void TlsLink::fail(const Error &error)
{
    qCInfo(lcTlsLink) << "closed" << m_server.toString() << error.key() << error.detail;
    dropSocket();
    Q_EMIT closed(error);
}

void TlsLink::dropSocket()
{
    m_deadline.stop();
    m_proved = false;
    m_certificateHash.clear();
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket->deleteLater(); // this may run inside one of its signals
    m_socket = nullptr;
}

Error TlsLink::errorOf(QAbstractSocket::SocketError error) const
{
    const QString detail = m_socket->errorString();
    // Over the line but not through the handshake: an old TLS, no TLS, or a server that is full.
    if (error == QAbstractSocket::SslHandshakeFailedError)
        return Error("server.no_tls"_reason, {}, detail);
    if (error == QAbstractSocket::RemoteHostClosedError && !m_proved)
        return Error("server.busy"_reason, {}, detail);
    return Error("offline"_reason, {}, detail);
}

} // namespace keydesk
