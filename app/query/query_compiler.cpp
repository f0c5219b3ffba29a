#include "query/query_compiler.h"

#include "base/search_text.h"
#include "store/derived_text.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

const char *comparison(FilterOp op)
{
    switch (op) {
    case FilterOp::Less:
        return " < ";
    case FilterOp::LessEqual:
        return " <= ";
    case FilterOp::Greater:
        return " > ";
    case FilterOp::GreaterEqual:
        return " >= ";
    case FilterOp::NotEqual:
        return " IS NOT ";
    default:
        return " IS ";
    }
}

// Enum keys sort in the order of their table, not of their letters. Keys are words of the program.
QByteArray rankOf(const QByteArray &expression, const FieldInfo &field)
{
    QByteArray sql = "CASE " + expression;
    int rank = 0;
    for (const EnumKey &key : field.keys)
        sql += QByteArray(" WHEN '") + key.key + "' THEN " + QByteArray::number(rank++);
    return sql + " END";
}

// Names sort by their sound, everything else as it is written.
QByteArray sorted(const QByteArray &expression, const FieldInfo &field, const EntityInfo *owner)
{
    if (field.kind == Kind::Code && !field.keys.empty())
        return rankOf(expression, field);
    if (owner && isPersonName(*owner, field))
        return "person_key(" + expression + ')';
    if (field.kind == Kind::Text && (field.name.endsWith(u"name"_s) || field.name == u"title"_s))
        return "pinyin_key(" + expression + ')';
    return expression;
}

} // namespace

QueryCompiler::QueryCompiler(const Catalog &catalog, const EntityInfo &entity)
    : m_catalog(catalog)
    , m_entity(entity)
    , m_where(" WHERE t.deleted_at IS NULL")
{
    m_tables.insert(entity.name());
}

QByteArray QueryCompiler::from() const
{
    return " FROM " + m_entity.name().toLatin1() + " AS t" + m_joins + m_where;
}

QByteArray QueryCompiler::bound(const Cell &value)
{
    m_values.push_back(value);
    return "?" + QByteArray::number(m_values.size());
}

QByteArray QueryCompiler::join(const QByteArray &column, const QString &target)
{
    if (const auto known = m_aliases.find(column); known != m_aliases.end())
        return known->second;
    QByteArray alias = "j" + QByteArray::number(m_aliases.size() + 1);
    m_aliases[column] = alias;
    m_joins += " LEFT JOIN " + target.toLatin1() + " AS " + alias + " ON " + alias
        + ".id = " + column;
    m_tables.insert(target);
    return alias;
}

Result<QueryCompiler::Term> QueryCompiler::term(const QString &path,
                                                const std::vector<ComputedField> &computed)
{
    for (const ComputedField &extra : computed) {
        if (extra.field.name != path)
            continue;
        for (const QString &table : extra.tables)
            m_tables.insert(table);
        return Term{extra.sql, extra.field, nullptr};
    }
    const EntityInfo *entity = &m_entity;
    QByteArray alias = "t";
    const QStringList steps = path.split(u'.');
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const FieldInfo *field = entity->field(steps[i]);
        if (!field)
            return Error("field.unknown"_reason, {path});
        const QByteArray column = alias + '.' + field->name.toLatin1();
        if (i == steps.size() - 1)
            return Term{column, *field, entity};
        entity = m_catalog.find(field->target);
        if (!entity)
            return Error("field.unknown"_reason, {path});
        alias = join(column, field->target);
    }
    return Error("field.unknown"_reason, {path});
}

Result<QByteArray> QueryCompiler::condition(const Filter &filter,
                                            const std::vector<ComputedField> &computed)
{
    auto left = term(filter.field, computed);
    if (!left)
        return left.error();
    const QByteArray sql = '(' + left->sql + ')';
    const Cell first = filter.values.empty() ? Cell() : filter.values.front();
    switch (filter.op) {
    case FilterOp::Null:
        return sql + " IS NULL";
    case FilterOp::NotNull:
        return sql + " IS NOT NULL";
    case FilterOp::In: {
        QByteArray list;
        for (const Cell &value : filter.values)
            list += (list.isEmpty() ? "" : ", ") + bound(value);
        return sql + " IN (" + list + ')';
    }
    case FilterOp::Contains: {
        const Kind kind = left->field.kind;
        const QByteArray value = bound(first);
        if (kind == Kind::CodeList || kind == Kind::TextList)
            return "instr(',' || " + sql + " || ',', ',' || " + value + " || ',') > 0";
        return "instr(lower(" + sql + "), lower(" + value + ")) > 0";
    }
    default:
        return sql + comparison(filter.op) + bound(first);
    }
}

Result<> QueryCompiler::addFilter(const FilterSpec &filter,
                                  const std::vector<ComputedField> &computed)
{
    for (const Filter &one : filter.all) {
        auto sql = condition(one, computed);
        if (!sql)
            return sql.error();
        m_where += " AND " + *sql;
    }
    for (const std::vector<Filter> &group : filter.any) {
        QByteArray choices;
        for (const Filter &one : group) {
            auto sql = condition(one, computed);
            if (!sql)
                return sql.error();
            choices += (choices.isEmpty() ? "" : " OR ") + *sql;
        }
        if (!choices.isEmpty())
            m_where += " AND (" + choices + ')';
    }
    const QString expression = searchExpression(filter.text);
    if (!expression.isEmpty()) {
        const QByteArray index = "search_" + m_entity.name().toLatin1();
        m_where += " AND t.pk IN (SELECT rowid FROM " + index + " WHERE " + index + " MATCH "
            + bound(expression) + ')';
    }
    return {};
}

Result<QByteArray> QueryCompiler::ordering(const std::vector<SortKey> &order,
                                           const std::vector<ComputedField> &computed)
{
    QByteArray sql;
    for (const SortKey &key : order) {
        auto left = term(key.field, computed);
        if (!left)
            return left.error();
        if (left->field.kind == Kind::Reference) {
            // People read the name, so that is what the list is sorted by.
            const EntityInfo *target = m_catalog.find(left->field.target);
            if (target && target->titleColumn() >= 0) {
                const QString title = target->fields()[std::size_t(target->titleColumn())].name;
                left = term(key.field + u'.' + title, computed);
            }
        }
        const QByteArray expression = sorted(left->sql, left->field, left->owner);
        sql += (sql.isEmpty() ? " ORDER BY " : ", ") + ('(' + left->sql) + ") IS NULL, "
            + expression + (key.descending ? " DESC" : "");
    }
    // Equal rows keep their places between two runs.
    return (sql.isEmpty() ? QByteArray(" ORDER BY ") : sql + ", ") + "t.id";
}

// ---- Queries

Result<CompiledQuery> compile(const Catalog &catalog, const RowQuery &query)
{
    const EntityInfo *entity = catalog.find(query.entity);
    if (!entity)
        return Error("entity.unknown"_reason, {query.entity});
    QueryCompiler compiler(catalog, *entity);
    CompiledQuery compiled;
    QByteArray columns = "t.id";
    for (const QString &path : query.fields) {
        auto term = compiler.term(path, query.computed);
        if (!term)
            return term.error();
        columns += ", " + term->sql;
        compiled.columns.push_back({path, term->field});
    }
    if (auto added = compiler.addFilter(query.filter, query.computed); !added)
        return added.error();
    auto order = compiler.ordering(query.order, query.computed);
    if (!order)
        return order.error();
    compiled.values = compiler.values();
    compiled.tables = compiler.tables();
    compiled.countSql = "SELECT count(*)" + compiler.from();
    compiled.sql = "SELECT " + columns + compiler.from() + *order + " LIMIT ?"
        + QByteArray::number(compiled.values.size() + 1);
    return compiled;
}

Result<CompiledQuery> compile(const Catalog &catalog, const TallyQuery &query)
{
    const EntityInfo *entity = catalog.find(query.entity);
    if (!entity)
        return Error("entity.unknown"_reason, {query.entity});
    QueryCompiler compiler(catalog, *entity);
    QByteArray group = "NULL";
    QByteArray sum = "0";
    for (const auto &[path, sql] : {std::pair{query.groupBy, &group}, std::pair{query.sum, &sum}}) {
        if (path.isEmpty())
            continue;
        auto term = compiler.term(path, {});
        if (!term)
            return term.error();
        *sql = term->sql;
    }
    if (auto added = compiler.addFilter(query.filter, {}); !added)
        return added.error();
    CompiledQuery compiled;
    compiled.values = compiler.values();
    compiled.tables = compiler.tables();
    compiled.sql = "SELECT " + group + ", count(*), coalesce(sum(" + sum + "), 0)" + compiler.from()
        + " GROUP BY 1 ORDER BY 1";
    return compiled;
}

} // namespace keydesk
