#pragma once

#include "net/admin_reply.h"

#include <QLocalServer>
#include <QObject>

class QLocalSocket;

namespace keydesk {

// The running server's ear for the command-line tool: a socket in the data directory that only its
// owner may open. One JSON request line per caller, answered by progress lines and one answer. What
// a request means is the handler's business; who may open the socket may ask anything.
class AdminSocket final : public QObject
{
    Q_OBJECT

public:
    /// Called in the socket's thread; may answer later, from any thread.
    using Handler = std::function<void(const QJsonObject &request, const AdminReply &reply)>;

    explicit AdminSocket(Handler handler, QObject *parent = nullptr);
    ~AdminSocket() override;

    /// Listens on `path` (0600). The caller owns the data directory (DataDir), so that whatever
    /// stands there was left by a dead owner and is replaced. file.unwritable on failure, also when
    /// the path is longer than the system's limit of about 100 bytes.
    Result<> listen(const QString &path);

private:
    void onNewConnection();
    void onReadyRead(QLocalSocket *socket);
    void answer(QLocalSocket *socket, const QByteArray &request);

    Handler m_handler;
    QLocalServer m_server{this};
};

} // namespace keydesk
