#include "importing/import_map.h"

#include "base/decimal.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

bool isNamed(const FieldInfo &field, const QString &word)
{
    const QString wanted = plainInput(word);
    const auto same = [&](const QString &name) {
        return !name.isEmpty() && wanted.compare(plainInput(name), Qt::CaseInsensitive) == 0;
    };
    return same(field.name) || same(QString::fromUtf8(field.label.zh))
        || same(QString::fromUtf8(field.label.en));
}

// The field that a header or a map means; -1 if none.
int fieldNamed(const ImportKind &kind, const EntityInfo &entity, const QString &word)
{
    for (int i = 0; i < entity.fieldCount(); ++i) {
        const FieldInfo &field = entity.fields()[std::size_t(i)];
        if (kind.takes(field) && isNamed(field, word))
            return i;
    }
    return -1;
}

// One map file being read.
class MapReader
{
public:
    MapReader(const ImportKind &kind, const EntityInfo &entity, const QStringList &headers,
              const QJsonObject &json)
        : m_kind(kind)
        , m_entity(entity)
        , m_headers(headers)
        , m_json(json)
    {
    }

    Result<ImportMap> read()
    {
        for (const auto step : {&MapReader::readParts, &MapReader::readColumns,
                                &MapReader::readDefaults, &MapReader::readKey}) {
            if (auto done = (this->*step)(); !done)
                return done.error();
        }
        return m_map;
    }

private:
    static Error malformed(const QString &what)
    {
        return Error("import.map_malformed"_reason, {what});
    }

    Result<int> field(const QJsonValue &name) const
    {
        const int index = name.isString() ? fieldNamed(m_kind, m_entity, name.toString()) : -1;
        if (index < 0)
            return Error("import.field_unknown"_reason,
                         {name.toVariant().toString(), m_kind.fieldNames(m_entity).join(u", "_s)});
        return index;
    }

    Result<int> position(const QString &header) const
    {
        const QString wanted = plainInput(header);
        int found = -1;
        for (int i = 0; i < int(m_headers.size()); ++i) {
            if (plainInput(m_headers[i]) != wanted)
                continue;
            if (found >= 0)
                return Error("import.header_twice"_reason, {header});
            found = i;
        }
        if (found < 0)
            return Error("import.header_missing"_reason, {header, m_headers.join(u", "_s)});
        return found;
    }

    Result<> readParts()
    {
        static const QStringList objects{u"columns"_s, u"defaults"_s, u"values"_s, u"units"_s};
        for (auto part = m_json.begin(); part != m_json.end(); ++part) {
            const bool isObject = objects.contains(part.key()) && part->isObject();
            const bool isKey = part.key() == u"key" && (part->isArray() || part->isString());
            if (!isObject && !isKey)
                return malformed(part.key());
        }
        const QJsonObject columns = m_json[u"columns"_s].toObject();
        if (columns.isEmpty())
            return malformed(u"columns"_s);
        for (const QString &part : {u"values"_s, u"units"_s}) {
            const QJsonObject object = m_json[part].toObject();
            for (auto one = object.begin(); one != object.end(); ++one) {
                const bool fits = part == u"units" ? one->isString() : one->isObject();
                if (!fits || !columns.contains(one.key()))
                    return malformed(part + u": "_s + one.key());
            }
        }
        return {};
    }

    Result<> readColumns()
    {
        const QJsonObject columns = m_json[u"columns"_s].toObject();
        for (auto one = columns.begin(); one != columns.end(); ++one) {
            if (one->isNull())
                continue;
            const auto at = position(one.key());
            if (!at)
                return at.error();
            ImportColumn column{one.key(), *at, {}, {}, {}};
            const QJsonArray names = one->isArray() ? one->toArray() : QJsonArray{*one};
            for (const auto &name : names) {
                const auto index = field(name);
                if (!index)
                    return index.error();
                if (!m_map.headerOf(*index).isNull())
                    return Error("import.field_twice"_reason, {name.toString()});
                column.fields.push_back(*index);
            }
            column.unit = m_json[u"units"_s][one.key()].toString();
            const QJsonObject values = m_json[u"values"_s][one.key()].toObject();
            for (auto value = values.begin(); value != values.end(); ++value)
                column.values.insert(value.key(), value->toString());
            m_map.columns.push_back(std::move(column));
        }
        return {};
    }

    Result<> readDefaults()
    {
        const QJsonObject defaults = m_json[u"defaults"_s].toObject();
        for (auto one = defaults.begin(); one != defaults.end(); ++one) {
            const auto index = field(one.key());
            if (!index)
                return index.error();
            if (one->isArray() || one->isObject())
                return malformed(u"defaults: "_s + one.key());
            m_map.defaults[*index] = one->toVariant().toString();
        }
        return {};
    }

    Result<> readKey()
    {
        const QJsonValue key = m_json[u"key"_s];
        const QJsonArray names = key.isString() ? QJsonArray{key} : key.toArray();
        for (const auto &name : names) {
            const auto index = field(name);
            if (!index)
                return index.error();
            if (!m_map.fills(*index))
                return Error("import.key_unfilled"_reason, {name.toString()});
            m_map.key.push_back(*index);
        }
        return {};
    }

    const ImportKind &m_kind;
    const EntityInfo &m_entity;
    const QStringList &m_headers;
    const QJsonObject &m_json;
    ImportMap m_map;
};

// The first of the kind's ways to match that the file has all fields for.
Result<ImportMap> withKey(const ImportKind &kind, const EntityInfo &entity, ImportMap map)
{
    if (!map.key.empty())
        return map;
    const auto choices = kind.keyChoices();
    for (const QStringList &choice : choices) {
        std::vector<int> key;
        for (const QString &name : choice) {
            if (map.fills(entity.indexOf(name)))
                key.push_back(entity.indexOf(name));
        }
        if (qsizetype(key.size()) == choice.size()) {
            map.key = std::move(key);
            return map;
        }
    }
    const QString wanted = choices.last().last();
    return Error("import.key_unfilled"_reason, {entity.field(wanted)->label.argument()});
}

} // namespace

QString ImportMap::headerOf(int field) const
{
    for (const ImportColumn &column : columns) {
        if (std::find(column.fields.begin(), column.fields.end(), field) != column.fields.end())
            return column.header;
    }
    return {};
}

Result<ImportMap> readImportMap(const ImportKind &kind, const EntityInfo &entity,
                                const QStringList &headers, const QJsonObject &json)
{
    auto map = MapReader(kind, entity, headers, json).read();
    return map ? withKey(kind, entity, *map) : map;
}

Result<ImportMap> matchHeaders(const ImportKind &kind, const EntityInfo &entity,
                               const QStringList &headers)
{
    ImportMap map;
    QStringList unknown;
    QSet<QString> seen;
    for (int i = 0; i < int(headers.size()); ++i) {
        const QString header = plainInput(headers[i]);
        if (header.isEmpty())
            continue; // what spreadsheets leave behind the last column
        if (seen.contains(header.toLower()))
            return Error("import.header_twice"_reason, {headers[i]});
        seen.insert(header.toLower());
        const int field = fieldNamed(kind, entity, header);
        if (field < 0) {
            unknown.append(headers[i]);
            continue;
        }
        if (!map.headerOf(field).isNull())
            return Error("import.field_twice"_reason,
                         {entity.fields()[std::size_t(field)].label.argument()});
        map.columns.push_back({headers[i], i, {field}, {}, {}});
    }
    if (map.columns.empty())
        return Error("import.no_column"_reason, {entity.label().argument()});
    if (!unknown.isEmpty())
        return Error("import.header_unknown"_reason,
                     {unknown.join(u", "_s), kind.fieldNames(entity).join(u", "_s)});
    return withKey(kind, entity, map);
}

} // namespace keydesk
