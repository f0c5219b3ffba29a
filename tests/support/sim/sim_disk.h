#pragma once

#include <QByteArray>
#include <QRandomGenerator>
#include <QSet>
#include <QString>

#include <map>
#include <memory>
#include <vector>

struct sqlite3_vfs;

namespace keydesk::sim {

// The disks of a history: SQLite's default file system while it lives, in memory. A machine owns
// all files whose path begins with its name. Its process may be killed (what it wrote stays), its
// power may fail (what it did not sync is lost, torn or kept), its disk may fail or be full. Knows
// nothing of databases. One process at a time has a file open.
class SimDisk
{
public:
    SimDisk();
    ~SimDisk();
    SimDisk(const SimDisk &) = delete;
    SimDisk &operator=(const SimDisk &) = delete;

    bool contains(const QString &path) const { return m_files.contains(path); }
    /// Puts the whole content there, safely synced. Connections that have the file open see it as
    /// written by somebody else.
    void put(const QString &path, const QByteArray &content);
    void remove(const QString &prefix);
    /// What is in the files whose path begins so, by path: as whoever has the disk reads it.
    std::map<QString, QByteArray> contents(const QString &prefix) const;

    /// The process that has the machine's files open is gone: what it does to them from now on
    /// happens nowhere.
    void kill(const QString &prefix);
    /// As kill(), and of what was never synced each write is lost, torn at a sector, or there.
    void cutPower(const QString &prefix, QRandomGenerator64 &random);

    enum class Trouble { None, WriteFails, SyncFails, Full };
    /// From the `after`-th write on the machine's disk is in trouble, until cleared with None.
    void setTrouble(const QString &prefix, Trouble trouble, int after = 0);
    /// Whether the trouble has struck since it was set.
    bool hasStruck(const QString &prefix) const;

    struct File;
    struct Vfs; // the functions that SQLite calls

private:
    struct Machine
    {
        Trouble trouble = Trouble::None;
        int after = 0;
        bool struck = false;
    };
    /// True if the trouble strikes this call.
    bool strikes(const QString &path, bool syncs, Trouble &kind);

    std::unique_ptr<sqlite3_vfs> m_vfs;
    std::map<QString, std::shared_ptr<File>> m_files;
    std::map<QString, Machine> m_machines;
    QSet<QString> m_dead; // machines whose old process is being put away: it deletes nothing
};

} // namespace keydesk::sim
