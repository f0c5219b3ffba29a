#pragma once

#include "base/enrolment.h"
#include "protocol/auth_transcript.h"
#include "protocol/framing.h"
#include "protocol/messages.h"
#include "sync/device_key.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QSslCertificate>
#include <QSslSocket>

#include <unistd.h>

namespace keydesk {

// A desktop reduced to the wire: one device that speaks to a server over TLS and waits for its
// answers. Trusts whatever certificate it meets: for tests of the server, not of trust.
class WireClient
{
public:
    static constexpr int patience = 20'000; // ms

    explicit WireClient(quint16 port)
        : m_port(port)
        , m_key(DeviceKey::create())
    {
    }

    bool connect(QSsl::SslProtocol protocol = QSsl::TlsV1_3)
    {
        socket = std::make_unique<QSslSocket>();
        m_decoder = std::make_unique<FrameDecoder>(FrameDecoder::Preface::None,
                                                   framePayloadMaximum);
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);
        socket->setProtocol(protocol);
        if (!reachServer() || !socket->waitForEncrypted(patience))
            return false;
        socket->write(framingPreface, framingPrefaceSize);
        m_certificateHash = QCryptographicHash::hash(socket->peerCertificate().toDer(),
                                                     QCryptographicHash::Sha256);
        return true;
    }
    void send(const Message &message) { socket->write(encodeFrame(encodeMessage(message))); }
    /// The next message, none when the connection ended first.
    std::optional<Message> receive()
    {
        for (;;) {
            const auto frame = m_decoder->next();
            if (!frame)
                return std::nullopt;
            if (*frame) {
                lastPayload = **frame;
                auto message = decodeMessage(**frame);
                return message ? std::optional(*message) : std::nullopt;
            }
            if (socket->bytesAvailable() == 0 && !socket->waitForReadyRead(patience)
                && socket->bytesAvailable() == 0)
                return std::nullopt;
            m_decoder->feed(socket->readAll());
        }
    }
    /// The next message of type M; others are passed over.
    template <class M>
    std::optional<M> receive()
    {
        while (const auto message = receive()) {
            if (const auto *wanted = std::get_if<M>(&*message))
                return *wanted;
            if (const auto *refused = std::get_if<Refused>(&*message))
                refusal = refused->reason;
            if (const auto *bye = std::get_if<Bye>(&*message))
                refusal = bye->reason;
        }
        return std::nullopt;
    }

    /// Connects and signs in with the token of the last welcome.
    bool signInAgain()
    {
        const Welcome last = welcome;
        return connect() && greet() && authenticate({}, {}, last.tokenId, last.tokenSecret);
    }
    /// Connects and signs in with the password, after enrolling when `code` is given.
    bool signIn(const QString &user, const QString &password, const QString &code = {})
    {
        if (!connect() || !greet())
            return false;
        if (!code.isEmpty()) {
            Enrol enrol;
            enrol.code = code;
            enrol.publicKey = m_key.publicKey();
            enrol.platform = QStringLiteral("test");
            send(enrol);
            const auto enrolled = receive<Enrolled>();
            if (!enrolled)
                return false;
            device = enrolled->deviceId;
        }
        return authenticate(user, password);
    }
    /// After connect(): says who this is; false without a challenge in answer.
    bool greet()
    {
        Hello hello;
        hello.deviceId = device;
        hello.bootCounter = ++m_boot;
        send(hello);
        const auto answer = receive<Challenge>();
        if (answer)
            challenge = *answer;
        return answer.has_value();
    }
    /// After greet(): proves who this is, by password or token.
    bool authenticate(const QString &user, const QString &password, const QString &tokenId = {},
                      const QByteArray &tokenSecret = {})
    {
        prove(user, password, tokenId, tokenSecret);
        const auto answer = receive<Welcome>();
        if (!answer)
            return false;
        const Welcome before = std::exchange(welcome, *answer);
        if (welcome.tokenId.isEmpty()) { // the old one holds on
            welcome.tokenId = before.tokenId;
            welcome.tokenSecret = before.tokenSecret;
        }
        return true;
    }

    /// The same, and waits for no answer.
    void sendSigned(Auth auth)
    {
        auth.signature = m_key.sign(
            AuthTranscript{challenge.nonce, m_certificateHash, device, auth.tokenId}.bytes());
        lastAuth = auth;
        send(auth);
        socket->flush();
    }
    /// After greet(), on a device that is enrolled: wants one of this person on the same PC.
    bool enrolBeside(const QString &user, const QString &password)
    {
        Enrol enrol;
        enrol.publicKey = DeviceKey::create().publicKey();
        enrol.user = user;
        enrol.password = password;
        enrol.hostDevice = device;
        enrol.signature = m_key.sign(AuthTranscript::forNewDevice(challenge.nonce,
                                                                  m_certificateHash, device,
                                                                  enrol.publicKey)
                                         .bytes());
        send(enrol);
        return receive<Enrolled>().has_value();
    }
    /// As authenticate(), and does not wait for the answer.
    void prove(const QString &user, const QString &password, const QString &tokenId = {},
               const QByteArray &tokenSecret = {})
    {
        Auth auth;
        auth.user = user;
        auth.password = password;
        auth.tokenId = tokenId;
        auth.tokenSecret = tokenSecret;
        sendSigned(auth);
    }

    // What a thief would do.
    void pretendCertificate(const QByteArray &hash) { m_certificateHash = hash; }
    void setBootCounter(qint64 boot) { m_boot = boot - 1; }

    std::unique_ptr<QSslSocket> socket;
    QString comesFrom; // an address of this machine; empty: 127.0.0.1
    QString device;
    Challenge challenge;
    Auth lastAuth; // what was sent to prove it
    Welcome welcome;
    QString refusal; // what the server said last when it did not want us
    QByteArray lastPayload; // of the server, as it came

private:
    bool reachServer()
    {
        const QString host = QStringLiteral("127.0.0.1");
        if (comesFrom.isEmpty()) {
            socket->connectToHostEncrypted(host, m_port);
            return true;
        }
        // A QSslSocket binds nothing: it is given a line that is there.
        QTcpSocket line;
        if (!line.bind(QHostAddress(comesFrom)))
            return false;
        line.connectToHost(host, m_port);
        if (!line.waitForConnected(patience)
            || !socket->setSocketDescriptor(::dup(int(line.socketDescriptor()))))
            return false;
        socket->startClientEncryption();
        return true;
    }

    quint16 m_port;
    DeviceKey m_key;
    qint64 m_boot = 0;
    QByteArray m_certificateHash;
    std::unique_ptr<FrameDecoder> m_decoder;
};

} // namespace keydesk
