#pragma once

#include "query/row_query.h"

#include <map>

namespace keydesk {

// Builds the SQL of one query over the entity tables: joins for paths, conditions with bound
// values, orderings that read as people expect. Column names come from the catalog alone.
class QueryCompiler
{
public:
    QueryCompiler(const Catalog &catalog, const EntityInfo &entity);

    struct Term
    {
        QByteArray sql;
        FieldInfo field;
        const EntityInfo *owner; // null for a computed field
    };
    /// The expression of a field, its references joined.
    Result<Term> term(const QString &path, const std::vector<ComputedField> &computed);
    /// Adds what narrows the rows; values are collected in the order they are bound.
    Result<> addFilter(const FilterSpec &filter, const std::vector<ComputedField> &computed);
    /// " ORDER BY ...": empty last, enums in the order of their keys, names by pinyin.
    Result<QByteArray> ordering(const std::vector<SortKey> &order,
                                const std::vector<ComputedField> &computed);

    QByteArray from() const;
    const std::vector<Cell> &values() const { return m_values; }
    const QSet<QString> &tables() const { return m_tables; }

private:
    Result<QByteArray> condition(const Filter &filter, const std::vector<ComputedField> &computed);
    QByteArray join(const QByteArray &column, const QString &target);
    QByteArray bound(const Cell &value);

    const Catalog &m_catalog;
    const EntityInfo &m_entity;
    QByteArray m_joins;
    QByteArray m_where;
    std::map<QByteArray, QByteArray> m_aliases; // column -> alias of the joined table
    std::vector<Cell> m_values;
    QSet<QString> m_tables;
};

} // namespace keydesk
