#pragma once

#include "sync/replica_file.h"

namespace keydesk {

// Keeps, under a pending command's number, the first pre-image of every row that its preview
// touches, and marks the row as pending. Lives as long as the preview runs.
class PreimageKeeper final : public RowObserver
{
public:
    PreimageKeeper(ReplicaFile &file, qint64 localNo, QString type)
        : m_database(file.database())
        , m_localNo(localNo)
        , m_type(std::move(type))
    {
    }

    Result<> rowChanging(const EntityInfo &entity, const Row *before, Row &after) override
    {
        const QString id = after[common_column::Id].text();
        auto done = m_database
                        .query("INSERT OR IGNORE INTO preimage(local_no, tbl, id, body) "
                               "VALUES(?,?,?,?)")
                        .bind(1, m_localNo)
                        .bind(2, entity.name())
                        .bind(3, id)
                        .bind(4, before ? Cell(packRow(entity, *before)) : Cell())
                        .run();
        if (!done)
            return done;
        return m_database
            .query("INSERT OR IGNORE INTO pending(tbl, id, local_no, type) VALUES(?,?,?,?)")
            .bind(1, entity.name())
            .bind(2, id)
            .bind(3, m_localNo)
            .bind(4, m_type)
            .run();
    }

private:
    Database &m_database;
    qint64 m_localNo;
    QString m_type;
};

} // namespace keydesk
