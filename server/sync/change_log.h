#pragma once

#include "store/transaction.h"

#include <QSet>

namespace keydesk {

// Turns row writes into the log that desktops pull from: stamps versions, keeps one op per (bucket,
// row) without a body, and the sums of the buckets. Lives for one group commit; a savepoint of the
// caller is matched by mark() and rewind().
class ChangeLog final : public RowObserver
{
public:
    explicit ChangeLog(Database &database)
        : m_database(database)
    {
    }

    enum class Operation { Put = 0, Del = 1 };

    /// Reads the head: the first thing a group does, so that sequence order is commit order.
    Result<> begin(Instant now);
    Result<> rowChanging(const EntityInfo &entity, const Row *before, Row &after) override;
    /// One more number of the sequence, for what is no row: a grant change, the end of a command.
    qint64 nextSeq() { return ++m_seq; }
    qint64 seq() const { return m_seq; }
    const QString &epoch() const { return m_epoch; }

    struct Mark
    {
        qint64 seq;
        std::size_t undo;
        std::size_t details;
    };
    Mark mark() const { return {m_seq, m_undo.size(), m_details.size()}; }
    /// Forgets what happened since the mark; the caller rolls its savepoint back.
    void rewind(const Mark &mark);
    /// Writes head and sums; the caller commits.
    Result<> flush();

    /// What changed in existing rows since the mark, for the audit trail.
    struct Detail
    {
        QString table;
        QString rowId;
        QString field; // empty: the row was created
        Cell before;
        Cell after;
    };
    const std::vector<Detail> &details() const { return m_details; }
    /// One more line for the trail's erasable part, of what is no row.
    void tell(const Detail &detail) { m_details.push_back(detail); }
    /// Buckets in which something happened in this group.
    const QSet<QString> &touched() const { return m_touched; }

private:
    struct Sum
    {
        qint64 count = 0;
        quint64 sum = 0;
    };
    Sum &sumOf(const QString &bucket);
    void changeSum(const QString &bucket, qint64 count, quint64 hash);
    Result<> writeOp(const QString &bucket, const QString &table, const QString &id,
                     Operation kind);

    Database &m_database;
    Instant m_now;
    qint64 m_seq = 0;
    QString m_epoch;
    QHash<QString, Sum> m_sums;
    std::vector<std::pair<QString, Sum>> m_undo;
    std::vector<Detail> m_details;
    QSet<QString> m_touched;
};

} // namespace keydesk
