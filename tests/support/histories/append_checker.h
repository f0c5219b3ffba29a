#pragma once

#include "support/histories/history.h"

namespace keydesk::blackbox {

/// Workload (b): commands that append one value to one or several lists at once, and reads of all
/// lists together. Every read shows all of a command or nothing, exactly what was committed up to
/// its position, and commands and reads can be put in one order that agrees with the lists, with
/// each device's own order and, for commands, with real time.
Anomalies checkAppends(const History &history);

} // namespace keydesk::blackbox
