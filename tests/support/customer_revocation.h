#pragma once

#include "support/batch_process.h"

#include <QDirIterator>

#include <functional>

namespace keydesk {

/// Ends every assignment by which this person holds the customer; false when there was none or the
/// server refused. `head` leads him.
inline bool revokeCustomer(BatchProcess &head, const QString &account, const QString &staff)
{
    const QString ofHis = QStringLiteral(
        R"({"query":"assignment","where":{"account_id":"%1","staff_id":"%2"}})");
    const QJsonArray assignments = head.rows(ofHis.arg(account, staff));
    for (const auto &assignment : assignments) {
        const QJsonObject arguments{
            {QStringLiteral("assignment"), assignment.toObject().value(QStringLiteral("id"))}};
        head.ask({{QStringLiteral("command"), QStringLiteral("EndAssignment")},
                  {QStringLiteral("args"), arguments}});
    }
    const QJsonObject synced = head.sync();
    return !assignments.isEmpty() && synced.value(QStringLiteral("ok")).toBool()
        && synced.value(QStringLiteral("rejected")).toArray().isEmpty();
}

/// The customers of a desktop without opportunities: those would stay with whoever holds them.
inline QJsonArray customersWithoutDeals(BatchProcess &desktop)
{
    QJsonArray found;
    const QJsonArray accounts = desktop.rows(
        QStringLiteral(R"({"query":"account","fields":["name"]})"));
    for (const auto &row : accounts) {
        const QString deals = QStringLiteral(
            R"({"query":"opportunity","where":{"account_id":"%1"}})");
        const QString id = row.toObject().value(QStringLiteral("id")).toString();
        if (desktop.rows(deals.arg(id)).isEmpty())
            found.append(row);
    }
    return found;
}

/// The names of the files below the directory whose bytes are as asked.
inline QStringList filesWhose(const QString &directory,
                              const std::function<bool(const QByteArray &bytes)> &asked)
{
    QStringList found;
    QDirIterator files(directory, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QFile::ReadOnly) && asked(file.readAll()))
            found.append(files.fileName());
    }
    return found;
}

} // namespace keydesk
