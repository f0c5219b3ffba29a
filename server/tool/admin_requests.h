#pragma once

#include "tool/office.h"

#include <QJsonObject>

#include <functional>

namespace keydesk {

/// Does what a request of the command-line tool asks for, beside a running server or without one:
/// {"do": "user.add" | "user.disable" | "user.reset" | "enrol" | "import" | "backup" | "verify",
/// ...}. Waits for the disk; `progress` may be called meanwhile.
Result<QJsonObject> answerRequest(Office &office, const QJsonObject &request,
                                  const std::function<void(const QJsonObject &)> &progress);

} // namespace keydesk
