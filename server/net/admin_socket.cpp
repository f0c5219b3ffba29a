#include "net/admin_socket.h"

#include <QFile>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QLoggingCategory>
#include <QMutex>

Q_LOGGING_CATEGORY(lcAdmin, "keydesk.server.admin", QtInfoMsg)

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr qint64 longestRequest = 1024 * 1024;
constexpr qint64 slowReader = 64 * 1024;
constexpr int callersAtOnce = 16;

// The one thing that both threads know of a caller; null once the caller has gone.
struct AdminChannel
{
    QMutex mutex;
    QLocalSocket *socket = nullptr;
};

void write(QLocalSocket *socket, const QJsonObject &line)
{
    const bool last = line.contains(u"ok"_s);
    if (!last && socket->bytesToWrite() > slowReader)
        return;
    socket->write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
    if (last)
        socket->disconnectFromServer(); // after what is written has left
}

AdminReply replyTo(QLocalSocket *socket)
{
    auto channel = std::make_shared<AdminChannel>();
    channel->socket = socket;
    QObject::connect(
        socket, &QObject::destroyed, socket,
        [channel] {
            const QMutexLocker lock(&channel->mutex);
            channel->socket = nullptr;
        },
        Qt::DirectConnection);
    return AdminReply([channel](const QJsonObject &line) {
        const QMutexLocker lock(&channel->mutex);
        if (QLocalSocket *to = channel->socket)
            QMetaObject::invokeMethod(
                to, [to, line] { write(to, line); }, Qt::QueuedConnection);
    });
}

} // namespace

AdminSocket::AdminSocket(Handler handler, QObject *parent)
    : QObject(parent)
    , m_handler(std::move(handler))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(callersAtOnce);
    connect(&m_server, &QLocalServer::newConnection, this, &AdminSocket::onNewConnection);
}

AdminSocket::~AdminSocket() = default;

Result<> AdminSocket::listen(const QString &path)
{
    QLocalServer::removeServer(path);
    if (!m_server.listen(path))
        return Error("file.unwritable"_reason, {path, m_server.errorString()});
    if (!QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner)) {
        m_server.close();
        return Error("file.unwritable"_reason, {path, u"chmod 0600"_s});
    }
    return {};
}

void AdminSocket::onNewConnection()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        socket->setReadBufferSize(longestRequest + 1);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { onReadyRead(socket); });
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        onReadyRead(socket);
    }
}

void AdminSocket::onReadyRead(QLocalSocket *socket)
{
    if (socket->canReadLine()) {
        const QByteArray request = socket->readLine();
        socket->disconnect(this); // one request per caller
        answer(socket, request);
    } else if (socket->bytesAvailable() > longestRequest) {
        qCWarning(lcAdmin) << "request above" << longestRequest << "bytes refused";
        socket->abort();
    }
}

void AdminSocket::answer(QLocalSocket *socket, const QByteArray &request)
{
    const AdminReply reply = replyTo(socket);
    QJsonParseError parsed;
    const QJsonDocument document = QJsonDocument::fromJson(request, &parsed);
    if (!document.isObject())
        return reply.finish(Error("protocol.malformed"_reason, {parsed.errorString()}));
    m_handler(document.object(), reply);
}

} // namespace keydesk
