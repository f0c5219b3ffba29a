#pragma once

#include "protocol/page_items.h"
#include "store/transaction.h"

namespace keydesk {

// A row as it came through one bucket.
struct RowPlace
{
    QString bucket;
    QString table;
    QString id;
};

// One file of replicated rows: the base tables, which bucket each row came through, and where its
// download stands. Applies page items; knows no network and no commands.
class ReplicaFile
{
public:
    ReplicaFile(std::shared_ptr<Database> database, const Catalog &catalog);

    Result<> open();
    /// As open(), without indexes and full text until finishLoad().
    Result<> openForLoad();
    Result<> finishLoad();

    Database &database() const { return *m_database; }
    RowStore &store() { return m_store; }
    const Catalog &catalog() const { return m_store.catalog(); }

    /// What a desktop tells the server it knows: all entities with all columns.
    static Columns columnsOf(const Catalog &catalog);

    /// Applies one item inside the caller's transaction. Reset empties the file.
    Result<> apply(const PageItem &item, ChangeSet &changes);
    /// The buckets whose rows are complete, by name.
    std::vector<KnownBucket> held() const;
    /// Number and sum of the bucket's rows here, to compare with the server's.
    BucketSum sumOf(const QString &bucket) const;

    QString meta(const QString &key) const;
    Result<> setMeta(const QString &key, const QString &value);
    qint64 cursor() const { return meta(QStringLiteral("cursor")).toLongLong(); }
    qint64 lastN() const { return meta(QStringLiteral("last_n")).toLongLong(); }
    QString epoch() const { return meta(QStringLiteral("epoch")); }
    qint64 rowCount() const;

    /// The best profile under which the row is held; None if it is only a local preview.
    Profile profileOf(const QString &entity, const RecordId &id) const;
    /// The rows of this file are sent with the columns that the program knows now.
    Result<> noteColumns();
    /// Whether that is so. After an update it is not: the server left out what was not known then.
    bool hasOwnColumns() const;
    /// Of the `most` rows after `from`, which is moved on (to the beginning after the last), those
    /// that are not what was sent. Nothing while !hasOwnColumns(): the hashes cover the columns of
    /// their time. Rows under pending commands are judged as they were before.
    QList<RowPlace> damagedRows(RowPlace &from, int most) const;
    /// Whether bytes of removed rows may still be in the file.
    bool hasRemains() const { return m_removed; }
    /// In the transaction that removes: whoever opens the file after a death knows of the remains.
    Result<> noteRemains();
    /// Forgets what is left of a round that was given up.
    Result<> forgetStaged();
    /// Takes removed rows out of the file's bytes as well (sync.md G9).
    Result<> scrubRemoved();

private:
    Result<> indexForRules();
    std::optional<Row> sentRow(const EntityInfo &entity, const RowPlace &place,
                               const QByteArray &shadow) const;
    Result<> put(const PageItem &item, ChangeSet &changes);
    Result<> leave(const QString &bucket, const EntityInfo &entity, const QString &id,
                   ChangeSet &changes);
    Result<> dropBucket(const QString &bucket, ChangeSet &changes);
    Result<> writeBase(const EntityInfo &entity, const Row &row, ChangeSet &changes);
    Result<> reset(ChangeSet &changes);

    std::shared_ptr<Database> m_database;
    mutable RowStore m_store; // its cache of statements only
    bool m_removed = false; // since the last scrub
};

/// A row as bytes that survive a change of the field table: a CBOR map of column names to cells.
QByteArray packRow(const EntityInfo &entity, const Row &row);
Row unpackRow(const EntityInfo &entity, const QByteArray &bytes);

} // namespace keydesk
