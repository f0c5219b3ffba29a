#pragma once

#include "base/result.h"
#include "store/query.h"

#include <QByteArray>
#include <QHash>
#include <QSqlDatabase>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

struct sqlite3;

namespace keydesk {

struct DatabaseOptions
{
    enum class Access { ReadWrite, ReadOnly };
    Access access = Access::ReadWrite;
    /// FULL: a commit survives power loss (sync.md G1). NORMAL is for caches that may be deleted.
    bool durable = true;
    /// No write-ahead log: for databases in memory.
    bool inMemory = false;
    /// Reserved for an encrypting SQLite; empty today.
    QByteArray key;
};

// One connection to one SQLite file, with its prepared statements. The only place that opens a
// database. Belongs to one thread. A writer owns the checkpoints of its write-ahead log; readers
// are query_only (reliability.md, F1).
class Database
{
public:
    /// Opens or creates `path`. Errors: storage.failed, storage.full.
    static Result<std::unique_ptr<Database>> open(const QString &path,
                                                  const DatabaseOptions &options = {});
    /// A private database in memory, for tests and the simulation; with the content of `image`.
    static std::unique_ptr<Database> openInMemory(const QByteArray &image = {});
    /// The whole content as bytes, for openInMemory().
    QByteArray image() const;
    ~Database();

    /// A cached prepared statement, lent until the Query dies. `sql` is trusted text of the
    /// program: values are always bound.
    Query query(const QByteArray &sql);
    /// Runs one or more statements that return nothing.
    Result<> execute(const QByteArray &sql);
    bool inTransaction() const;
    /// Rows changed by the last statement.
    qint64 changes() const;
    qint64 lastInsertRowId() const;
    /// From now on commits move nothing from the write-ahead log into the file by themselves: the
    /// writer calls checkpoint() when it has answered.
    void ownCheckpoints();
    /// Pages in the write-ahead log after the last commit; needs ownCheckpoints().
    qint64 logPages() const { return m_logSize - m_logMoved; }
    /// Moves what readers do not hold back from the write-ahead log into the file.
    Result<> checkpoint();
    /// Truncates the write-ahead log, so that removed rows leave the file (sync.md G9). Waits for
    /// whoever reads an older state; storage.failed if that takes too long.
    Result<> truncateLog();
    /// Copies the whole database in one step into a new file (stack.md G7).
    Result<> backupTo(const QString &path);
    QString path() const { return m_path; }
    /// True after a failed fsync, an I/O error or corruption: stop, do not retry (sync.md G14).
    bool isBroken() const { return m_broken; }
    /// Whether since the last call something failed that is no fault of the statement: want of
    /// memory or room, a lock, the disk. What it was part of may be tried again.
    bool takeTrouble() { return std::exchange(m_trouble, false); }

private:
    friend class Query;
    friend Result<> defineTextFunction(Database &database, const char *name,
                                       std::function<QString(const QString &)> function);
    Database() = default;
    Error lastError(int code);
    void giveBack(const QByteArray &sql, sqlite3_stmt *statement);

    QString m_path;
    QString m_connection;
    sqlite3 *m_handle = nullptr;
    QHash<QByteArray, std::vector<sqlite3_stmt *>> m_cache;
    qint64 m_logSize = 0;
    qint64 m_logMoved = 0; // of it, when a checkpoint was last made
    bool m_broken = false;
    bool m_trouble = false;
};

} // namespace keydesk
