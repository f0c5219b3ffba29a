#include "tool/backup.h"

#include "security/pki.h"
#include "security/private_file.h"
#include "tool/master_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 answersKept = 14 * day; // by desktops (sync.md, G1b)
constexpr int seriesSkip = 1000;
constexpr int mostLost = 10'000;

Error unwritable(const QString &path, const QString &why)
{
    return Error("file.unwritable"_reason, {path, why});
}

// A file is only there for good once it and its directory are on the disk.
Result<> moveDurably(const QString &from, const QString &to)
{
    for (const QString &path : {from, QFileInfo(to).absolutePath()}) {
        const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0 || ::fsync(descriptor) != 0) {
            if (descriptor >= 0)
                ::close(descriptor);
            return unwritable(path, QString::fromLocal8Bit(std::strerror(errno)));
        }
        ::close(descriptor);
    }
    if (std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0)
        return unwritable(to, QString::fromLocal8Bit(std::strerror(errno)));
    return {};
}

void removeDatabase(const QString &path)
{
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(path + suffix);
}

Result<> checkSound(Database &database)
{
    Query check = database.query("PRAGMA integrity_check(1)");
    if (!check.next())
        return check.error().value_or(Error("storage.failed"_reason, {u"integrity_check"_s}));
    if (check.text(0) != u"ok")
        return Error("storage.failed"_reason, {check.text(0)});
    Query head = database.query("SELECT seq FROM head WHERE one=1");
    if (!head.next())
        return Error("storage.failed"_reason, {u"this is no Keydesk backup"_s});
    return {};
}

// Answered after the backup was made and too long ago for a desktop to still have it.
Result<QJsonArray> lostAnswers(const QString &present, const QString &backup, Instant now)
{
    QJsonArray lost;
    if (!QFile::exists(present))
        return lost;
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    auto opened = Database::open(present, options);
    if (!opened)
        return lost; // the very reason for a restore
    if (auto attached = (*opened)->query("ATTACH ? AS backup").bind(1, backup).run(); !attached)
        return attached.error();
    Query answers = (*opened)->query(
        "SELECT p.device, p.n, p.cmd_id, p.status, p.at FROM cmd_result p LEFT JOIN "
        "backup.cmd_result b ON b.device = p.device AND b.n = p.n "
        "WHERE b.n IS NULL AND p.at < ? AND p.device NOT LIKE '%:%' ORDER BY p.at LIMIT ?");
    answers.bind(1, now.ms - answersKept).bind(2, mostLost);
    while (answers.next())
        lost.append(QJsonObject{{u"device"_s, answers.text(0)},
                                {u"n"_s, answers.integer(1)},
                                {u"command"_s, answers.text(2)},
                                {u"applied"_s, answers.integer(3) == 0},
                                {u"at"_s,
                                 Instant{answers.integer(4)}.toLocal().toUTC().toString(
                                     Qt::ISODateWithMs)}});
    return lost;
}

Result<> becomeNewIncarnation(Database &database, const Catalog &catalog,
                              const CommandRegistry &registry, Instant now, const QString &epoch)
{
    RowStore store(database, catalog);
    Authority authority(store, registry);
    if (auto begun = authority.beginGroup(now); !begun)
        return begun;
    auto done = authority.perform([&](Transaction &, AuditEntry &audit) -> Result<> {
        audit.action = u"restore"_s;
        audit.object = epoch;
        audit.outcome = u"applied"_s;
        auto written = database.query("UPDATE head SET epoch=? WHERE one=1").bind(1, epoch).run();
        if (written)
            written = database.query("UPDATE session SET revoked_at=? WHERE revoked_at=0")
                          .bind(1, now.ms)
                          .run();
        Query series = database.query("SELECT 1 FROM sqlite_master WHERE name='number_series'");
        if (written && series.next())
            written =
                database.query("UPDATE number_series SET last=last+?").bind(1, seriesSkip).run();
        return written;
    });
    if (!done) {
        authority.rollbackGroup();
        return done;
    }
    const auto committed = authority.commitGroup();
    return committed ? database.truncateLog() : committed.error();
}

// Whatever links lead to it: what lies in there is the server's own.
bool liesIn(const QString &folder, const QString &path)
{
    const QFileInfo target(path);
    const QString real = target.exists() ? target.canonicalFilePath()
                                         : QFileInfo(target.path()).canonicalFilePath() + u'/';
    return real.startsWith(QFileInfo(folder).canonicalFilePath() + u'/');
}

// The keys go with the data: without them no enrolled desktop would trust the machine that takes
// over. Like the data they are in clear, in a file that only its owner may read.
Result<> packKeys(Database &copy, const QString &folder)
{
    auto done = copy.execute("CREATE TABLE tls_file(name TEXT PRIMARY KEY, bytes BLOB) STRICT");
    for (const QString &name : QDir(folder).entryList({u"*.pem"_s, u"audit.key"_s}, QDir::Files)) {
        const auto bytes = readPrivateFile(folder + u'/' + name);
        if (!bytes)
            return bytes.error();
        if (done)
            done = copy.query("INSERT INTO tls_file(name, bytes) VALUES(?,?)")
                       .bind(1, name)
                       .bind(2, *bytes)
                       .run();
    }
    return done;
}

// Takes the keys out of the copy; writes them where there are none. Older backups hold none.
Result<> unpackKeys(Database &copy, const QString &folder)
{
    Query packed = copy.query("SELECT 1 FROM sqlite_master WHERE name='tls_file'");
    if (!packed.next())
        return {};
    packed.reset();
    if (!Pki(folder).exists()) {
        if (auto made = makePrivateFolder(folder); !made)
            return made;
        Query files = copy.query("SELECT name, bytes FROM tls_file");
        while (files.next()) {
            const QString name = QFileInfo(files.text(0)).fileName();
            if (auto written = writePrivateFile(folder + u'/' + name, files.bytes(1)); !written)
                return written;
        }
    }
    return copy.execute("DROP TABLE tls_file");
}

Result<qint64> finishCopy(const QString &path, const QString &tlsFolder)
{
    auto copy = Database::open(path);
    if (!copy)
        return copy.error();
    if (auto packed = packKeys(**copy, tlsFolder); !packed)
        return packed.error();
    Query head = (*copy)->query("SELECT seq FROM head WHERE one=1");
    const qint64 seq = head.next() ? head.integer(0) : 0;
    head.reset();
    // One file, without a log beside it.
    if (auto whole = (*copy)->execute("PRAGMA journal_mode=DELETE"); !whole)
        return whole.error();
    return seq;
}

} // namespace

Result<QJsonObject> backUp(Office &office, const QString &file)
{
    const QString path = QFileInfo(file).absoluteFilePath();
    if (liesIn(office.dir().path(), path))
        return Error("usage"_reason,
                     {u"%1 lies in the data directory: a backup belongs elsewhere"_s.arg(path)});
    const QString unfinished = path + u".part"_s;
    QFile::remove(unfinished);
    {
        auto reader = office.reader();
        if (!reader)
            return reader.error();
        if (auto copied = (*reader)->backupTo(unfinished); !copied) {
            QFile::remove(unfinished);
            return copied.error();
        }
    }
    QFile::setPermissions(unfinished, QFile::ReadOwner | QFile::WriteOwner);
    const auto seq = finishCopy(unfinished, office.dir().tlsFolder());
    if (!seq) {
        removeDatabase(unfinished);
        return seq.error();
    }
    if (auto moved = moveDurably(unfinished, path); !moved)
        return moved.error();
    const auto noted = office.transact(
        [&](Authority &, Transaction &, AuditEntry &audit) -> Result<> {
            audit.action = u"backup"_s;
            audit.object = QString::number(*seq);
            audit.outcome = u"applied"_s;
            return {};
        });
    if (!noted)
        return noted.error();
    return QJsonObject{{u"file"_s, path}, {u"seq"_s, *seq}, {u"bytes"_s, QFileInfo(path).size()}};
}

Result<QJsonObject> restoreBackup(const DataDir &dir, const QString &file, const Catalog &catalog,
                                  const CommandRegistry &registry, const Clock &clock)
{
    const QString master = dir.file(QLatin1StringView(masterFile));
    const QString fresh = dir.file(u"restore.db"_s);
    removeDatabase(fresh);
    if (!QFile::copy(file, fresh))
        return Error("file.unreadable"_reason, {file, u"it cannot be copied to %1"_s.arg(fresh)});
    QFile::setPermissions(fresh, QFile::ReadOwner | QFile::WriteOwner);
    const QString epoch = RecordId::create().text();
    const Instant now = clock.now();
    auto lost = lostAnswers(master, fresh, now);
    const auto prepared = [&]() -> Result<> {
        if (!lost)
            return lost.error();
        auto opened = Database::open(fresh);
        if (!opened)
            return opened.error();
        if (auto sound = checkSound(**opened); !sound)
            return sound;
        if (auto unpacked = unpackKeys(**opened, dir.tlsFolder()); !unpacked)
            return unpacked;
        return becomeNewIncarnation(**opened, catalog, registry, now, epoch);
    }();
    if (!prepared) {
        removeDatabase(fresh);
        return prepared.error();
    }
    QString kept;
    if (QFile::exists(master)) {
        kept = dir.file(
            u"keydesk-before-%1.db"_s.arg(now.toLocal().toUTC().toString(u"yyyyMMdd-HHmmss")));
        for (const QString &suffix : {u"-wal"_s, u"-shm"_s, u""_s}) {
            if (QFile::exists(master + suffix) && !QFile::rename(master + suffix, kept + suffix))
                return unwritable(kept, u"it exists"_s);
        }
    }
    if (auto moved = moveDurably(fresh, master); !moved)
        return moved.error();
    return QJsonObject{{u"epoch"_s, epoch}, {u"kept"_s, kept}, {u"lost"_s, *lost}};
}

} // namespace keydesk
