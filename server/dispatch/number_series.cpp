#include "dispatch/number_series.h"

#include <QRegularExpression>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int digits = 4; // more when a month brings more

} // namespace

Result<> NumberSeries::createTable(Database &database)
{
    return database.execute("CREATE TABLE IF NOT EXISTS number_series(kind TEXT NOT NULL, "
                            "area TEXT NOT NULL, month TEXT NOT NULL, last INTEGER NOT NULL, "
                            "PRIMARY KEY(kind, area, month)) STRICT, WITHOUT ROWID");
}

Result<QString> NumberSeries::next(const QString &kind, const QString &areaCode, const QDate &date)
{
    const QString month = date.toString(u"yyyyMM"_s);
    Query query = m_database.query(
        "INSERT INTO number_series(kind, area, month, last) VALUES(?,?,?,1) "
        "ON CONFLICT(kind, area, month) DO UPDATE SET last = last + 1 "
        "RETURNING last");
    query.bind(1, kind).bind(2, areaCode).bind(3, month);
    if (!query.next())
        return query.error().value_or(Error("storage.failed"_reason, {u"number_series"_s}));
    const QString number = QString::number(query.integer(0)).rightJustified(digits, u'0');
    return QStringList{kind, areaCode, month, number}.join(u'-');
}

Result<> NumberSeries::passIssued()
{
    static const QRegularExpression shape(u"^(SJ)-([^-]+)-(\\d{6})-(\\d{4,9})$"_s);
    Query rows = m_database.query("SELECT max(no) FROM opportunity WHERE no LIKE 'SJ-%-%-%' "
                                  "GROUP BY substr(no, 1, length(no) - 4), length(no)");
    while (rows.next()) {
        const auto parts = shape.match(rows.text(0));
        if (!parts.hasMatch())
            continue;
        auto passed = m_database
                          .query("INSERT INTO number_series(kind, area, month, last) "
                                 "VALUES(?,?,?,?) ON CONFLICT(kind, area, month) DO UPDATE SET "
                                 "last = max(last, excluded.last)")
                          .bind(1, parts.captured(1))
                          .bind(2, parts.captured(2))
                          .bind(3, parts.captured(3))
                          .bind(4, parts.captured(4).toLongLong())
                          .run();
        if (!passed)
            return passed;
    }
    return rows.error() ? Result<>(*rows.error()) : Result<>();
}

Result<> NumberSeries::skip(int count)
{
    return m_database.query("UPDATE number_series SET last = last + ?").bind(1, count).run();
}

} // namespace keydesk
