#pragma once

#include "store/database.h"

#include <map>

namespace keydesk {

// Finds the command that kills the server. A file in `folder` stands while the server runs: one
// that is still there at the start tells of a death; a server that stops because its disk failed
// takes it away, for that is no command's fault. When the server has died twice in a row, what
// devices may be sending again runs alone, with a note in the database before and none after; a
// command over which it died three times more is refused instead of run (sync.md, "Errors"). Never
// judges a command by what it says. Writer's thread only; the notes are commits of their own.
class PoisonWatch
{
public:
    PoisonWatch(Database &database, const QString &folder);
    /// The server starts: how did it end before?
    Result<> begin();
    /// It ends as it should, or for a reason that is known. Needs no database.
    void end();

    /// Whether this command may be the one. Such a command gets a group of its own.
    bool isSuspect(const QString &device, qint64 n);
    /// Before it runs. An error has noted nothing: it must not run.
    Result<> noteAttempt(const QString &device, qint64 n);
    /// Whether it is refused instead.
    bool isPoison(const QString &device, qint64 n) const;
    /// It ran, whatever became of it, and the server lives.
    Result<> survived(const QString &device, qint64 n);

private:
    Database &m_database;
    const QString m_mark;
    bool m_watching = false;
    std::map<QString, qint64> m_knownN; // per device the last number answered before this start
};

} // namespace keydesk
