#pragma once

#include "base/clock.h"

#include <QString>

namespace keydesk {

// Rows loaded so far and in all, while a first load is under way.
struct LoadProgress
{
    bool loading = false;
    qint64 rows = 0;
    qint64 total = 0;

    bool operator==(const LoadProgress &) const = default;
};

// Where the conversation with the server stands, in the words of the status bar.
struct SyncStatus
{
    enum State { Offline, Connecting, SigningIn, Loading, Live };
    State state = Offline;
    qint64 queued = 0;
    qint64 rejected = 0;
    qint64 cursor = 0;
    qint64 head = 0;
    Instant lastCheckpoint;
    LoadProgress progress;
    QString alarm; // key of a reason that needs a person: rollback, repeated sum mismatch

    bool operator==(const SyncStatus &) const = default;
};

} // namespace keydesk
