#pragma once

#include "base/clock.h"

#include <QByteArray>
#include <QString>
#include <QtGlobal>

namespace keydesk {

/// One event as one line of JSON, without its line feed: {"ts":"2026-01-05T01:30:00.000Z",
/// "level":"info","category":"keydesk.sync.replica","message":"..."}. Control characters, line and
/// paragraph separators, direction marks and other invisible characters are escaped, so that no
/// message can forge a line or turn around what a terminal shows. Messages beyond 16,384 characters
/// are cut and carry "cut": how many are missing.
QByteArray logLine(Instant at, QtMsgType type, const char *category, QStringView message);

} // namespace keydesk
