#include "tool/verification_parts.h"

#include "store/derived_text.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostFindings = 50;

qint64 number(Database &database, const QByteArray &sql)
{
    Query query = database.query(sql);
    return query.next() ? query.integer(0) : 0;
}

} // namespace

void VerifiedPart::wrong(const QString &what)
{
    ++m_wrong;
    if (m_findings.size() < mostFindings)
        m_findings.append(what);
}

QJsonObject VerifiedPart::toJson() const
{
    QJsonObject object{{u"ok"_s, isFine()}, {u"checked"_s, m_checked}};
    if (m_wrong > 0) {
        object[u"wrong"_s] = m_wrong;
        object[u"findings"_s] = m_findings;
    }
    return object;
}

VerifiedPart checkHead(RowStore &store)
{
    VerifiedPart part;
    Database &database = store.database();
    const qint64 head = number(database, "SELECT seq FROM head");
    const auto below = [&](const QString &what, const QByteArray &sql) {
        part.checked();
        if (const qint64 newest = number(database, sql); newest > head)
            part.wrong(u"%1 goes to %2, the head only to %3"_s.arg(what).arg(newest).arg(head));
    };
    below(u"oplog"_s, "SELECT max(seq) FROM oplog");
    below(u"audit"_s, "SELECT max(seq) FROM audit");
    below(u"cmd_result"_s, "SELECT max(seq) FROM cmd_result");
    below(u"scope_grant"_s, "SELECT max(since_seq) FROM scope_grant");
    for (const EntityInfo &entity : store.catalog().entities())
        below(entity.name(), "SELECT max(row_ver) FROM " + entity.name().toLatin1());
    part.checked();
    if (number(database, "SELECT max(seq) FROM cmd_result")
        > number(database, "SELECT max(seq) FROM audit"))
        part.wrong(u"the audit trail ends before the newest answer"_s);
    if (number(database, "SELECT max(pos) FROM change_detail")
        > number(database, "SELECT max(pos) FROM audit"))
        part.wrong(u"the audit trail ends before the newest change"_s);
    return part;
}

VerifiedPart checkHistory(RowStore &store)
{
    VerifiedPart part;
    Database &database = store.database();
    // Rows that were loaded since, outside any command, have no history of that.
    Query newest = database.query(
        "SELECT d.tbl, d.row_id, d.field, d.new_value, max(a.seq) OVER (PARTITION BY d.tbl, "
        "d.row_id) FROM (SELECT tbl, row_id, field, new_value, pos, max(rowid) FROM change_detail "
        "WHERE field <> '' GROUP BY tbl, row_id, field) d JOIN audit a ON a.pos = d.pos "
        "ORDER BY d.tbl, d.row_id");
    const EntityInfo *entity = nullptr;
    std::optional<Row> row;
    QString id;
    while (newest.next()) {
        if (!entity || entity->name() != newest.text(0) || id != newest.text(1)) {
            entity = store.catalog().find(newest.text(0));
            id = newest.text(1);
            row = entity ? store.find(*entity, RecordId(id)) : std::nullopt;
        }
        const int column = entity ? entity->indexOf(newest.text(2)) : -1;
        if (column < 0)
            continue;
        part.checked();
        const QString name = newest.text(0) + u'/' + id + u'.' + newest.text(2);
        if (!row)
            part.wrong(name + u": the row is gone"_s);
        else if ((*row)[common_column::RowVer].integer() <= newest.integer(4)
                 && (*row)[std::size_t(column)] != newest.cell(3))
            part.wrong(name);
    }
    return part;
}

VerifiedPart checkResults(Database &database)
{
    VerifiedPart part;
    Query devices = database.query(
        "SELECT d.id, d.last_n, count(r.n), min(r.n), max(r.n) FROM device d JOIN cmd_result r ON "
        "r.device = d.id GROUP BY d.id");
    while (devices.next()) {
        part.checked();
        const qint64 span = devices.integer(4) - devices.integer(3) + 1;
        if (devices.integer(4) != devices.integer(1) || devices.integer(2) != span)
            part.wrong(devices.text(0));
    }
    part.checked();
    if (number(database,
               "SELECT count(*) FROM cmd_result WHERE device NOT IN (SELECT id FROM "
               "device)")
        > 0)
        part.wrong(u"answers to unknown devices"_s);
    return part;
}

VerifiedPart checkSearch(RowStore &store)
{
    VerifiedPart part;
    Database &database = store.database();
    qint64 numbers = 0;
    for (const EntityInfo &entity : store.catalog().entities()) {
        const QByteArray table = entity.name().toLatin1();
        qint64 texts = 0;
        Query rows = database.query("SELECT " + store.columnList(entity) + " FROM " + table);
        while (rows.next()) {
            const Row row = rows.row(0, entity.fieldCount());
            numbers += phoneKeys(entity, row).size();
            texts += searchTokens(entity, row).isEmpty() ? 0 : 1;
        }
        if (!store.isSearchable(entity))
            continue;
        part.checked(texts);
        const qint64 held = number(database, "SELECT count(*) FROM search_" + table + "_docsize");
        if (held != texts)
            part.wrong(u"%1: %2 texts for %3 rows"_s.arg(entity.name()).arg(held).arg(texts));
    }
    part.checked(numbers);
    const qint64 held = number(database, "SELECT count(*) FROM phone_index");
    if (held != numbers)
        part.wrong(u"%1 telephone numbers, not %2"_s.arg(held).arg(numbers));
    return part;
}

VerifiedPart checkKeys(RowStore &store)
{
    VerifiedPart part;
    Database &database = store.database();
    for (const EntityInfo &entity : store.catalog().entities()) {
        for (const FieldInfo &field : entity.fields()) {
            if (!field.has(FieldFlag::BusinessKey))
                continue;
            part.checked();
            const QByteArray column = field.name.toLatin1();
            Query twice = database.query("SELECT " + column + " FROM " + entity.name().toLatin1()
                                         + " WHERE deleted_at IS NULL AND " + column
                                         + " <> '' GROUP BY " + column + " HAVING count(*) > 1");
            while (twice.next())
                part.wrong(entity.name() + u'.' + field.name + u' ' + twice.text(0));
        }
    }
    return part;
}

} // namespace keydesk
