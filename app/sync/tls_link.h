#pragma once

#include "base/clock.h"
#include "base/enrolment.h"
#include "protocol/framing.h"
#include "sync/link.h"

#include <QSslSocket>
#include <QTimer>

#include <memory>

namespace keydesk {

// A Link over TLS 1.3 to the one server whose authority has the pinned key. It sends no byte of its
// own before that is proved, and there is no way to talk it into going on. Lives in one thread.
class TlsLink final : public Link
{
    Q_OBJECT

public:
    struct Limits
    {
        int connectTimeout = 10'000; // ms, from open() to opened()
        qint64 writeBuffer = 1024 * 1024; // bytes; send() refuses beyond
        qint64 readBuffer = 256 * 1024 + 64; // bytes
    };

    /// `pin`: SHA-256 of the authority's SubjectPublicKeyInfo, from the enrolment string. `clock`
    /// outlives the link and says whether the certificate's dates hold.
    TlsLink(ServerAddress server, QByteArray pin, const Clock &clock, Limits limits,
            QObject *parent = nullptr);
    TlsLink(ServerAddress server, QByteArray pin, const Clock &clock, QObject *parent = nullptr);
    ~TlsLink() override;

    void open() override;
    void close() override;
    Result<> send(const QByteArray &payload) override;
    qint64 bytesToWrite() const override;
    QByteArray serverCertificateHash() const override;

private:
    void verifyServer();
    void readFrames();
    void onWritten();
    void onSocketError(QAbstractSocket::SocketError error);
    void fail(const Error &error);
    void dropSocket();
    Error errorOf(QAbstractSocket::SocketError error) const;

    const ServerAddress m_server;
    const QByteArray m_pin;
    const Clock &m_clock;
    const Limits m_limits;
    QSslSocket *m_socket = nullptr;
    QTimer m_deadline{this};
    FrameDecoder m_decoder;
    QByteArray m_certificateHash;
    bool m_proved = false;
};

} // namespace keydesk
