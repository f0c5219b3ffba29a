#pragma once

#include "support/histories/history.h"

#include <QElapsedTimer>

namespace keydesk::blackbox {

// Keeps what happened while it happens, with times of one monotonic clock, in memory; writes it
// down when somebody wants to look. Judges nothing.
class Recorder
{
public:
    Recorder() { m_clock.start(); }

    /// Nanoseconds since the recorder was made.
    qint64 now() const { return m_clock.nsecsElapsed(); }
    /// The command is on its way; answers its place in the history.
    std::size_t invoke(Operation operation);
    /// The desktop has it for good.
    void accept(std::size_t place);
    void end(std::size_t place, Outcome outcome, const QString &reason = {},
             const QString &holder = {});
    /// The desktop would not have it: no command of the server.
    void refuseAtDesk(std::size_t place, const QString &reason);
    void look(Checkpoint checkpoint) { m_history.checkpoints.push_back(std::move(checkpoint)); }

    History &history() { return m_history; }
    const History &history() const { return m_history; }

private:
    QElapsedTimer m_clock;
    History m_history;
};

/// One JSON object a line: invoke, ok, fail, info and read by time, then what the server has in its
/// own order. Answers the file's path; empty when it could not be written.
QString writeHistory(const History &history, const QString &name);

} // namespace keydesk::blackbox
