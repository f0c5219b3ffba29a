#include "sync/poison_watch.h"

#include <QFile>
#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcPoison, "keydesk.server.poison", QtInfoMsg)

namespace keydesk {

namespace {

constexpr qint64 deathsBeforeWatching = 2;
constexpr qint64 deathsOverOne = 3;
constexpr qint64 inFlight = 64; // a device sends no more than these again (sync.md, "Messages")

constexpr char attemptDdl[] = R"(
CREATE TABLE IF NOT EXISTS cmd_attempt(
    device TEXT NOT NULL, n INTEGER NOT NULL, tries INTEGER NOT NULL,
    PRIMARY KEY(device, n)) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO setting(name, value) VALUES('deaths', '0');
)";

} // namespace

PoisonWatch::PoisonWatch(Database &database, const QString &folder)
    : m_database(database)
    , m_mark(folder + QStringLiteral("/serving"))
{
}

Result<> PoisonWatch::begin()
{
    if (auto made = m_database.execute(attemptDdl); !made)
        return made;
    Query deaths = m_database.query("SELECT value FROM setting WHERE name='deaths'");
    const qint64 before = deaths.next() ? deaths.text(0).toLongLong() : 0;
    deaths.reset();
    QFile mark(m_mark);
    const qint64 count = mark.exists() ? before + 1 : 0;
    m_watching = count >= deathsBeforeWatching;
    if (m_watching)
        qCWarning(lcPoison) << "the server died" << count
                            << "times: commands that may be to blame run one by one";
    if (!mark.open(QFile::WriteOnly))
        return Error("file.unwritable"_reason, {m_mark, mark.errorString()});
    if (auto forgotten = count == 0 ? m_database.execute("DELETE FROM cmd_attempt") : Result<>();
        !forgotten)
        return forgotten;
    return m_database.query("UPDATE setting SET value=? WHERE name='deaths'")
        .bind(1, QString::number(count))
        .run();
}

void PoisonWatch::end()
{
    if (!QFile::remove(m_mark))
        qCWarning(lcPoison) << "this end will be counted as a death:" << m_mark;
}

bool PoisonWatch::isSuspect(const QString &device, qint64 n)
{
    if (!m_watching || device.isEmpty())
        return false;
    auto known = m_knownN.find(device);
    if (known == m_knownN.end()) {
        Query last = m_database.query("SELECT last_n FROM device WHERE id=?");
        last.bind(1, device);
        known = m_knownN.emplace(device, last.next() ? last.integer(0) : 0).first;
    }
    return n > known->second && n <= known->second + inFlight;
}

Result<> PoisonWatch::noteAttempt(const QString &device, qint64 n)
{
    return m_database
        .query("INSERT INTO cmd_attempt(device, n, tries) VALUES(?,?,1) "
               "ON CONFLICT(device, n) DO UPDATE SET tries=tries+1")
        .bind(1, device)
        .bind(2, n)
        .run();
}

bool PoisonWatch::isPoison(const QString &device, qint64 n) const
{
    Query tries = m_database.query("SELECT tries FROM cmd_attempt WHERE device=? AND n=?");
    tries.bind(1, device).bind(2, n);
    return tries.next() && tries.integer(0) > deathsOverOne; // this one included
}

Result<> PoisonWatch::survived(const QString &device, qint64 n)
{
    return m_database.query("DELETE FROM cmd_attempt WHERE device=? AND n=?")
        .bind(1, device)
        .bind(2, n)
        .run();
}

} // namespace keydesk
