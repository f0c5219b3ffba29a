#include "net/admin_client.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr int connectTimeout = 5000; // ms

Error errorOf(const QJsonObject &object)
{
    QStringList args;
    const QJsonArray given = object.value("args"_L1).toArray();
    for (const auto &arg : given)
        args.append(arg.toString());
    return Error(findReason(object.value("reason"_L1).toString()), args,
                 object.value("detail"_L1).toString());
}

} // namespace

Result<QJsonObject> askRunningServer(const QString &socketPath, const QJsonObject &request,
                                     const std::function<void(const QJsonObject &)> &onProgress)
{
    QLocalSocket socket;
    socket.connectToServer(socketPath);
    if (!socket.waitForConnected(connectTimeout))
        return Error("server.not_running"_reason, {QFileInfo(socketPath).path()},
                     socket.errorString());
    socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    for (;;) {
        while (!socket.canReadLine()) {
            if (!socket.waitForReadyRead(-1))
                return Error("protocol.malformed"_reason, {socket.errorString()});
        }
        const QJsonObject line = QJsonDocument::fromJson(socket.readLine()).object();
        if (line.value("ok"_L1).toBool())
            return line.value("answer"_L1).toObject();
        if (line.contains("error"_L1))
            return errorOf(line.value("error"_L1).toObject());
        if (onProgress && line.contains("progress"_L1))
            onProgress(line.value("progress"_L1).toObject());
    }
}

} // namespace keydesk
