#include "importing/reference_data.h"

#include "domain/area.h"
#include "domain/channel.h"
#include "domain/channel_coverage.h"
#include "domain/industry.h"
#include "domain/product_offering.h"
#include "domain/reference_id.h"
#include "domain/routing_rule.h"
#include "domain/tag.h"
#include "domain/team.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <optional>

// A resource in a static library is only there once its initialiser was named; the macro has to
// stand outside any namespace.
static void initReferenceResource()
{
    Q_INIT_RESOURCE(keydesk_reference);
}

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

Error invalid(const QString &entity, qsizetype item, const QString &field, const QString &value)
{
    return Error("reference_data.invalid"_reason, {entity, QString::number(item), field, value});
}

QString shown(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
}

std::optional<Cell> listCell(const FieldInfo &field, const QJsonValue &value)
{
    if (!value.isArray())
        return std::nullopt;
    QStringList words;
    const QJsonArray entries = value.toArray();
    for (const auto &entry : entries) {
        const QString word = entry.toString();
        if (word.isEmpty() || word.contains(u',')
            || (field.kind == Kind::CodeList && !field.knowsKey(word)))
            return std::nullopt;
        words.append(word);
    }
    return Cell(words.join(u','));
}

std::optional<Cell> textCell(const FieldInfo &field, const QJsonValue &value)
{
    if (!value.isString() || (field.kind == Kind::Code && !field.knowsKey(value.toString())))
        return std::nullopt;
    if (field.kind == Kind::Reference)
        return Cell(referenceId(field.target, value.toString()).text());
    return Cell(value.toString());
}

/// The cell that the value stands for; none if it does not fit the field.
std::optional<Cell> toCell(const FieldInfo &field, const QJsonValue &value)
{
    switch (field.kind) {
    case Kind::Boolean:
        return value.isBool() ? std::optional(Cell(value.toBool() ? 1 : 0)) : std::nullopt;
    case Kind::Integer:
    case Kind::Money:
    case Kind::BasisPoints:
    case Kind::Instant:
        if (!value.isDouble() || double(value.toInteger()) != value.toDouble())
            return std::nullopt;
        return Cell(value.toInteger());
    case Kind::CodeList:
    case Kind::TextList:
        return listCell(field, value);
    case Kind::Json:
        if (!value.isObject())
            return std::nullopt;
        return Cell(
            QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)));
    case Kind::Id:
    case Kind::Reference:
    case Kind::Text:
    case Kind::LongText:
    case Kind::Phone:
    case Kind::Code:
    case Kind::Date:
        break;
    }
    return textCell(field, value);
}

/// What names an item: its business key, else its name, else all that it must have.
QString codeOf(const EntityInfo &entity, const QJsonObject &item)
{
    if (entity.keyColumn() >= 0)
        return item.value(entity.fields()[std::size_t(entity.keyColumn())].name).toString();
    QStringList parts;
    for (const FieldInfo &field : entity.fields()) {
        if (field.has(FieldFlag::Required) && field.kind != Kind::Boolean)
            parts.append(item.value(field.name).toString());
    }
    return parts.join(u'/');
}

template <class T>
Result<EntityRows> load(const Catalog &catalog)
{
    const QString table = QString::fromLatin1(Schema<T>::table);
    QFile file(u":/reference/"_s + table + u".json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return Error("file.unreadable"_reason, {file.fileName(), file.errorString()});
    return readReferenceTable(catalog.entity(table), toRow(T{}), file.readAll());
}

/// Ids of all rows by entity; a doubled one is an error.
Result<QHash<QString, QSet<QString>>> collectIds(const std::vector<EntityRows> &tables)
{
    QHash<QString, QSet<QString>> ids;
    for (const EntityRows &table : tables) {
        QSet<QString> &known = ids[table.entity];
        qsizetype item = 0;
        for (const Row &row : table.rows) {
            const QString id = row[common_column::Id].text();
            ++item;
            if (known.contains(id))
                return invalid(table.entity, item, u"id"_s, id);
            known.insert(id);
        }
    }
    return ids;
}

} // namespace

Result<EntityRows> readReferenceTable(const EntityInfo &entity, const Row &defaults,
                                      const QByteArray &json)
{
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parse);
    if (!document.isArray())
        return invalid(entity.name(), 0, u"json"_s, parse.errorString());
    EntityRows table{entity.name(), {}};
    const QJsonArray items = document.array();
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QJsonObject item = items[i].toObject();
        Row row = defaults;
        for (auto it = item.begin(); it != item.end(); ++it) {
            const FieldInfo *field = entity.field(it.key());
            const auto cell = field ? toCell(*field, it.value()) : std::nullopt;
            if (!cell)
                return invalid(entity.name(), i + 1, it.key(), shown(it.value()));
            row[std::size_t(entity.indexOf(it.key()))] = *cell;
        }
        for (const FieldInfo &field : entity.fields()) {
            if (field.has(FieldFlag::Required) && !item.contains(field.name))
                return invalid(entity.name(), i + 1, field.name, QString());
        }
        row[common_column::Id] = referenceId(entity.name(), codeOf(entity, item)).text();
        table.rows.push_back(std::move(row));
    }
    return table;
}

Result<> checkReferenceData(const Catalog &catalog, const std::vector<EntityRows> &tables)
{
    const auto ids = collectIds(tables);
    if (!ids)
        return ids.error();
    for (const EntityRows &table : tables) {
        const EntityInfo &entity = catalog.entity(table.entity);
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            for (int column = 0; column < entity.fieldCount(); ++column) {
                const FieldInfo &field = entity.fields()[std::size_t(column)];
                const QString id = table.rows[i][std::size_t(column)].text();
                if (field.kind == Kind::Reference && !id.isEmpty()
                    && !ids->value(field.target).contains(id))
                    return invalid(table.entity, qsizetype(i) + 1, field.name, id);
            }
        }
    }
    return {};
}

Result<std::vector<EntityRows>> loadReferenceData(const Catalog &catalog)
{
    initReferenceResource();
    std::vector<EntityRows> tables;
    for (auto *loadTable : {load<Area>, load<Industry>, load<Channel>, load<ChannelCoverage>,
                            load<ProductOffering>, load<Team>, load<Tag>, load<RoutingRule>}) {
        auto table = loadTable(catalog);
        if (!table)
            return table.error();
        tables.push_back(std::move(*table));
    }
    if (const auto checked = checkReferenceData(catalog, tables); !checked)
        return checked.error();
    return tables;
}

} // namespace keydesk
