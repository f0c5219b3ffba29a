#pragma once

#include "protocol/auth_transcript.h"
#include "protocol/framing.h"
#include "protocol/page_items.h"
#include "sync/device_key.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QSslCertificate>
#include <QSslSocket>
#include <QTimer>

#include <functional>

namespace keydesk {

// A desktop light enough to have a thousand of them in one process: signs in by token, pulls
// whatever it is told of and forgets the rows, comes back when the line breaks after the same pause
// as a real one. Sends what it is told to and keeps no queue. Trusts whatever certificate it meets.
// Lives on an event loop.
class LightDesktop final : public QObject
{
public:
    struct Identity
    {
        QString device;
        DeviceKey key;
        QString tokenId;
        QByteArray tokenSecret;
    };

    LightDesktop(quint16 port, Identity identity)
        : m_port(port)
        , m_identity(std::move(identity))
    {
        m_pause.setSingleShot(true);
        connect(&m_pause, &QTimer::timeout, this, &LightDesktop::open);
    }
    ~LightDesktop() override
    {
        if (m_socket)
            m_socket->disconnect(this);
    }

    void open()
    {
        m_decoder = std::make_unique<FrameDecoder>(FrameDecoder::Preface::None,
                                                   framePayloadMaximum);
        m_socket = std::make_unique<QSslSocket>();
        m_socket->setPeerVerifyMode(QSslSocket::VerifyNone);
        m_socket->setProtocol(QSsl::TlsV1_3);
        connect(m_socket.get(), &QSslSocket::encrypted, this, &LightDesktop::greet);
        connect(m_socket.get(), &QSslSocket::readyRead, this, &LightDesktop::read);
        connect(m_socket.get(), &QSslSocket::errorOccurred, this, &LightDesktop::comeBack);
        connect(m_socket.get(), &QSslSocket::disconnected, this, &LightDesktop::comeBack);
        ++connections;
        m_socket->connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_port);
    }
    bool isLive() const { return m_live; }
    /// Only while it is live.
    void send(const Message &message) { m_socket->write(encodeFrame(encodeMessage(message))); }

    qint64 syncedTo = 0; // head of the last complete pull on this connection; 0 without one
    int connections = 0; // begun
    QString refusal; // the last thing a server said when it did not want this one
    std::function<void(const CmdResult &)> answered; // a command that was sent

private:
    void greet()
    {
        m_socket->write(framingPreface, framingPrefaceSize);
        m_certificate = QCryptographicHash::hash(m_socket->peerCertificate().toDer(),
                                                 QCryptographicHash::Sha256);
        Hello hello;
        hello.deviceId = m_identity.device;
        hello.bootCounter = ++m_boot;
        send(hello);
    }
    // One to ten seconds, as SyncWorker waits.
    void comeBack()
    {
        m_live = false;
        m_pulling = false;
        syncedTo = 0;
        m_socket->disconnect(this);
        if (!m_pause.isActive())
            m_pause.start(QRandomGenerator::global()->bounded(1000, 10'000));
    }
    void read()
    {
        m_decoder->feed(m_socket->readAll());
        for (;;) {
            const auto frame = m_decoder->next();
            if (!frame || !*frame)
                return;
            const auto message = decodeMessage(**frame);
            if (message)
                std::visit([this](const auto &body) { handle(body); }, *message);
        }
    }
    void handle(const Challenge &challenge)
    {
        Auth auth;
        auth.tokenId = m_identity.tokenId;
        auth.tokenSecret = m_identity.tokenSecret;
        auth.signature = m_identity.key.sign(
            AuthTranscript{challenge.nonce, m_certificate, m_identity.device, auth.tokenId}
                .bytes());
        send(auth);
    }
    void handle(const Welcome &welcome)
    {
        if (!welcome.tokenId.isEmpty()) {
            m_identity.tokenId = welcome.tokenId;
            m_identity.tokenSecret = welcome.tokenSecret;
        }
        m_live = true;
        send(
            Columns{{{QStringLiteral("staff"),
                      {QStringLiteral("id"), QStringLiteral("row_ver"), QStringLiteral("name")}}}});
        pull();
    }
    void handle(const Refused &refused) { refusal = refused.reason; }
    void handle(const Bye &bye) { refusal = bye.reason; }
    void handle(const CmdResult &result)
    {
        if (answered)
            answered(result);
    }
    void handle(const Poke &poke)
    {
        m_told = std::max(m_told, poke.head);
        if (poke.head > syncedTo)
            pull();
    }
    void handle(const Page &page)
    {
        m_pulling = false;
        takeItems(page.items);
        m_state.epoch = page.epoch;
        m_state.position = page.position;
        m_state.current = page.current;
        m_state.key = page.key;
        if (page.done)
            syncedTo = page.head;
        if (!page.done || m_told > syncedTo)
            pull();
    }
    template <class M>
    void handle(const M &)
    {
    }
    void pull()
    {
        if (!std::exchange(m_pulling, true))
            send(m_state);
    }
    void takeItems(const QByteArray &items)
    {
        (void)readPageItems(items, [this](const PageItem &item) -> Result<> {
            const auto named = [&](const KnownBucket &one) { return one.bucket == item.bucket; };
            if (item.kind == PageItem::Reset)
                m_state.known.clear();
            else if (item.kind == PageItem::Begin)
                m_loading = {item.bucket, int(item.profile)};
            else if (item.kind == PageItem::Complete)
                m_state.known.push_back(m_loading);
            else if (item.kind == PageItem::Drop)
                std::erase_if(m_state.known, named);
            return {};
        });
    }

    quint16 m_port;
    Identity m_identity;
    qint64 m_boot = 0;
    QByteArray m_certificate;
    std::unique_ptr<QSslSocket> m_socket;
    std::unique_ptr<FrameDecoder> m_decoder;
    QTimer m_pause;
    Pull m_state;
    KnownBucket m_loading;
    qint64 m_told = 0;
    bool m_live = false;
    bool m_pulling = false;
};

} // namespace keydesk
