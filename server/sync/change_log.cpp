#include "sync/change_log.h"

#include "base/content_hash.h"
#include "base/fault.h"

namespace keydesk {

Result<> ChangeLog::begin(Instant now)
{
    m_now = now;
    m_sums.clear();
    m_undo.clear();
    m_details.clear();
    m_touched.clear();
    Query head = m_database.query("SELECT seq, epoch FROM head WHERE one=1");
    if (!head.next())
        return head.error().value_or(Error("storage.failed"_reason, {QStringLiteral("head")}));
    m_seq = head.integer(0);
    m_epoch = head.text(1);
    return {};
}

ChangeLog::Sum &ChangeLog::sumOf(const QString &bucket)
{
    auto found = m_sums.find(bucket);
    if (found != m_sums.end())
        return *found;
    Sum sum;
    Query stored = m_database.query("SELECT cnt, sum FROM bucket WHERE id=?");
    stored.bind(1, bucket);
    if (stored.next())
        sum = {stored.integer(0), quint64(stored.integer(1))};
    return *m_sums.insert(bucket, sum);
}

void ChangeLog::changeSum(const QString &bucket, qint64 count, quint64 hash)
{
    Sum &sum = sumOf(bucket);
    m_undo.emplace_back(bucket, sum);
    sum.count += count;
    sum.sum += count > 0 ? hash : quint64(0) - hash;
    m_touched.insert(bucket);
}

Result<> ChangeLog::writeOp(const QString &bucket, const QString &table, const QString &id,
                            Operation kind)
{
    return m_database
        .query(
            "INSERT INTO oplog(seq, bucket, tbl, row_id, kind, at) VALUES(?,?,?,?,?,?) "
            "ON CONFLICT(bucket, tbl, row_id) DO UPDATE SET seq=excluded.seq, kind=excluded.kind, "
            "at=excluded.at")
        .bind(1, nextSeq())
        .bind(2, bucket)
        .bind(3, table)
        .bind(4, id)
        .bind(5, qint64(kind))
        .bind(6, m_now.ms)
        .run();
}

Result<> ChangeLog::rowChanging(const EntityInfo &entity, const Row *before, Row &after)
{
    const QString id = after[common_column::Id].text();
    const qint64 version = m_seq + 1;
    const QStringList left = before ? entity.bucketsOf(*before) : QStringList();
    after[common_column::RowVer] = version;
    const QStringList now = entity.bucketsOf(after);
    if (before) {
        const quint64 old = membershipHash(entity.name(), id,
                                           (*before)[common_column::RowVer].integer());
        for (const QString &bucket : left)
            changeSum(bucket, -1, old);
    }
    const quint64 fresh = membershipHash(entity.name(), id, version);
    for (const QString &bucket : now) {
        changeSum(bucket, 1, fresh);
        if (auto done = writeOp(bucket, entity.name(), id, Operation::Put); !done)
            return done;
    }
    for (const QString &bucket : left) {
        if (now.contains(bucket) || fault::planted(fault::NoDelOnMove))
            continue;
        if (auto done = writeOp(bucket, entity.name(), id, Operation::Del); !done)
            return done;
    }
    // A row in no bucket still takes a number: versions never repeat.
    m_seq = std::max(m_seq, version);

    if (!before) {
        m_details.push_back({entity.name(), id, {}, {}, {}});
        return {};
    }
    for (int i = common_column::DeletedAt; i < entity.fieldCount(); ++i) {
        const Cell &was = (*before)[std::size_t(i)];
        const Cell &is = after[std::size_t(i)];
        if (was != is)
            m_details.push_back({entity.name(), id, entity.fields()[std::size_t(i)].name, was, is});
    }
    return {};
}

void ChangeLog::rewind(const Mark &mark)
{
    m_seq = mark.seq;
    while (m_undo.size() > mark.undo) {
        if (!fault::planted(fault::SumsKept))
            m_sums[m_undo.back().first] = m_undo.back().second;
        m_undo.pop_back();
    }
    m_details.resize(mark.details);
}

Result<> ChangeLog::flush()
{
    for (auto sum = m_sums.cbegin(); sum != m_sums.cend(); ++sum) {
        if (auto done = m_database
                            .query("INSERT INTO bucket(id, cnt, sum) VALUES(?,?,?) ON CONFLICT(id) "
                                   "DO UPDATE SET cnt=excluded.cnt, sum=excluded.sum")
                            .bind(1, sum.key())
                            .bind(2, sum->count)
                            .bind(3, qint64(sum->sum))
                            .run();
            !done)
            return done;
    }
    return m_database.query("UPDATE head SET seq=? WHERE one=1").bind(1, m_seq).run();
}

} // namespace keydesk
