#pragma once

#include "commands/command.h"

namespace keydesk {

// What became of a command on this desktop: it is in the queue, under this number.
struct RunOutcome
{
    qint64 localNo = 0;
    OfflinePolicy offline = OfflinePolicy::Queued;
    bool previewed = true; // false: queued without a preview, the server decides
};

} // namespace keydesk
