#pragma once

#include "support/sim/history.h"

#include <QStringList>

namespace keydesk::sim {

// What the histories of a run have reached: the generator's own coverage, and what of it is missing
// (reliability.md 3.1). What is required follows from the registry and the protocol; there is no
// second list.
class HistoryReport
{
public:
    void add(const History &history);
    /// How often each command was applied and refused, each move made, each message received.
    QStringList lines() const;
    /// Cells nobody reached: a command never applied or never refused, a message that met the
    /// server in some state of a connection never, a server's message that no desktop received.
    QStringList missing(const CommandRegistry &registry) const;
    int histories() const { return m_histories; }

private:
    QString faultLine() const;

    Outcomes m_outcomes;
    std::map<QString, int> m_moves;
    MessageCounts m_atServer;
    MessageCounts m_atDesktops;
    std::map<QString, int> m_faults;
    int m_histories = 0;
};

} // namespace keydesk::sim
