#pragma once

#include "support/sim/sim_client.h"
#include "support/sim/sim_server.h"

namespace keydesk::sim {

// Somebody who reads the bytes of a history beside the oracle: what leaves the server, and what a
// desktop's disk holds. A history that is watched is about grants (Faults::ofGrants) and runs on
// disks. What a function answers, if it is not empty, is a violation.
class HistoryWatch
{
public:
    virtual ~HistoryWatch() = default;
    /// What this person writes next, where a history would make up some words.
    virtual QString textOf(const QString &user) = 0;
    virtual QString phoneOf(const QString &user) = 0;
    /// A frame goes out to this person; `cut` is what the server holds.
    virtual QString sent(const QString &user, const QByteArray &frame,
                         const std::shared_ptr<const Cut> &cut) = 0;
    /// The desktop is at the checkpoint of `cut`; these are its files.
    virtual QString held(const SimClient &client, const std::map<QString, QByteArray> &files,
                         const std::shared_ptr<const Cut> &cut) = 0;
};

} // namespace keydesk::sim
