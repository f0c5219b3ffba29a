#include "store/table_ddl.h"

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

const char *sqlType(Kind kind)
{
    switch (kind) {
    case Kind::Integer:
    case Kind::Money:
    case Kind::BasisPoints:
    case Kind::Instant:
    case Kind::Boolean:
        return "INTEGER";
    default:
        return "TEXT";
    }
}

} // namespace

QSet<QString> namesIn(Database &database)
{
    QSet<QString> names;
    Query query = database.query("SELECT name FROM sqlite_master");
    while (query.next())
        names.insert(query.text(0));
    return names;
}

QHash<QString, QSet<QString>> columnsIn(Database &database)
{
    QHash<QString, QSet<QString>> columns;
    Query query = database.query("SELECT t.name, c.name FROM sqlite_master t "
                                 "JOIN pragma_table_info(t.name) c WHERE t.type='table' "
                                 "AND substr(t.name, 1, 7)<>'search_'");
    while (query.next())
        columns[query.text(0)].insert(query.text(1));
    return columns;
}

QByteArray tableDdl(const EntityInfo &entity, const QSet<QString> &existingColumns)
{
    const QByteArray table = entity.name().toLatin1();
    QByteArray ddl;
    if (existingColumns.isEmpty()) {
        ddl = "CREATE TABLE " + table + "(pk INTEGER PRIMARY KEY";
        for (const FieldInfo &field : entity.fields()) {
            ddl += ", " + field.name.toLatin1() + ' ' + sqlType(field.kind);
            // Other ids in a row ("subject_id") name records of any entity, and may repeat.
            if (&field == &entity.fields()[common_column::Id])
                ddl += " NOT NULL UNIQUE";
        }
        return ddl + ") STRICT;";
    }
    for (const FieldInfo &field : entity.fields()) {
        if (!existingColumns.contains(field.name))
            ddl += "ALTER TABLE " + table + " ADD COLUMN " + field.name.toLatin1() + ' '
                + sqlType(field.kind) + ';';
    }
    return ddl;
}

bool hasOwnIndex(const EntityInfo &entity, int column)
{
    return entity.fields()[std::size_t(column)].has(FieldFlag::BusinessKey)
        || std::any_of(entity.buckets().begin(), entity.buckets().end(),
                       [column](const EntityInfo::BucketInfo &bucket) {
                           return bucket.column == column;
                       });
}

QByteArray indexDdl(const EntityInfo &entity, bool searchable, const QSet<QString> &existing)
{
    const QByteArray table = entity.name().toLatin1();
    QByteArray ddl;
    const auto index = [&](const QByteArray &name, const QByteArray &columns) {
        if (!existing.contains(QString::fromLatin1(name)))
            ddl += "CREATE INDEX IF NOT EXISTS " + name + " ON " + table + "(" + columns + ");";
    };
    for (const EntityInfo::BucketInfo &bucket : entity.buckets()) {
        if (bucket.column < 0 || bucket.column == common_column::Id)
            continue;
        const QByteArray column = entity.fields()[std::size_t(bucket.column)].name.toLatin1();
        index(table + "_by_" + column, column + ", id");
    }
    for (const FieldInfo &field : entity.fields()) {
        if (field.has(FieldFlag::BusinessKey))
            index(table + "_key", field.name.toLatin1());
    }
    if (searchable && !existing.contains(u"search_"_s + entity.name()))
        ddl += "CREATE VIRTUAL TABLE IF NOT EXISTS search_" + table
            + " USING fts5(tokens, content='', tokenize=\"unicode61 remove_diacritics 0\");";
    return ddl;
}

} // namespace keydesk
