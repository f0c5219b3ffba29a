#pragma once

#include "base/result.h"

#include <QByteArray>

namespace keydesk {

/// Writes a file that only its owner may read (0600), all of it or none of it: the bytes stand in a
/// temporary file, are synced, then take the name. file.unwritable on failure.
Result<> writePrivateFile(const QString &path, const QByteArray &bytes);

/// All bytes of a file of at most `maximumSize` bytes; file.unreadable on failure.
Result<QByteArray> readPrivateFile(const QString &path, qint64 maximumSize = 1024 * 1024);

/// Makes the folder if it is absent and leaves it to its owner alone (0700). file.unwritable on
/// failure.
Result<> makePrivateFolder(const QString &path);

} // namespace keydesk
