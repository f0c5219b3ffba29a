#pragma once

#include "base/clock.h"
#include "net/peer_handler.h"
#include "protocol/framing.h"

#include <QHostAddress>
#include <QObject>

class QSslSocket;

namespace keydesk {

// The transport of one peer: cuts what arrives into frames for its handler, sends frames, and keeps
// the peer within its bounds of memory and time. Knows no message and no user. Network thread only.
class Connection final : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        qint64 readBuffer = 256 * 1024;
        qint64 writeBuffer = 512 * 1024; // a peer that lets more wait is closed
        qint64 kernelSendBuffer = 256 * 1024;
        qint64 loginDeadline = 10 * second; // from the start of the handshake
        qint64 silenceDeadline = 45 * second; // after login, without a byte
        qint64 stallDeadline = 30 * second; // bytes wait and none leaves
        qint64 lingerDeadline = 5 * second; // to take the last frame
    };

    /// Takes over a socket whose TLS is up. `clock` is steady; it and `factory` outlive this.
    Connection(quint64 id, QSslSocket *socket, Instant startedAt, PeerFactory &factory,
               const Clock &clock, const Limits &limits);
    ~Connection() override;

    /// Asks the factory for the handler and delivers what has already arrived. Once.
    void start();

    /// Never given twice while the server runs; how other threads name this connection.
    quint64 id() const { return m_id; }
    QHostAddress peerAddress() const { return m_peerAddress; }
    bool isOpen() const { return m_state == State::Open; }
    bool isLoggedIn() const { return m_loggedIn; }

    /// Hands one payload to the socket. `offline` when the connection is over; server.busy when the
    /// peer does not read: it is closed then.
    Result<> send(const QByteArray &payload);
    /// Bytes sent that this process still holds, encrypted or not.
    qint64 bytesToWrite() const;

    /// The peer has proved who it is: larger frames, no login deadline, silence is judged instead.
    void setLoggedIn();
    /// While the server owes an answer (a password is in the queue of the hash workers) the login
    /// deadline stands still; it starts anew when the answer is there.
    void setAnswerDue(bool due);
    /// Stops and resumes handing out frames; meanwhile the peer is held back by TCP.
    void setReading(bool reading);

    /// Tells the peer why, lets it take what was sent, then closes.
    void closeWith(const Error &why);
    /// Cuts it now.
    void abort(const Error &why);
    /// Closes the connection if a deadline has passed; the listener calls it about once a second.
    void checkDeadlines(Instant now);

Q_SIGNALS:
    void loggedIn();
    /// The socket is gone; the object may be deleted later.
    void finished();

private:
    enum class State { Open, Closing, Closed };

    void deliverFrames();
    void onWritten();
    void onDisconnected();
    void tellHandler(const Error &why);

    const quint64 m_id;
    QSslSocket *const m_socket;
    const QHostAddress m_peerAddress;
    PeerFactory &m_factory;
    const Clock &m_clock;
    const Limits m_limits;
    FrameDecoder m_decoder;
    std::unique_ptr<PeerHandler> m_handler;
    State m_state = State::Open;
    bool m_loggedIn = false;
    bool m_answerDue = false;
    bool m_reading = true;
    bool m_delivering = false;
    Instant m_loginBy;
    Instant m_lastHeard;
    Instant m_lastProgress;
    Instant m_closingSince;
};

} // namespace keydesk
