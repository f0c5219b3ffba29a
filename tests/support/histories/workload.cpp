#include "support/histories/workload.h"

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

QString Workload::holderIn(const QString &) const
{
    return {};
}

QStringList Workload::forbidden(const History &, int) const
{
    return {};
}

QString Workload::freshTag(int process)
{
    // Of one length, so that none is part of another.
    return u"tag-%1-%2"_s.arg(process).arg(++m_tags, 6, 10, QLatin1Char('0'));
}

void Workload::readRows(Database &replica, const QByteArray &sql,
                        std::map<QString, QStringList> &lists)
{
    Query rows = replica.query(sql);
    while (rows.next())
        lists[rows.text(0)].append(rows.text(1));
}

std::vector<Element> Workload::elementsFrom(Database &master, const QByteArray &sql)
{
    std::vector<Element> elements;
    Query rows = master.query(sql);
    while (rows.next())
        elements.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3)});
    return elements;
}

QString Workload::oneText(Database &database, const QByteArray &sql)
{
    return texts(database, sql).value(0);
}

QStringList Workload::texts(Database &database, const QByteArray &sql)
{
    QStringList all;
    Query rows = database.query(sql);
    while (rows.next())
        all.append(rows.text(0));
    return all;
}

QByteArray Workload::quoted(const QStringList &ids)
{
    QByteArray list;
    for (const QString &id : ids)
        list += (list.isEmpty() ? "'" : ",'") + id.toLatin1() + '\'';
    return list;
}

} // namespace keydesk::blackbox
