#include "sync/audit.h"

#include <QCborStreamWriter>
#include <QCryptographicHash>

namespace keydesk {

namespace {

QByteArray chained(const QByteArray &previous, qint64 pos, const AuditEntry &entry)
{
    QByteArray canonical;
    QCborStreamWriter writer(&canonical);
    writer.startArray(8);
    writer.append(pos);
    writer.append(entry.seq);
    writer.append(entry.at.ms);
    for (const QString &text :
         {entry.actor, entry.device, entry.action, entry.object, entry.outcome})
        writer.append(QStringView(text));
    writer.endArray();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(previous);
    hash.addData(canonical);
    return hash.result();
}

// The columns are NOT NULL: "nobody" is an empty text.
QString solid(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

} // namespace

Result<> AuditTrail::begin()
{
    m_pos = 0;
    m_hash = QByteArray(32, '\0');
    Query last = m_database.query("SELECT pos, hash FROM audit ORDER BY pos DESC LIMIT 1");
    if (last.next()) {
        m_pos = last.integer(0);
        m_hash = last.bytes(1);
    }
    return last.error() ? Result<>(*last.error()) : Result<>();
}

Result<> AuditTrail::append(const AuditEntry &entry, const std::vector<ChangeLog::Detail> &details,
                            std::size_t firstDetail)
{
    const QByteArray previous = m_hash;
    ++m_pos;
    m_hash = chained(previous, m_pos, entry);
    auto done = m_database
                    .query(
                        "INSERT INTO audit(pos, seq, at, actor, device, action, object, outcome, "
                        "prev_hash, hash) VALUES(?,?,?,?,?,?,?,?,?,?)")
                    .bind(1, m_pos)
                    .bind(2, entry.seq)
                    .bind(3, entry.at.ms)
                    .bind(4, solid(entry.actor))
                    .bind(5, solid(entry.device))
                    .bind(6, entry.action)
                    .bind(7, solid(entry.object))
                    .bind(8, entry.outcome)
                    .bind(9, previous)
                    .bind(10, m_hash)
                    .run();
    for (std::size_t i = firstDetail; done && i < details.size(); ++i) {
        const ChangeLog::Detail &detail = details[i];
        done = m_database
                   .query(
                       "INSERT INTO change_detail(pos, tbl, row_id, field, old_value, new_value) "
                       "VALUES(?,?,?,?,?,?)")
                   .bind(1, m_pos)
                   .bind(2, detail.table)
                   .bind(3, detail.rowId)
                   .bind(4, solid(detail.field))
                   .bind(5, detail.before)
                   .bind(6, detail.after)
                   .run();
    }
    return done;
}

void AuditTrail::rewind(const Mark &mark)
{
    m_pos = mark.pos;
    m_hash = mark.hash;
}

Result<AuditHead> AuditTrail::head(Database &database)
{
    AuditHead head;
    Query last = database.query("SELECT h.epoch, a.pos, a.hash FROM head h JOIN audit a ON a.pos = "
                                "(SELECT max(pos) FROM audit)");
    if (last.next()) {
        head.epoch = last.text(0);
        head.pos = last.integer(1);
        head.hash = last.bytes(2);
    }
    return last.error() ? Result<AuditHead>(*last.error()) : Result<AuditHead>(head);
}

Result<qint64> AuditTrail::verify(Database &database)
{
    QByteArray previous(32, '\0');
    qint64 expected = 1;
    Query rows = database.query("SELECT pos, seq, at, actor, device, action, object, outcome, "
                                "prev_hash, hash FROM audit ORDER BY pos");
    while (rows.next()) {
        const qint64 pos = rows.integer(0);
        const AuditEntry entry{rows.integer(1), {rows.integer(2)}, rows.text(3), rows.text(4),
                               rows.text(5),    rows.text(6),      rows.text(7)};
        if (pos != expected || rows.bytes(8) != previous
            || rows.bytes(9) != chained(previous, pos, entry))
            return Error("storage.failed"_reason,
                         {QStringLiteral("audit trail broken at %1").arg(expected)});
        previous = rows.bytes(9);
        ++expected;
    }
    if (rows.error())
        return *rows.error();
    return expected - 1;
}

} // namespace keydesk
