#pragma once

#include "protocol/page_items.h"
#include "store/row_store.h"
#include "sync/projection.h"
#include "sync/scope.h"

namespace keydesk {

// Builds one page of a pull from one snapshot of the database: a pure function of the request and
// the snapshot (sync.md, "Page"). Stateless between pages: any server process can go on.
class PageBuilder
{
public:
    /// `store` must be inside a read transaction, which is the snapshot.
    PageBuilder(RowStore &store, const Projection &projection, const QString &userId,
                const QString &deviceId);

    /// `request.known` must be complete (the peer session fills it in).
    Result<Page> build(const Pull &request);

private:
    bool sumsFit(const QStringList &verify) const;
    bool dropAndForget(std::map<QString, Profile> &known, Page &page, QString &key);
    Result<> loadBuckets(std::map<QString, Profile> &known, Page &page);
    Result<bool> loadRows(const QString &bucket, Profile profile, QString &key);
    Result<> sendOps(const std::map<QString, Profile> &known, Page &page);
    bool hasRoomFor(const Row &row) const;
    void putRow(const QString &bucket, const EntityInfo &entity, const Row &row, Profile profile);
    Result<> addSums(const std::map<QString, Profile> &known, const QStringList &verify,
                     Page &page);
    Result<> takeAwayUnknown(BucketSum &sum);
    qint64 countRows();
    bool isFull() const { return m_items.size() >= m_maxBytes; }

    RowStore &m_store;
    Database &m_database;
    const Projection &m_projection;
    QString m_userId;
    QString m_deviceId;
    Grants m_grants;
    PageItemWriter m_items;
    std::set<QString> m_touched;
    qsizetype m_maxBytes = 0;
    bool m_hasRows = false;
};

} // namespace keydesk
