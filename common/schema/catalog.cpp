#include "schema/catalog.h"

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

QString FieldInfo::keyLabel(const QString &key) const
{
    for (const EnumKey &entry : keys) {
        if (key == QLatin1StringView(entry.key))
            return entry.label.text();
    }
    return key;
}

const EnumKey *FieldInfo::key(const QString &stored) const
{
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const EnumKey &entry) {
        return stored == QLatin1StringView(entry.key);
    });
    return found == keys.end() ? nullptr : &*found;
}

EntityInfo::EntityInfo(const char *table, Label label, std::vector<FieldInfo> fields,
                       std::span<const BucketColumn> buckets, Row blank)
    : m_name(QString::fromLatin1(table))
    , m_label(label)
    , m_fields(std::move(fields))
    , m_blank(std::move(blank))
{
    Q_ASSERT_X(m_blank.size() == m_fields.size(), table, "a blank record of another shape");
    for (int i = 0; i < fieldCount(); ++i) {
        m_index.insert(m_fields[std::size_t(i)].name, i);
        if (m_fields[std::size_t(i)].has(FieldFlag::BusinessKey))
            m_keyColumn = i;
    }
    for (const QString &title : {u"name"_s, u"title"_s}) {
        if (m_titleColumn < 0)
            m_titleColumn = indexOf(title);
    }
    if (m_titleColumn < 0)
        m_titleColumn = m_keyColumn;
    for (const BucketColumn &bucket : buckets) {
        const QString column = QString::fromLatin1(bucket.column);
        const int index = column.isEmpty() ? -1 : indexOf(column);
        Q_ASSERT_X(column.isEmpty() || index >= 0, table, bucket.column);
        m_buckets.push_back({QString::fromLatin1(bucket.prefix), index});
    }
}

const FieldInfo *EntityInfo::field(const QString &field) const
{
    const int index = indexOf(field);
    return index < 0 ? nullptr : &m_fields[std::size_t(index)];
}

const Cell &EntityInfo::cell(const Row &row, const QString &field) const
{
    const int index = indexOf(field);
    Q_ASSERT_X(index >= 0, "EntityInfo::cell", qPrintable(m_name + u'.' + field));
    return row[std::size_t(index)];
}

QStringList EntityInfo::bucketsOf(const Row &row) const
{
    QStringList names;
    if (row.empty() || !row[common_column::DeletedAt].isNull())
        return names;
    for (const BucketInfo &bucket : m_buckets) {
        if (bucket.column < 0)
            names.append(bucket.prefix);
        else if (!row[std::size_t(bucket.column)].isEmpty())
            names.append(bucket.prefix + u':' + row[std::size_t(bucket.column)].text());
    }
    names.sort();
    names.removeDuplicates();
    return names;
}

Catalog::Catalog(std::vector<EntityInfo> entities)
    : m_entities(std::move(entities))
{
    for (std::size_t i = 0; i < m_entities.size(); ++i)
        m_index.insert(m_entities[i].name(), int(i));
}

const EntityInfo *Catalog::find(const QString &name) const
{
    const int index = indexOf(name);
    return index < 0 ? nullptr : &m_entities[std::size_t(index)];
}

int Catalog::indexOf(const EntityInfo &entity) const
{
    const auto place = &entity - m_entities.data();
    return place >= 0 && place < std::ssize(m_entities) ? int(place) : indexOf(entity.name());
}

const EntityInfo &Catalog::entity(const QString &name) const
{
    const EntityInfo *found = find(name);
    Q_ASSERT_X(found, "Catalog::entity", qPrintable(name));
    return *found;
}

} // namespace keydesk
