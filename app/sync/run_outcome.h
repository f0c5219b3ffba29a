#pragma once

#include "commands/command.h"

#include <optional>

namespace keydesk {

// What became of a command on this desktop: it is in the queue, under this number.
struct RunOutcome
{
    qint64 localNo = 0;
    OfflinePolicy offline = OfflinePolicy::Queued;
    bool previewed = true; // false: queued without a preview, the server decides
};

// What became of refused commands that were tried again.
struct RetryOutcome
{
    RunOutcome first;
    std::optional<Error> stopped; // why a later one would not do, and stays refused
};

} // namespace keydesk
