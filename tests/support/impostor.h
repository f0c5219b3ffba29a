#pragma once

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>

#include <optional>

namespace keydesk {

// A server of somebody else: completes every handshake with the configuration it was given, or
// speaks plain text without one, and keeps all that it is told. Needs an event loop.
class Impostor : private QTcpServer
{
public:
    explicit Impostor(std::optional<QSslConfiguration> tls)
        : m_tls(std::move(tls))
    {
        listen(QHostAddress::LocalHost);
    }
    QString address() const { return QStringLiteral("127.0.0.1:%1").arg(serverPort()); }
    bool moveTo(quint16 port)
    {
        close();
        return listen(QHostAddress::LocalHost, port);
    }
    /// Visits that are over.
    int visits() const { return m_visits; }
    /// What was said under TLS. In plain text: all but the records of a handshake that begins.
    QByteArray heard() const { return m_tls ? m_heard : withoutHandshake(m_heard); }

private:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        connect(socket, &QSslSocket::readyRead, this,
                [this, socket] { m_heard += socket->readAll(); });
        connect(socket, &QSslSocket::disconnected, this, [this, socket] {
            m_heard += socket->readAll();
            ++m_visits;
        });
        if (m_tls) {
            socket->setSslConfiguration(*m_tls);
            socket->startServerEncryption();
        } else {
            socket->write("220 welcome to plain text\r\n");
        }
    }
    static QByteArray withoutHandshake(QByteArray bytes)
    {
        constexpr qsizetype header = 5; // type, version, length
        constexpr char alert = 21;
        constexpr char handshake = 22;
        while (bytes.size() >= header && (bytes[0] == handshake || bytes[0] == alert))
            bytes.remove(0, header + (quint8(bytes[3]) << 8) + quint8(bytes[4]));
        return bytes;
    }

    std::optional<QSslConfiguration> m_tls;
    int m_visits = 0;
    QByteArray m_heard; // decrypted
};

} // namespace keydesk
