#include "net/connection.h"

#include <QLoggingCategory>
#include <QScopedValueRollback>
#include <QSslSocket>

Q_LOGGING_CATEGORY(lcConnection, "keydesk.server.connection", QtInfoMsg)

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr qint64 readChunk = 64 * 1024;

Error timedOut(const QString &deadline)
{
    return Error("offline"_reason, {}, deadline);
}

} // namespace

Connection::Connection(quint64 id, QSslSocket *socket, Instant startedAt, PeerFactory &factory,
                       const Clock &clock, const Limits &limits)
    : m_id(id)
    , m_socket(socket)
    , m_peerAddress(socket->peerAddress())
    , m_factory(factory)
    , m_clock(clock)
    , m_limits(limits)
    , m_decoder(FrameDecoder::Preface::Expected, framePayloadBeforeLogin)
    , m_loginBy(startedAt + limits.loginDeadline)
    , m_lastHeard(clock.now())
    , m_lastProgress(clock.now())
{
    socket->setParent(this);
    socket->setReadBufferSize(limits.readBuffer);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    // Fixed, because the kernel's own growth would hold megabytes for each peer that does not read.
    socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, limits.kernelSendBuffer);
    connect(socket, &QSslSocket::readyRead, this, &Connection::deliverFrames);
    connect(socket, &QSslSocket::encryptedBytesWritten, this, &Connection::onWritten);
    connect(socket, &QSslSocket::disconnected, this, &Connection::onDisconnected);
}

Connection::~Connection()
{
    m_socket->disconnect(this);
}

void Connection::start()
{
    m_handler = m_factory.createHandler(*this);
    // Frames may have come with the last bytes of the handshake, and so may the end.
    deliverFrames();
    if (m_socket->state() == QAbstractSocket::UnconnectedState)
        onDisconnected();
}

Result<> Connection::send(const QByteArray &payload)
{
    if (m_state != State::Open || m_socket->state() != QAbstractSocket::ConnectedState)
        return Error("offline"_reason);
    const qint64 waiting = bytesToWrite();
    if (waiting + payload.size() > m_limits.writeBuffer) {
        const Error why("server.busy"_reason, {}, u"the peer does not read"_s);
        abort(why);
        return why;
    }
    if (waiting == 0)
        m_lastProgress = m_clock.now();
    m_socket->write(encodeFrame(payload));
    return {};
}

qint64 Connection::bytesToWrite() const
{
    return m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite();
}

void Connection::setLoggedIn()
{
    if (m_loggedIn)
        return;
    m_loggedIn = true;
    m_lastHeard = m_clock.now();
    m_decoder.setMaximumPayload(framePayloadMaximum);
    Q_EMIT loggedIn();
}

void Connection::setAnswerDue(bool due)
{
    m_answerDue = due;
    if (!due)
        m_loginBy = m_clock.now() + m_limits.loginDeadline;
}

void Connection::setReading(bool reading)
{
    m_reading = reading;
    if (!reading)
        return;
    m_lastHeard = m_clock.now();
    // Queued, so that a handler may call this from onFrame().
    QMetaObject::invokeMethod(this, &Connection::deliverFrames, Qt::QueuedConnection);
}

void Connection::deliverFrames()
{
    if (m_delivering)
        return;
    if (m_state == State::Closing)
        m_socket->skip(m_socket->bytesAvailable());
    const QScopedValueRollback<bool> guard(m_delivering, true);
    while (m_state == State::Open && m_reading && m_handler) {
        auto next = m_decoder.next();
        if (!next)
            return closeWith(next.error());
        if (*next) {
            m_handler->onFrame(**next);
            continue;
        }
        if (m_socket->bytesAvailable() == 0)
            return;
        m_decoder.feed(m_socket->read(readChunk));
        m_lastHeard = m_clock.now();
    }
}

void Connection::onWritten()
{
    m_lastProgress = m_clock.now();
    if (m_state == State::Open && m_handler && bytesToWrite() == 0)
        m_handler->onDrained();
}

void Connection::closeWith(const Error &why)
{
    if (m_state != State::Open)
        return;
    const QByteArray words = m_factory.farewell(why);
    if (!words.isEmpty() && bytesToWrite() + words.size() <= m_limits.writeBuffer)
        m_socket->write(encodeFrame(words));
    m_state = State::Closing;
    m_closingSince = m_clock.now();
    tellHandler(why);
    // Closing over unread bytes would reset the connection and lose the words on their way, so the
    // next look at the deadlines does it, and what comes until then is thrown away.
    m_socket->skip(m_socket->bytesAvailable());
    if (words.isEmpty())
        m_socket->disconnectFromHost();
}

void Connection::abort(const Error &why)
{
    if (m_state == State::Open) {
        m_state = State::Closing;
        tellHandler(why);
    }
    m_socket->abort();
    onDisconnected(); // says nothing twice; a socket that was already down emits nothing
}

void Connection::checkDeadlines(Instant now)
{
    if (m_state == State::Closed)
        return;
    if (m_state == State::Closing) {
        if (now - m_closingSince >= m_limits.lingerDeadline)
            return abort(timedOut(u"linger"_s));
        if (bytesToWrite() == 0)
            m_socket->disconnectFromHost();
        return;
    }
    if (bytesToWrite() > 0 && now - m_lastProgress >= m_limits.stallDeadline)
        return abort(timedOut(u"the peer does not read"_s));
    if (!m_loggedIn && !m_answerDue && now >= m_loginBy)
        return closeWith(timedOut(u"no login in time"_s));
    // What waits unread because reading is paused is our silence, not the peer's.
    if (m_loggedIn && m_reading && now - m_lastHeard >= m_limits.silenceDeadline)
        return closeWith(timedOut(u"silence"_s));
}

void Connection::onDisconnected()
{
    if (m_state == State::Closed)
        return;
    // What the peer said before it hung up still counts: a command may stand there.
    deliverFrames();
    const bool wasOpen = m_state == State::Open;
    m_state = State::Closed;
    if (wasOpen)
        tellHandler(Error("offline"_reason, {}, m_socket->errorString()));
    Q_EMIT finished();
}

void Connection::tellHandler(const Error &why)
{
    qCInfo(lcConnection) << "closed" << m_id << why.key() << why.detail;
    if (m_handler)
        m_handler->onClosed(why);
}

} // namespace keydesk
