#include "store/database.h"

#include "base/fault.h"
#include "store/damage.h"

#include <QAtomicInt>
#include <QSqlDriver>
#include <QSqlError>
#include <QVariant>

#include <sqlite3.h>

#include <cstring>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// Distinct statements kept prepared: the program has some two hundred; what an online search makes
// up comes on top.
constexpr qsizetype mostStatements = 512;

constexpr QLatin1StringView codePrefix("sqlite ");

void finalize(QHash<QByteArray, std::vector<sqlite3_stmt *>> &cache)
{
    for (const std::vector<sqlite3_stmt *> &statements : std::as_const(cache)) {
        for (sqlite3_stmt *statement : statements)
            sqlite3_finalize(statement);
    }
    cache.clear();
}

// Single statements that bracket the work of others: run so often that parsing them would tell.
bool isRepeated(const QByteArray &sql)
{
    return !sql.contains(';')
        && (sql.startsWith("BEGIN") || sql == "COMMIT" || sql == "ROLLBACK"
            || sql.startsWith("SAVEPOINT") || sql.startsWith("RELEASE")
            || sql.startsWith("DELETE FROM"));
}

// SQLite counts its memory under a lock that all threads share, and nobody reads the sum. Too late
// once a file was opened in this process, which costs no more than the counting.
void countNoMemory()
{
    static const int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    Q_UNUSED(code)
}

QString freshConnectionName()
{
    static QAtomicInt counter;
    return u"keydesk-%1"_s.arg(counter.fetchAndAddRelaxed(1));
}

} // namespace

Result<std::unique_ptr<Database>> Database::open(const QString &path,
                                                 const DatabaseOptions &options)
{
    countNoMemory();
    std::unique_ptr<Database> database(new Database);
    database->m_path = path;
    database->m_connection = freshConnectionName();
    QSqlDatabase connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, database->m_connection);
    connection.setDatabaseName(path);
    if (options.access == DatabaseOptions::Access::ReadOnly)
        connection.setConnectOptions(u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!connection.open())
        return Error("storage.failed"_reason, {connection.lastError().text()}, path);
    const QVariant handle = connection.driver()->handle();
    database->m_handle = *static_cast<sqlite3 *const *>(handle.constData());

    QByteArray pragmas = "PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=OFF;";
    if (options.access == DatabaseOptions::Access::ReadOnly) {
        pragmas += "PRAGMA query_only=ON;";
        sqlite3_db_config(database->m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    } else {
        pragmas += "PRAGMA secure_delete=ON;";
        if (!options.inMemory)
            pragmas += "PRAGMA journal_mode=WAL;";
        pragmas += options.durable && !fault::planted(fault::NormalSync)
            ? "PRAGMA synchronous=FULL;"
            : "PRAGMA synchronous=NORMAL;";
        pragmas += "PRAGMA cache_size=-32768;";
    }
    if (auto done = database->execute(pragmas); !done)
        return done.error();
    return database;
}

std::unique_ptr<Database> Database::openInMemory(const QByteArray &image)
{
    DatabaseOptions options;
    options.inMemory = true;
    options.durable = false;
    auto opened = open(u":memory:"_s, options);
    Q_ASSERT_X(opened, "Database::openInMemory", "SQLite cannot open a database in memory");
    if (!image.isEmpty()) {
        auto *copy = static_cast<unsigned char *>(sqlite3_malloc64(quint64(image.size())));
        std::memcpy(copy, image.constData(), std::size_t(image.size()));
        sqlite3_deserialize((*opened)->m_handle, "main", copy, image.size(), image.size(),
                            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
    }
    return std::move(*opened);
}

QByteArray Database::image() const
{
    sqlite3_int64 size = 0;
    unsigned char *bytes = sqlite3_serialize(m_handle, "main", &size, 0);
    QByteArray image(reinterpret_cast<const char *>(bytes), size);
    sqlite3_free(bytes);
    return image;
}

Database::~Database()
{
    finalize(m_cache);
    if (m_connection.isEmpty())
        return;
    QSqlDatabase::database(m_connection, false).close();
    QSqlDatabase::removeDatabase(m_connection);
}

Query Database::query(const QByteArray &sql)
{
    auto cached = m_cache.find(sql);
    if (cached != m_cache.end() && !cached->empty()) {
        sqlite3_stmt *statement = cached->back();
        cached->pop_back();
        return Query(*this, sql, statement);
    }
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v3(m_handle, sql.constData(), int(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    Query query(*this, sql, statement);
    if (code != SQLITE_OK)
        query.fail(code);
    return query;
}

void Database::giveBack(const QByteArray &sql, sqlite3_stmt *statement)
{
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (m_cache.size() >= mostStatements && !m_cache.contains(sql))
        finalize(m_cache);
    m_cache[sql].push_back(statement);
}

Result<> Database::execute(const QByteArray &sql)
{
    if (isRepeated(sql))
        return query(sql).run();
    const int code = sqlite3_exec(m_handle, sql.constData(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return lastError(code);
    return {};
}

Error Database::lastError(int code)
{
    const QString text = QString::fromUtf8(sqlite3_errmsg(m_handle));
    // The index beside the log could not grow: it is made anew from the log, so that nothing is
    // broken, there is only no room.
    const bool noRoom = code == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE;
    switch (noRoom ? SQLITE_FULL : code & 0xff) {
    case SQLITE_FULL:
        m_trouble = true;
        return Error("storage.full"_reason, {}, text);
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        m_broken = true;
        m_trouble = true;
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT:
        m_trouble = true;
        break;
    default:
        break;
    }
    return Error("storage.failed"_reason, {text}, codePrefix + QString::number(code));
}

Error damage(const QString &what)
{
    return Error("storage.failed"_reason, {what}, codePrefix + QString::number(SQLITE_CORRUPT));
}

bool isDamage(const Error &error)
{
    const int code = error.detail.startsWith(codePrefix)
        ? error.detail.sliced(codePrefix.size()).toInt() & 0xff
        : SQLITE_OK;
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

bool Database::inTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

qint64 Database::changes() const
{
    return sqlite3_changes64(m_handle);
}

qint64 Database::lastInsertRowId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

void Database::ownCheckpoints()
{
    // Also takes the place of SQLite's own checkpoint after each thousandth page.
    sqlite3_wal_hook(
        m_handle,
        [](void *database, sqlite3 *, const char *, int pages) {
            auto *self = static_cast<Database *>(database);
            self->m_logSize = pages;
            if (pages < self->m_logMoved) // begun anew
                self->m_logMoved = 0;
            return SQLITE_OK;
        },
        this);
}

Result<> Database::checkpoint()
{
    m_logMoved = m_logSize; // what a reader holds up goes with the next one
    return execute("PRAGMA wal_checkpoint(PASSIVE)");
}

Result<> Database::truncateLog()
{
    // Whoever reads an older state holds it up, which is no error to SQLite.
    Query blocked = query("PRAGMA wal_checkpoint(TRUNCATE)");
    const bool answered = blocked.next();
    if (blocked.error())
        return *blocked.error();
    return answered && blocked.integer(0) != 0
        ? Result<>(Error("storage.failed"_reason, {u"a reader holds the log"_s}))
        : Result<>();
}

Result<> Database::backupTo(const QString &path)
{
    // A reader's own guard would refuse it, although only the copy is written.
    const auto guarded = [this] {
        Query pragma = query("PRAGMA query_only");
        return pragma.next() && pragma.integer(0) != 0;
    }();
    if (auto lifted = execute("PRAGMA query_only=OFF"); !lifted)
        return lifted;
    auto copied = query("VACUUM INTO ?").bind(1, path).run();
    if (guarded) {
        if (auto restored = execute("PRAGMA query_only=ON"); !restored && copied)
            copied = restored;
    }
    return copied;
}

} // namespace keydesk
