#pragma once

#include "query/filter_spec.h"
#include "schema/catalog.h"

#include "base/result.h"

#include <QSet>

namespace keydesk {

// A value of a row that no column holds: a count, a sum, the newest of its children. Made by the
// functions of query/computed_fields.h; its SQL calls the row's own table "t".
struct ComputedField
{
    FieldInfo field;
    QByteArray sql;
    QStringList tables;
};

struct SortKey
{
    QString field; // a path, as in Filter
    bool descending = false;

    bool operator==(const SortKey &) const = default;
};

// A list of records, declared: which entity, which of its fields (paths through references are
// joined: "account_id.name"), which rows, in which order. Holds no SQL of a page; compile() makes
// it.
struct RowQuery
{
    QString entity;
    QStringList fields;
    FilterSpec filter;
    std::vector<SortKey> order;
    int limit = 500; // rows at first; LiveQuery::fetchMore() adds as many
    std::vector<ComputedField> computed; // named in `fields` like any other
};

struct QueryColumn
{
    QString path;
    FieldInfo field; // of the path's last step
};

struct CompiledQuery
{
    QByteArray sql; // id first, then the columns; LIMIT ? last
    QByteArray countSql; // the same rows, counted
    std::vector<Cell> values;
    std::vector<QueryColumn> columns;
    QSet<QString> tables; // a change in none of them cannot change the answer
};

/// Errors: entity.unknown, field.unknown with the name that is wrong.
Result<CompiledQuery> compile(const Catalog &catalog, const RowQuery &query);

// Rows counted, and one figure of them added up, by the value of one field: tiles, stage bars,
// KPIs.
struct TallyQuery
{
    QString entity;
    QString groupBy; // a path; empty: one group of all
    QString sum; // a path; empty: counts alone
    FilterSpec filter;
};

struct Tally
{
    Cell group;
    qint64 count = 0;
    qint64 sum = 0;

    bool operator==(const Tally &) const = default;
};

/// Its SQL answers group, count, sum. Errors as above.
Result<CompiledQuery> compile(const Catalog &catalog, const TallyQuery &query);

} // namespace keydesk
