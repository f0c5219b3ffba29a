#include "sync/outbox.h"

#include "base/fault.h"
#include "store/file_format.h"
#include "sync/bracket.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr char outboxDdl[] = R"(
CREATE TABLE IF NOT EXISTS queue(
    local_no INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER UNIQUE, cmd_id TEXT NOT NULL,
    type TEXT NOT NULL, ver INTEGER NOT NULL, args BLOB NOT NULL, created INTEGER NOT NULL,
    applied INTEGER NOT NULL DEFAULT 0, accepted INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX IF NOT EXISTS queue_waiting ON queue(local_no) WHERE applied=0;
CREATE INDEX IF NOT EXISTS queue_accepted ON queue(n) WHERE applied=1;
CREATE TABLE IF NOT EXISTS answered(
    local_no INTEGER PRIMARY KEY, n INTEGER NOT NULL, cmd_id TEXT NOT NULL, type TEXT NOT NULL,
    ver INTEGER NOT NULL, args BLOB NOT NULL, created INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS rejected(
    local_no INTEGER PRIMARY KEY, cmd_id TEXT NOT NULL, type TEXT NOT NULL, ver INTEGER NOT NULL,
    args BLOB NOT NULL, reason TEXT NOT NULL, reason_args TEXT NOT NULL, at INTEGER NOT NULL,
    accepted INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE IF NOT EXISTS renewed(
    old TEXT PRIMARY KEY, fresh TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS draft(key TEXT PRIMARY KEY, body TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS identity(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
)";

// How many commands wait is asked at every step of a session: it is kept beside the queue, in this
// connection's memory, by what happens to its rows.
constexpr char counting[] = R"(
CREATE TEMP TABLE IF NOT EXISTS waiting(commands INTEGER NOT NULL);
DELETE FROM temp.waiting;
INSERT INTO temp.waiting SELECT count(*) FROM queue WHERE applied=0;
CREATE TEMP TRIGGER IF NOT EXISTS queue_gains AFTER INSERT ON queue WHEN NEW.applied=0
    BEGIN UPDATE waiting SET commands=commands+1; END;
CREATE TEMP TRIGGER IF NOT EXISTS queue_loses AFTER DELETE ON queue WHEN OLD.applied=0
    BEGIN UPDATE waiting SET commands=commands-1; END;
CREATE TEMP TRIGGER IF NOT EXISTS queue_settles AFTER UPDATE OF applied ON queue
    WHEN NEW.applied<>OLD.applied
    BEGIN UPDATE waiting SET commands=commands+OLD.applied-NEW.applied; END;
)";

// Columns that tables above have gained since they were first written on a desktop. Append only.
struct GainedColumn
{
    const char *table;
    const char *name;
    const char *definition;
};
constexpr GainedColumn gainedColumns[] = {
    {"queue", "accepted", "INTEGER NOT NULL DEFAULT 0"},
    {"rejected", "accepted", "INTEGER NOT NULL DEFAULT 0"},
};

constexpr int outboxFormat = 1;

Result<> addGainedColumns(Database &database)
{
    for (const GainedColumn &column : gainedColumns) {
        Query known = database.query("SELECT 1 FROM pragma_table_info(?) WHERE name=?");
        known.bind(1, QString::fromLatin1(column.table)).bind(2, QString::fromLatin1(column.name));
        const bool has = known.next();
        known.reset();
        if (has)
            continue;
        if (auto done = database.execute("ALTER TABLE "_ba + column.table + " ADD COLUMN "
                                         + column.name + ' ' + column.definition);
            !done)
            return done;
    }
    return {};
}

constexpr qint64 keepAnswered = 14 * day; // sync.md G1b

CommandCall callFrom(const Query &query, int first)
{
    CommandCall call;
    call.id = RecordId(query.text(first));
    call.type = query.text(first + 1);
    call.version = int(query.integer(first + 2));
    // Its author's own words are never hidden from him, whatever became of them.
    const QByteArray stored = query.bytes(first + 3);
    if (auto arguments = Arguments::fromCbor(stored, stored.size()))
        call.arguments = std::move(*arguments);
    else
        call.arguments.values[u"unreadable"_s] = QString::fromUtf8(stored);
    return call;
}

constexpr char entryColumns[] = "local_no, n, created, applied, accepted, cmd_id, type, ver, args";

std::vector<Outbox::Entry> entriesOf(Query &query)
{
    std::vector<Outbox::Entry> all;
    while (query.next())
        all.push_back({query.integer(0),
                       query.integer(1),
                       callFrom(query, 5),
                       {query.integer(2)},
                       query.integer(3) != 0,
                       {query.integer(4)}});
    return all;
}

constexpr char rejectedColumns[] =
    "local_no, reason, reason_args, at, accepted, cmd_id, type, ver, args";

Outbox::Rejected rejectedFrom(const Query &query)
{
    const QString args = query.text(2);
    return {query.integer(0),   callFrom(query, 5),
            query.text(1),      args.isEmpty() ? QStringList() : args.split(u'\n'),
            {query.integer(3)}, {query.integer(4)}};
}

} // namespace

Result<> Outbox::createTables()
{
    Bracket bracket(m_database);
    auto done = adoptFormat(m_database, outboxFormat);
    if (done)
        done = m_database.execute(outboxDdl);
    if (done)
        done = addGainedColumns(m_database);
    if (done)
        done = m_database.execute(counting);
    auto made = bracket.commit(done);
    m_countsWaiting = bool(made);
    return made;
}

Result<qint64> Outbox::append(const CommandCall &call, Instant now)
{
    auto done = m_database
                    .query("INSERT INTO queue(cmd_id, type, ver, args, created) VALUES(?,?,?,?,?)")
                    .bind(1, call.id)
                    .bind(2, call.type)
                    .bind(3, qint64(call.version))
                    .bind(4, call.arguments.toCbor())
                    .bind(5, now.ms)
                    .run();
    if (!done)
        return done.error();
    return m_database.lastInsertRowId();
}

qint64 Outbox::nextLocalNo() const
{
    return integerOf(
        "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name='queue'), 0) + 1");
}

std::vector<Outbox::Entry> Outbox::entries() const
{
    Query query = m_database.query("SELECT "_ba + entryColumns + " FROM queue ORDER BY local_no");
    return entriesOf(query);
}

std::vector<Outbox::Entry> Outbox::unanswered(int most) const
{
    Query query = m_database.query("SELECT "_ba + entryColumns
                                   + " FROM queue WHERE applied=0 ORDER BY local_no LIMIT ?");
    query.bind(1, most);
    return entriesOf(query);
}

qint64 Outbox::integerOf(const QByteArray &sql) const
{
    Query query = m_database.query(sql);
    return query.next() ? query.integer(0) : 0;
}

qint64 Outbox::pendingCount() const
{
    return integerOf(m_countsWaiting ? "SELECT commands FROM temp.waiting"
                                     : "SELECT count(*) FROM queue WHERE applied=0");
}

std::optional<qint64> Outbox::localNoOf(qint64 n) const
{
    Query query = m_database.query("SELECT local_no FROM queue WHERE n=?");
    query.bind(1, n);
    return query.next() ? std::optional(query.integer(0)) : std::nullopt;
}

Result<std::vector<qint64>> Outbox::number(const std::vector<qint64> &localNos)
{
    const qint64 before = identity(u"last_n"_s).toLongLong();
    qint64 last = before;
    std::vector<qint64> numbers;
    std::vector<qint64> fresh; // the entries that had none
    for (const qint64 localNo : localNos) {
        Query known = m_database.query("SELECT n FROM queue WHERE local_no=?");
        known.bind(1, localNo);
        if (!known.next())
            return Error("record.not_found"_reason);
        if (known.isNull(0))
            fresh.push_back(localNo);
        numbers.push_back(known.isNull(0) ? ++last : known.integer(0));
    }
    if (fresh.empty())
        return numbers;
    Bracket bracket(m_database);
    Result<> done;
    for (std::size_t i = 0; done && i < fresh.size(); ++i)
        done = m_database.query("UPDATE queue SET n=? WHERE local_no=?")
                   .bind(1, before + qint64(i) + 1)
                   .bind(2, fresh[i])
                   .run();
    if (done)
        done = setIdentity(u"last_n"_s, QString::number(last));
    if (auto committed = bracket.commit(done); !committed)
        return committed.error();
    return numbers;
}

Result<> Outbox::withdraw(qint64 localNo)
{
    auto done =
        m_database.query("DELETE FROM queue WHERE local_no=? AND n IS NULL").bind(1, localNo).run();
    if (done && m_database.changes() == 0)
        return Error("record.not_found"_reason);
    return done;
}

Result<> Outbox::settleApplied(const std::vector<qint64> &numbers, Instant now)
{
    Bracket bracket(m_database);
    Result<> done;
    for (std::size_t i = 0; done && i < numbers.size(); ++i)
        done = m_database.query("UPDATE queue SET applied=1, accepted=? WHERE n=?")
                   .bind(1, now.ms)
                   .bind(2, numbers[i])
                   .run();
    return bracket.commit(done);
}

Result<> Outbox::settleRejected(qint64 n, const QString &reason, const QStringList &args,
                                Instant now, const Shows &shows)
{
    Bracket bracket(m_database);
    auto done = m_database
                    .query("INSERT INTO rejected(local_no, cmd_id, type, ver, args, reason, "
                           "reason_args, at, accepted) SELECT local_no, cmd_id, type, ver, args, "
                           "?, ?, ?, accepted FROM queue WHERE n=?")
                    .bind(1, reason)
                    .bind(2, args.isEmpty() ? u""_s : args.join(u'\n'))
                    .bind(3, now.ms)
                    .bind(4, n)
                    .run();
    const bool listed = done && m_database.changes() > 0;
    const qint64 localNo = m_database.lastInsertRowId();
    if (done)
        done = m_database.query("DELETE FROM queue WHERE n=?").bind(1, n).run();
    if (done)
        done = setIdentity(u"acked_n"_s, QString::number(std::max(n, lastAckedN())));
    if (done && listed)
        done = settleListed(localNo, reason, now, shows);
    return bracket.commit(done);
}

// Who may not see the record any more keeps what he typed, not what the server had told him.
Result<> Outbox::settleListed(qint64 localNo, const QString &reason, Instant now,
                              const Shows &shows)
{
    auto entry = rejected(localNo);
    if (entry && renewedIds().follow(entry->call.arguments))
        return requeue(retriesOf({{localNo, {}}}), now);
    const bool gone = reason == u"record.not_found";
    return blankIn("rejected WHERE local_no=?", localNo,
                   gone ? Shows([](auto &&...) { return false; }) : shows);
}

Result<> Outbox::coveredThrough(qint64 lastN, Instant now, const Shows &shows)
{
    if (integerOf("SELECT EXISTS(SELECT 1 FROM queue WHERE applied=1)") == 0)
        return {};
    Bracket bracket(m_database);
    // Its record may have left with the very checkpoint, or before the answer.
    auto done = blankIn("queue WHERE applied=1 AND n<=?", lastN, shows);
    // An older program did not note when it was accepted; that was after it was made.
    if (done)
        done = m_database
                   .query("INSERT OR REPLACE INTO answered(local_no, n, cmd_id, type, ver, args, "
                          "created, at) SELECT local_no, n, cmd_id, type, ver, args, created, "
                          "max(accepted, created) FROM queue WHERE applied=1 AND n<=?")
                   .bind(1, lastN)
                   .run();
    if (done)
        done = m_database.query("DELETE FROM queue WHERE applied=1 AND n<=?").bind(1, lastN).run();
    if (done)
        done = m_database.query("DELETE FROM answered WHERE at < ?")
                   .bind(1, now.ms - keepAnswered)
                   .run();
    if (done)
        done = forgetRenewals(now.ms - keepAnswered);
    if (done)
        done = setIdentity(u"acked_n"_s,
                           QString::number(
                               std::max(lastAckedN(), integerOf("SELECT max(n) FROM answered"))));
    return bracket.commit(done);
}

qint64 Outbox::lastAckedN() const
{
    const qint64 waiting = integerOf("SELECT max(n) FROM queue WHERE applied=1");
    return std::max(waiting, identity(u"acked_n"_s).toLongLong());
}

Result<> Outbox::requeueAfter(qint64 serverLastN)
{
    Bracket bracket(m_database);
    return bracket.commit(renumberAfter(serverLastN));
}

Result<> Outbox::adoptDevice(const QString &deviceId)
{
    Bracket bracket(m_database);
    auto done = setIdentity(u"device_id"_s, deviceId);
    // Its token was the old device's.
    for (const QString &key : {u"token_id"_s, u"token_secret"_s}) {
        if (done)
            done = setIdentity(key, {});
    }
    return bracket.commit(done ? renumberAfter(0) : done);
}

Result<> Outbox::renumberAfter(qint64 serverLastN)
{
    const qint64 offeredAfter = fault::planted(fault::AnswersForgotten) ? INT64_MAX : serverLastN;
    auto done = m_database
                    .query("INSERT INTO queue(local_no, cmd_id, type, ver, args, created, accepted)"
                           " SELECT local_no, cmd_id, type, ver, args, created, at FROM answered "
                           "WHERE n>?")
                    .bind(1, offeredAfter)
                    .run();
    if (done)
        done = m_database.query("DELETE FROM answered WHERE n>?").bind(1, serverLastN).run();
    if (done)
        done = m_database.query("UPDATE queue SET n=NULL, applied=0 WHERE n IS NULL OR n>?")
                   .bind(1, serverLastN)
                   .run();
    if (done)
        done = setIdentity(u"last_n"_s, QString::number(serverLastN));
    if (done)
        done = setIdentity(u"acked_n"_s, QString::number(serverLastN));
    return done;
}

std::vector<Outbox::Rejected> Outbox::rejected() const
{
    std::vector<Rejected> all;
    Query query = m_database.query("SELECT "_ba + rejectedColumns
                                   + " FROM rejected ORDER BY local_no");
    while (query.next())
        all.push_back(rejectedFrom(query));
    return all;
}

std::optional<Outbox::Rejected> Outbox::rejected(qint64 localNo) const
{
    Query query = m_database.query("SELECT "_ba + rejectedColumns
                                   + " FROM rejected WHERE local_no=?");
    query.bind(1, localNo);
    if (!query.next())
        return std::nullopt;
    return rejectedFrom(query);
}

qint64 Outbox::rejectedCount() const
{
    return integerOf("SELECT count(*) FROM rejected");
}

Result<> Outbox::dismiss(qint64 localNo)
{
    return m_database.query("DELETE FROM rejected WHERE local_no=?").bind(1, localNo).run();
}

Result<> Outbox::makeReplicaCurrent(int number)
{
    Bracket bracket(m_database);
    auto done = setIdentity(u"current_replica"_s, QString::number(number));
    if (done)
        done = setIdentity(u"building_replica"_s, u"0"_s);
    return bracket.commit(done);
}

QString Outbox::identity(const QString &key) const
{
    Query query = m_database.query("SELECT value FROM identity WHERE key=?");
    query.bind(1, key);
    return query.next() ? query.text(0) : QString();
}

Result<> Outbox::setIdentity(const QString &key, const QString &value)
{
    return m_database.query("INSERT OR REPLACE INTO identity(key, value) VALUES(?,?)")
        .bind(1, key)
        .bind(2, value.isNull() ? u""_s : value)
        .run();
}

Result<> Outbox::setIdentities(const std::map<QString, QString> &values)
{
    Bracket bracket(m_database);
    Result<> done;
    for (auto value = values.begin(); done && value != values.end(); ++value)
        done = setIdentity(value->first, value->second);
    return bracket.commit(done);
}

QString Outbox::draft(const QString &key) const
{
    Query query = m_database.query("SELECT body FROM draft WHERE key=?");
    query.bind(1, key);
    return query.next() ? query.text(0) : QString();
}

Result<> Outbox::saveDraft(const QString &key, const QString &body, Instant now)
{
    if (body.isEmpty())
        return m_database.query("DELETE FROM draft WHERE key=?").bind(1, key).run();
    return m_database.query("INSERT OR REPLACE INTO draft(key, body, at) VALUES(?,?,?)")
        .bind(1, key)
        .bind(2, body)
        .bind(3, now.ms)
        .run();
}

} // namespace keydesk
