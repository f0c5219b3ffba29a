// Whether the rows of a replica file are still what the server sent.

#include "sync/replica_file.h"

#include "base/content_hash.h"

#include <QCryptographicHash>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QString fingerprintOf(const Catalog &catalog)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const EntityInfo &entity : catalog.entities()) {
        for (const FieldInfo &field : entity.fields())
            hash.addData((entity.name() + u'.' + field.name + u'\n').toUtf8());
    }
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace

Result<> ReplicaFile::noteColumns()
{
    return setMeta(u"columns"_s, fingerprintOf(catalog()));
}

bool ReplicaFile::hasOwnColumns() const
{
    return meta(u"columns"_s) == fingerprintOf(catalog());
}

// A lower profile's body waits in the shadow; what a pending command touched stands in its
// pre-image; else the base row is it.
std::optional<Row> ReplicaFile::sentRow(const EntityInfo &entity, const RowPlace &place,
                                        const QByteArray &shadow) const
{
    if (!shadow.isEmpty())
        return unpackRow(entity, shadow);
    Query before = m_database->query(
        "SELECT body FROM preimage WHERE tbl=? AND id=? ORDER BY local_no LIMIT 1");
    before.bind(1, place.table).bind(2, place.id);
    if (before.next())
        return before.isNull(0) ? std::nullopt : std::optional(unpackRow(entity, before.bytes(0)));
    before.reset();
    return m_store.find(entity, RecordId(place.id));
}

QList<RowPlace> ReplicaFile::damagedRows(RowPlace &from, int most) const
{
    QList<RowPlace> damaged;
    if (!hasOwnColumns())
        return damaged;
    Query rows = m_database->query(
        "SELECT bucket, tbl, id, hash, shadow FROM row_bucket WHERE "
        "(bucket, tbl, id) > (?, ?, ?) ORDER BY bucket, tbl, id LIMIT ?");
    rows.bind(1, from.bucket.isNull() ? u""_s : from.bucket);
    rows.bind(2, from.table.isNull() ? u""_s : from.table);
    rows.bind(3, from.id.isNull() ? u""_s : from.id);
    rows.bind(4, most);
    int seen = 0;
    for (; rows.next(); ++seen) {
        const RowPlace place{rows.text(0), rows.text(1), rows.text(2)};
        from = place;
        const EntityInfo *entity = catalog().find(place.table);
        if (!entity)
            continue;
        const auto row = sentRow(*entity, place, rows.bytes(4));
        if (!row || contentHash(*row) != quint64(rows.integer(3)))
            damaged.append(place);
    }
    if (seen < most)
        from = {};
    return damaged;
}

} // namespace keydesk
