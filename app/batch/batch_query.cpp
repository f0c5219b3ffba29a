#include "batch/batch_query.h"

#include "base/date_text.h"
#include "schema/kind_check.h"

#include <algorithm>
#include <cmath>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int defaultLimit = 1000;
constexpr int largestLimit = 100'000;

struct Comparison
{
    const char *text;
    FilterOp op;
};
constexpr Comparison operators[] = {
    {"=", FilterOp::Equal},      {"!=", FilterOp::NotEqual},       {"<", FilterOp::Less},
    {"<=", FilterOp::LessEqual}, {">", FilterOp::Greater},         {">=", FilterOp::GreaterEqual},
    {"in", FilterOp::In},        {"contains", FilterOp::Contains}, {"null", FilterOp::Null},
};

Error malformed(const QString &what)
{
    return Error("request.malformed"_reason, {what});
}

QJsonValue toJson(const FieldInfo &field, const Cell &cell)
{
    if (cell.isNull())
        return QJsonValue::Null;
    if (field.kind == Kind::Boolean)
        return cell.integer() != 0;
    return cell.isInteger() ? QJsonValue(cell.integer()) : QJsonValue(cell.text());
}

bool areTexts(const QJsonValue &value)
{
    const QJsonArray list = value.toArray();
    return value.isUndefined()
        || (value.isArray() && std::all_of(list.begin(), list.end(), [](const QJsonValue &one) {
                return one.isString();
            }));
}

// What a query is made of, before anything is looked up.
Result<> checkShape(const QJsonObject &request)
{
    const QJsonValue where = request.value(u"where"_s);
    if (!where.isUndefined() && !where.isObject())
        return malformed(u"\"where\" takes {FIELD:VALUE}"_s);
    for (const auto name : {"fields"_L1, "order"_L1}) {
        if (!areTexts(request.value(name)))
            return malformed(u"\"%1\" takes a list of field names"_s.arg(name));
    }
    const QJsonValue limit = request.value(u"limit"_s);
    const double rows = limit.toDouble(0);
    const bool whole = rows >= 1 && rows <= largestLimit && rows == std::floor(rows);
    if (!limit.isUndefined() && !whole)
        return malformed(u"\"limit\" takes 1 to %1"_s.arg(largestLimit));
    return {};
}

} // namespace

const FieldInfo *BatchQuery::fieldAt(const QString &entityName, const QString &path) const
{
    const EntityInfo *entity = m_catalog.find(entityName);
    const FieldInfo *field = nullptr;
    for (const QString &step : path.split(u'.')) {
        field = entity ? entity->field(step) : nullptr;
        if (!field)
            return nullptr;
        entity = m_catalog.find(field->target);
    }
    return field;
}

// ---- Request -> query

Result<RowQuery> BatchQuery::read(const QJsonObject &request) const
{
    RowQuery query;
    query.entity = request.value(u"query"_s).toString();
    const EntityInfo *entity = m_catalog.find(query.entity);
    if (!entity)
        return Error("entity.unknown"_reason, {query.entity});
    if (auto fits = checkShape(request); !fits)
        return fits.error();
    const QJsonArray fields = request.value(u"fields"_s).toArray();
    for (const auto &field : fields)
        query.fields.append(field.toString());
    if (query.fields.isEmpty()) {
        for (const FieldInfo &field : entity->fields()) {
            if (field.name != u"id"_s)
                query.fields.append(field.name);
        }
    }
    const QJsonObject where = request.value(u"where"_s).toObject();
    for (auto entry = where.begin(); entry != where.end(); ++entry) {
        const FieldInfo *field = fieldAt(query.entity, entry.key());
        if (!field)
            return Error("field.unknown"_reason, {entry.key()});
        // One condition, or several on the same field.
        const QJsonArray several = entry.value().isArray() ? entry.value().toArray()
                                                           : QJsonArray{entry.value()};
        for (const auto &one : several) {
            auto filter = condition(*field, entry.key(), one);
            if (!filter)
                return filter.error();
            query.filter.all.push_back(*filter);
        }
    }
    query.filter.text = request.value(u"text"_s).toString();
    const QJsonArray order = request.value(u"order"_s).toArray();
    for (const auto &key : order) {
        const QString name = key.toString();
        query.order.push_back({name.startsWith(u'-') ? name.mid(1) : name, name.startsWith(u'-')});
    }
    query.limit = request.value(u"limit"_s).toInt(defaultLimit);
    return query;
}

Result<Filter> BatchQuery::condition(const FieldInfo &field, const QString &path,
                                     const QJsonValue &json) const
{
    if (!json.isObject()) {
        auto value = cell(field, json);
        if (!value)
            return value.error();
        return Filter::is(path, *value);
    }
    const QJsonObject object = json.toObject();
    const QString name = object.value(u"op"_s).toString();
    const auto *op = std::find_if(std::begin(operators), std::end(operators),
                                  [&](const Comparison &o) {
                                      return name == QLatin1StringView(o.text);
                                  });
    if (op == std::end(operators))
        return malformed(u"op \"%1\""_s.arg(name));
    Filter filter{path, op->op, {}};
    const QJsonValue given = object.contains(u"value"_s) ? object.value(u"value"_s)
                                                         : object.value(u"values"_s);
    if (op->op == FilterOp::Null) {
        // {"op":"null","value":false} asks for the filled-in ones.
        if (given.isBool() && !given.toBool())
            filter.op = FilterOp::NotNull;
        return filter;
    }
    const QJsonArray values = given.isArray() ? given.toArray() : QJsonArray{given};
    if (given.isUndefined() || (op->op != FilterOp::In && values.size() != 1))
        return malformed(u"value of \"%1\""_s.arg(path));
    for (const auto &value : values) {
        auto one = op->op == FilterOp::Contains ? Result<Cell>(Cell(value.toString()))
                                                : cell(field, value);
        if (!one)
            return one.error();
        filter.values.push_back(*one);
    }
    return filter;
}

Result<Cell> BatchQuery::cell(const FieldInfo &field, const QJsonValue &json) const
{
    if (json.isNull())
        return Cell();
    if (json.isBool())
        return Cell(json.toBool() ? 1 : 0);
    if (json.isDouble())
        return Cell(json.toInteger());
    if (!json.isString())
        return malformed(field.name);
    const QString text = json.toString();
    if (field.kind == Kind::Reference && !RecordId::looksLike(text)) {
        auto id = idOf(field.target, text);
        if (!id)
            return id.error();
        return Cell(*id);
    }
    if (field.kind == Kind::Instant) {
        auto at = parseInstant(text, QTimeZone("Asia/Shanghai"));
        if (!at)
            return at.error();
        return Cell(at->ms);
    }
    // A key that does not exist finds nothing for ever: say so instead.
    if (field.kind == Kind::Code) {
        if (auto fits = checkKind(field, Cell(text)); !fits)
            return fits.error();
    }
    return Cell(text);
}

// ---- Query -> answer

Result<QJsonArray> BatchQuery::rows(const RowQuery &query) const
{
    auto compiled = compile(m_catalog, query);
    if (!compiled)
        return compiled.error();
    Query reading = m_database.query(compiled->sql);
    for (std::size_t i = 0; i < compiled->values.size(); ++i)
        reading.bind(int(i) + 1, compiled->values[i]);
    reading.bind(int(compiled->values.size()) + 1, query.limit);
    QJsonArray rows;
    while (reading.next()) {
        QJsonObject row{{u"id"_s, reading.text(0)}};
        for (std::size_t i = 0; i < compiled->columns.size(); ++i)
            row.insert(compiled->columns[i].path,
                       toJson(compiled->columns[i].field, reading.cell(int(i) + 1)));
        rows.append(row);
    }
    if (reading.error())
        return *reading.error();
    return rows;
}

Result<qint64> BatchQuery::count(const RowQuery &query) const
{
    auto compiled = compile(m_catalog, query);
    if (!compiled)
        return compiled.error();
    Query reading = m_database.query(compiled->countSql);
    for (std::size_t i = 0; i < compiled->values.size(); ++i)
        reading.bind(int(i) + 1, compiled->values[i]);
    if (!reading.next())
        return reading.error().value_or(Error("storage.failed"_reason, {query.entity}));
    return reading.integer(0);
}

// ---- References by what people call them

Result<QString> BatchQuery::idOf(const QString &entity, const QString &text) const
{
    const EntityInfo *info = m_catalog.find(entity);
    if (!info)
        return Error("entity.unknown"_reason, {entity});
    for (const int column : {info->keyColumn(), info->titleColumn()}) {
        if (column < 0)
            continue;
        const QByteArray name = info->fields()[std::size_t(column)].name.toLatin1();
        Query query = m_database.query("SELECT id FROM " + entity.toLatin1() + " WHERE " + name
                                       + " = ? AND deleted_at IS NULL LIMIT 2");
        query.bind(1, text);
        if (!query.next())
            continue;
        const QString id = query.text(0);
        if (query.next())
            return Error("reference.ambiguous"_reason, {info->label().text(), text});
        return id;
    }
    return Error("reference.missing"_reason, {info->label().text()}, text);
}

// An argument named like an entity, or like a reference of any entity with or without "_id".
QString BatchQuery::targetOf(const QString &argument) const
{
    if (const EntityInfo *entity = m_catalog.find(argument);
        entity && (entity->keyColumn() >= 0 || entity->titleColumn() >= 0))
        return argument;
    for (const EntityInfo &entity : m_catalog.entities()) {
        for (const QString &name : {argument, argument + u"_id"_s}) {
            const FieldInfo *field = entity.field(name);
            if (field && field->kind == Kind::Reference)
                return field->target;
        }
    }
    return {};
}

Result<QJsonValue> BatchQuery::resolved(const QString &name, const QString &entity,
                                        const QJsonValue &value) const
{
    const QString text = value.toString();
    if (!value.isString() || text.isEmpty() || RecordId::looksLike(text))
        return value;
    // "record" is of the kind that the argument "entity" names.
    QString target = name == u"record"_s ? entity : targetOf(name);
    if (target.isEmpty() || name == u"entity"_s)
        return value;
    auto id = idOf(target, text);
    if (!id)
        return id.error();
    return QJsonValue(*id);
}

Result<QJsonObject> BatchQuery::resolveArguments(const QJsonObject &arguments) const
{
    const QString entity = arguments.value(u"entity"_s).toString();
    QJsonObject answer;
    for (auto entry = arguments.begin(); entry != arguments.end(); ++entry) {
        if (!entry.value().isObject()) {
            auto value = resolved(entry.key(), entity, entry.value());
            if (!value)
                return value.error();
            answer.insert(entry.key(), *value);
            continue;
        }
        const QJsonObject set = entry.value().toObject();
        QJsonObject fields;
        for (auto field = set.begin(); field != set.end(); ++field) {
            auto value = resolved(field.key(), {}, field.value());
            if (!value)
                return value.error();
            fields.insert(field.key(), *value);
        }
        answer.insert(entry.key(), fields);
    }
    return answer;
}

} // namespace keydesk
