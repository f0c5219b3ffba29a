#pragma once

#include "base/result.h"

#include <QJsonObject>

#include <functional>

namespace keydesk {

/// Asks the server that runs on the data directory of this admin socket and waits for its answer,
/// however long that takes; `onProgress` gets what it says in between. Blocks; needs no event loop.
/// Errors: server.not_running when nobody listens, the server's own refusal, or protocol.malformed
/// when it hangs up without an answer.
Result<QJsonObject> askRunningServer(
    const QString &socketPath, const QJsonObject &request,
    const std::function<void(const QJsonObject &)> &onProgress = {});

} // namespace keydesk
