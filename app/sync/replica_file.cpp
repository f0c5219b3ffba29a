#include "sync/replica_file.h"

#include "base/content_hash.h"
#include "base/fault.h"
#include "commands/custody_step.h"
#include "rules/routing_facts.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr char replicaDdl[] = R"(
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS held(bucket TEXT PRIMARY KEY, profile INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS row_bucket(
    bucket TEXT NOT NULL, tbl TEXT NOT NULL, id TEXT NOT NULL, row_ver INTEGER NOT NULL,
    profile INTEGER NOT NULL, hash INTEGER NOT NULL, shadow BLOB,
    PRIMARY KEY(bucket, tbl, id)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS row_bucket_by_row ON row_bucket(tbl, id);
CREATE TABLE IF NOT EXISTS loading(bucket TEXT PRIMARY KEY, profile INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS stage_page(k INTEGER PRIMARY KEY, items BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS preimage(
    local_no INTEGER NOT NULL, tbl TEXT NOT NULL, id TEXT NOT NULL, body BLOB,
    PRIMARY KEY(local_no, tbl, id)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pending(
    tbl TEXT NOT NULL, id TEXT NOT NULL, local_no INTEGER NOT NULL, type TEXT NOT NULL,
    PRIMARY KEY(tbl, id, local_no)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS doubtful(local_no INTEGER PRIMARY KEY, reason TEXT NOT NULL) STRICT;
)";

const QString remainsKey = u"remains"_s;

} // namespace

QByteArray packRow(const EntityInfo &entity, const Row &row)
{
    QByteArray bytes;
    QCborStreamWriter writer(&bytes);
    writer.startMap();
    for (int i = 0; i < entity.fieldCount(); ++i) {
        if (row[std::size_t(i)].isNull())
            continue;
        writer.append(QStringView(entity.fields()[std::size_t(i)].name));
        writeCell(writer, row[std::size_t(i)]);
    }
    writer.endMap();
    return bytes;
}

Row unpackRow(const EntityInfo &entity, const QByteArray &bytes)
{
    Row row(std::size_t(entity.fieldCount()));
    CborReader reader(bytes);
    reader.textMap([&](const QString &name) {
        const Cell cell = reader.cell();
        if (const int index = entity.indexOf(name); index >= 0)
            row[std::size_t(index)] = cell;
    });
    return row;
}

ReplicaFile::ReplicaFile(std::shared_ptr<Database> database, const Catalog &catalog)
    : m_database(std::move(database))
    , m_store(*m_database, catalog)
{
}

Result<> ReplicaFile::open()
{
    if (auto done = m_database->execute(replicaDdl); !done)
        return done;
    if (auto done = m_store.migrate(); !done)
        return done;
    m_removed = !meta(remainsKey).isEmpty();
    return indexForRules();
}

Result<> ReplicaFile::openForLoad()
{
    if (auto done = m_database->execute(replicaDdl); !done)
        return done;
    m_store.setDerivedTables(false);
    return m_store.createBareTables();
}

Result<> ReplicaFile::finishLoad()
{
    if (auto done = m_store.finishLoad(); !done)
        return done;
    return indexForRules();
}

// For the suggestions at the dispatch desk, and for every step of custody that is shown ahead.
Result<> ReplicaFile::indexForRules()
{
    const bool routes = m_store.catalog().find(QString::fromLatin1(Schema<Opportunity>::table));
    auto done = routes ? RoutingFacts::createIndexes(*m_database) : Result<>();
    return done && routes ? createCustodyIndexes(*m_database) : done;
}

Columns ReplicaFile::columnsOf(const Catalog &catalog)
{
    Columns columns;
    for (const EntityInfo &entity : catalog.entities()) {
        EntityColumns known{entity.name(), {}};
        for (const FieldInfo &field : entity.fields())
            known.columns.append(field.name);
        columns.entities.push_back(std::move(known));
    }
    return columns;
}

QString ReplicaFile::meta(const QString &key) const
{
    Query query = m_database->query("SELECT value FROM meta WHERE key=?");
    query.bind(1, key);
    return query.next() ? query.text(0) : QString();
}

Result<> ReplicaFile::setMeta(const QString &key, const QString &value)
{
    return m_database->query("INSERT OR REPLACE INTO meta(key, value) VALUES(?,?)")
        .bind(1, key)
        .bind(2, value.isNull() ? u""_s : value)
        .run();
}

qint64 ReplicaFile::rowCount() const
{
    Query query = m_database->query("SELECT count(*) FROM row_bucket");
    return query.next() ? query.integer(0) : 0;
}

std::vector<KnownBucket> ReplicaFile::held() const
{
    std::vector<KnownBucket> buckets;
    Query query = m_database->query("SELECT bucket, profile FROM held ORDER BY bucket");
    while (query.next())
        buckets.push_back({query.text(0), int(query.integer(1))});
    return buckets;
}

BucketSum ReplicaFile::sumOf(const QString &bucket) const
{
    BucketSum sum{bucket, 0, 0};
    Query query = m_database->query("SELECT tbl, id, row_ver FROM row_bucket WHERE bucket=?");
    query.bind(1, bucket);
    while (query.next()) {
        ++sum.count;
        sum.sum += membershipHash(query.text(0), query.text(1), query.integer(2));
    }
    return sum;
}

Profile ReplicaFile::profileOf(const QString &entity, const RecordId &id) const
{
    Query query = m_database->query("SELECT max(profile) FROM row_bucket WHERE tbl=? AND id=?");
    query.bind(1, entity).bind(2, id);
    return query.next() ? Profile(query.integer(0)) : Profile::None;
}

Result<> ReplicaFile::apply(const PageItem &item, ChangeSet &changes)
{
    switch (item.kind) {
    case PageItem::Reset:
        return reset(changes);
    case PageItem::Begin:
        if (auto done = dropBucket(item.bucket, changes); !done)
            return done;
        return m_database->query("INSERT OR REPLACE INTO loading(bucket, profile) VALUES(?,?)")
            .bind(1, item.bucket)
            .bind(2, qint64(item.profile))
            .run();
    case PageItem::Complete:
        if (auto done = m_database
                            ->query("INSERT OR REPLACE INTO held(bucket, profile) SELECT bucket, "
                                    "profile FROM loading WHERE bucket=?")
                            .bind(1, item.bucket)
                            .run();
            !done)
            return done;
        return m_database->query("DELETE FROM loading WHERE bucket=?").bind(1, item.bucket).run();
    case PageItem::Drop:
        return dropBucket(item.bucket, changes);
    case PageItem::Put:
        return put(item, changes);
    case PageItem::Del:
        if (item.entity < 0 || item.entity >= int(catalog().entities().size()))
            return Error("protocol.malformed"_reason, {u"unknown entity number"_s});
        return leave(item.bucket, catalog().entities()[std::size_t(item.entity)], item.id, changes);
    case PageItem::Name:
        break;
    }
    return {};
}

Result<> ReplicaFile::reset(ChangeSet &changes)
{
    changes.merge(ChangeSet::everything());
    m_removed = true;
    for (const EntityInfo &entity : catalog().entities()) {
        QStringList ids;
        Query query = m_database->query("SELECT id FROM " + entity.name().toLatin1());
        while (query.next())
            ids.append(query.text(0));
        for (const QString &id : std::as_const(ids)) {
            if (auto done = m_store.erase(entity, RecordId(id)); !done)
                return done;
        }
    }
    return m_database->execute("DELETE FROM row_bucket; DELETE FROM held; DELETE FROM loading");
}

Result<> ReplicaFile::writeBase(const EntityInfo &entity, const Row &row, ChangeSet &changes)
{
    const RecordId id(row[common_column::Id].text());
    changes.add(entity.name(), id);
    return m_store.put(entity, row, m_store.find(entity, id));
}

// The base row is the body of the highest profile under which it is held; a lower body waits as the
// shadow of its own membership.
Result<> ReplicaFile::put(const PageItem &item, ChangeSet &changes)
{
    if (item.entity < 0 || item.entity >= int(catalog().entities().size()))
        return Error("protocol.malformed"_reason, {u"unknown entity number"_s});
    const EntityInfo &entity = catalog().entities()[std::size_t(item.entity)];
    if (int(item.cells.size()) != entity.fieldCount())
        return Error("protocol.malformed"_reason, {u"row of another width"_s});

    Query profile = m_database->query("SELECT profile FROM held WHERE bucket=?1 UNION ALL "
                                      "SELECT profile FROM loading WHERE bucket=?1");
    profile.bind(1, item.bucket);
    if (!profile.next())
        return Error("protocol.malformed"_reason, {u"row of a bucket that is not held"_s});
    const qint64 own = profile.integer(0);
    profile.reset();

    Query others = m_database->query(
        "SELECT max(profile) FROM row_bucket WHERE tbl=? AND id=? AND bucket<>?");
    others.bind(1, entity.name()).bind(2, item.id).bind(3, item.bucket);
    const qint64 best = others.next() ? others.integer(0) : 0;
    others.reset();

    if (own > best && best > 0) {
        // The row so far came from a lower profile: it becomes the shadow of those memberships.
        if (const auto base = m_store.find(entity, RecordId(item.id))) {
            if (auto done = m_database
                                ->query("UPDATE row_bucket SET shadow=? WHERE tbl=? AND id=? AND "
                                        "bucket<>? AND profile=? AND shadow IS NULL")
                                .bind(1, packRow(entity, *base))
                                .bind(2, entity.name())
                                .bind(3, item.id)
                                .bind(4, item.bucket)
                                .bind(5, best)
                                .run();
                !done)
                return done;
        }
    }
    Query membership = m_database->query(
        "INSERT OR REPLACE INTO row_bucket(bucket, tbl, id, row_ver, profile, hash, shadow) "
        "VALUES(?,?,?,?,?,?,?)");
    membership.bind(1, item.bucket).bind(2, entity.name()).bind(3, item.id);
    membership.bind(4, item.cells[common_column::RowVer].integer()).bind(5, own);
    membership.bind(6, qint64(item.hash));
    membership.bind(7, own < best ? Cell(packRow(entity, item.cells)) : Cell());
    if (auto done = membership.run(); !done)
        return done;
    return own < best ? Result<>() : writeBase(entity, item.cells, changes);
}

Result<> ReplicaFile::leave(const QString &bucket, const EntityInfo &entity, const QString &id,
                            ChangeSet &changes)
{
    Query remove = m_database->query(
        "DELETE FROM row_bucket WHERE bucket=? AND tbl=? AND id=? RETURNING profile");
    remove.bind(1, bucket).bind(2, entity.name()).bind(3, id);
    if (!remove.next())
        return remove.run();
    const qint64 lost = remove.integer(0);
    if (auto done = remove.run(); !done)
        return done;

    Query rest = m_database->query("SELECT bucket, profile, shadow FROM row_bucket WHERE tbl=? AND "
                                   "id=? ORDER BY profile DESC LIMIT 1");
    rest.bind(1, entity.name()).bind(2, id);
    if (!rest.next()) {
        changes.add(entity.name(), RecordId(id));
        m_removed = true;
        return m_store.erase(entity, RecordId(id));
    }
    const qint64 best = rest.integer(1);
    const QByteArray shadow = rest.bytes(2);
    rest.reset();
    if (best >= lost)
        return {};
    // The base row was the body of the profile that went: fall back to the best shadow.
    m_removed = true;
    if (auto done = writeBase(entity, unpackRow(entity, shadow), changes); !done)
        return done;
    return m_database->query("UPDATE row_bucket SET shadow=NULL WHERE tbl=? AND id=? AND profile=?")
        .bind(1, entity.name())
        .bind(2, id)
        .bind(3, best)
        .run();
}

Result<> ReplicaFile::dropBucket(const QString &bucket, ChangeSet &changes)
{
    std::vector<std::pair<QString, QString>> rows;
    Query members = m_database->query("SELECT tbl, id FROM row_bucket WHERE bucket=?");
    members.bind(1, bucket);
    while (members.next())
        rows.emplace_back(members.text(0), members.text(1));
    if (fault::planted(fault::DropKeepsStage))
        rows.clear();
    for (const auto &[table, id] : rows) {
        if (auto done = leave(bucket, catalog().entity(table), id, changes); !done)
            return done;
    }
    if (auto done = m_database->query("DELETE FROM held WHERE bucket=?").bind(1, bucket).run();
        !done)
        return done;
    return m_database->query("DELETE FROM loading WHERE bucket=?").bind(1, bucket).run();
}

Result<> ReplicaFile::noteRemains()
{
    m_removed = true;
    return setMeta(remainsKey, u"1"_s);
}

Result<> ReplicaFile::forgetStaged()
{
    auto done = m_database->query("DELETE FROM stage_page").run();
    if (!done || m_database->changes() == 0)
        return done;
    return noteRemains();
}

Result<> ReplicaFile::scrubRemoved()
{
    if (!m_removed)
        return {};
    for (const EntityInfo &entity : catalog().entities()) {
        Query exists = m_database->query("SELECT 1 FROM sqlite_master WHERE name=?");
        const QByteArray table = "search_" + entity.name().toLatin1();
        exists.bind(1, QString::fromLatin1(table));
        if (!exists.next())
            continue;
        exists.reset();
        if (auto done = m_database->execute("INSERT INTO " + table + "(" + table
                                            + ") VALUES('optimize')");
            !done)
            return done;
    }
    if (auto done = m_database->truncateLog(); !done)
        return done;
    m_removed = false;
    return m_database->query("DELETE FROM meta WHERE key=?").bind(1, remainsKey).run();
}

} // namespace keydesk
