#pragma once

#include "base/result.h"

#include <QByteArray>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace keydesk {

/// The encoding of all of `device`, by a name QStringDecoder knows. The device must be
/// random-access and is left at its beginning. A byte order mark decides; then strict UTF-8; then
/// GB18030 when the bytes are plausible Chinese; then what uchardet says. Short files can be
/// ambiguous: let the user choose. Memory: one block. Fails with "import.encoding", "csv.not_text"
/// or "file.unreadable".
Result<QByteArray> detectEncoding(QIODevice &device);

} // namespace keydesk
