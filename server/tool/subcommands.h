#pragma once

#include <QStringList>

namespace keydesk {

/// Runs `keydesk-server ARGUMENTS` (without the program's name) and gives the exit code: 0 only on
/// success, 1 when it failed, 2 for arguments that cannot be understood; `serve` may also end with
/// one of Host's codes. What is asked for goes to standard output, everything else to standard
/// error. Needs a QCoreApplication.
int runSubcommand(const QStringList &arguments);

} // namespace keydesk
