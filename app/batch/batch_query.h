#pragma once

#include "query/row_query.h"
#include "store/database.h"

#include <QJsonArray>
#include <QJsonObject>

namespace keydesk {

// Translates between the JSON of a batch request and the values of the replica: names from the
// catalog, enums by key, references by id or by what identifies the record. Reads the replica only.
class BatchQuery
{
public:
    BatchQuery(Database &database, const Catalog &catalog)
        : m_database(database)
        , m_catalog(catalog)
    {
    }

    /// The query of {"query":ENTITY,"where":..,"fields":[..],"order":[..],"limit":N}.
    Result<RowQuery> read(const QJsonObject &request) const;
    Result<QJsonArray> rows(const RowQuery &query) const;
    Result<qint64> count(const RowQuery &query) const;

    /// Replaces business keys and names in a command's arguments by the ids they stand for.
    Result<QJsonObject> resolveArguments(const QJsonObject &arguments) const;

private:
    Result<Filter> condition(const FieldInfo &field, const QString &path,
                             const QJsonValue &json) const;
    Result<Cell> cell(const FieldInfo &field, const QJsonValue &json) const;
    Result<QJsonValue> resolved(const QString &name, const QString &entity,
                                const QJsonValue &value) const;
    /// The id of the one record of the entity with this business key or this name.
    Result<QString> idOf(const QString &entity, const QString &text) const;
    QString targetOf(const QString &argument) const;
    const FieldInfo *fieldAt(const QString &entity, const QString &path) const;

    Database &m_database;
    const Catalog &m_catalog;
};

} // namespace keydesk
