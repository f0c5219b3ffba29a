#pragma once

#include "store/database.h"
#include "sync/audit_head.h"
#include "sync/change_log.h"

namespace keydesk {

// One line of the audit trail: who did what to which object, from which device, with what outcome.
// No personal data in it: object ids only.
struct AuditEntry
{
    qint64 seq = 0;
    Instant at;
    QString actor;
    QString device;
    QString action;
    QString object;
    QString outcome;
};

// The hash-chained audit trail: hash(i) = SHA-256(hash(i-1) | entry), written in the transaction of
// what it tells of (sync.md, G12).
class AuditTrail
{
public:
    explicit AuditTrail(Database &database)
        : m_database(database)
    {
    }

    /// Reads the end of the chain: the first call in a group.
    Result<> begin();
    Result<> append(const AuditEntry &entry, const std::vector<ChangeLog::Detail> &details,
                    std::size_t firstDetail);

    struct Mark
    {
        qint64 pos;
        QByteArray hash;
    };
    Mark mark() const { return {m_pos, m_hash}; }
    void rewind(const Mark &mark);

    /// Position and hash of the newest entry and the epoch, unsigned; position 0 while there is
    /// none.
    static Result<AuditHead> head(Database &database);
    /// Walks the chain; answers the number of entries, or storage.failed naming the first break.
    static Result<qint64> verify(Database &database);

private:
    Database &m_database;
    qint64 m_pos = 0;
    QByteArray m_hash;
};

} // namespace keydesk
