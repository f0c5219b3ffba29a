#pragma once

#include "tool/office.h"

#include <QJsonObject>

namespace keydesk {

/// Copies the whole master database, at one commit, and the server's keys into `file` (0600), which
/// it replaces. Works beside a running server and does not hold up its writer. Audited. Errors:
/// usage for a file in the data directory.
Result<QJsonObject> backUp(Office &office, const QString &file);

/// Puts the backup `file` in the place of the master database, which is kept beside it under a name
/// with the time; a directory without keys gets those of the backup. The restored one is a new
/// incarnation: a new epoch, human numbers 1,000 further on, so that desktops re-offer what it does
/// not know (sync.md, "Epoch"). The answer lists answered commands that no desktop keeps any more
/// ("lost"), as far as the present database knows them. Errors: storage.failed for a file that is
/// no sound backup.
Result<QJsonObject> restoreBackup(const DataDir &dir, const QString &file, const Catalog &catalog,
                                  const CommandRegistry &registry, const Clock &clock);

} // namespace keydesk
