#pragma once

#include "schema/field.h"

#include <QHash>

#include <array>
#include <span>

namespace keydesk {

// The lines that all entities share stand first in every table, in this order (schema.h).
namespace common_column {
enum : int { Id, RowVer, CreatedAt, CreatedBy, UpdatedAt, UpdatedBy, DeletedAt, Ext, Count };
}

// A set of rows that is granted as one (sync.md, "Shape" 5): the prefix and the column whose value
// completes its name, "acct:<account id>". Without a column it is one constant set, "ref". A row is
// a member while the column has a value and the row is not deleted.
struct BucketColumn
{
    const char *prefix;
    const char *column = "";
};

// Everything generic code may know of an entity.
class EntityInfo
{
public:
    /// `blank` is a new record as its struct starts out, in the order of `fields`.
    EntityInfo(const char *table, Label label, std::vector<FieldInfo> fields,
               std::span<const BucketColumn> buckets, Row blank);

    const QString &name() const { return m_name; }
    /// What people call such a record.
    Label label() const { return m_label; }
    const std::vector<FieldInfo> &fields() const { return m_fields; }
    int fieldCount() const { return int(m_fields.size()); }
    /// Position of a field in the table and so in every Row; -1 if there is none of that name.
    int indexOf(const QString &field) const { return m_index.value(field, -1); }
    const FieldInfo *field(const QString &field) const;
    /// What a record starts as before anything is filled in: the defaults of its struct.
    const Row &blank() const { return m_blank; }
    const Cell &cell(const Row &row, const QString &field) const;

    struct BucketInfo
    {
        QString prefix;
        int column; // -1: a constant bucket
    };
    const std::vector<BucketInfo> &buckets() const { return m_buckets; }
    /// Names of the buckets the row lies in: a pure function of its own columns; sorted, no
    /// doubles.
    QStringList bucketsOf(const Row &row) const;
    /// Whether everybody holds all of its rows: staff, areas, products, rules. Read by every
    /// command, changed by few.
    bool isReference() const { return m_buckets.size() == 1 && m_buckets.front().column < 0; }

    /// The line that names the record to people: "name", else "title", else the business key.
    int titleColumn() const { return m_titleColumn; }
    /// The column with the BusinessKey flag, -1 if it has none.
    int keyColumn() const { return m_keyColumn; }

private:
    QString m_name;
    Label m_label;
    std::vector<FieldInfo> m_fields;
    QHash<QString, int> m_index;
    std::vector<BucketInfo> m_buckets;
    Row m_blank;
    int m_titleColumn = -1;
    int m_keyColumn = -1;
};

// All entities of the running program: what forms, columns, search, import, export, masking, the
// store and the wire read. Built once at start and passed by reference.
class Catalog
{
public:
    explicit Catalog(std::vector<EntityInfo> entities);

    const std::vector<EntityInfo> &entities() const { return m_entities; }
    /// Null if there is no such entity.
    const EntityInfo *find(const QString &name) const;
    /// The entity of a name that is known to exist; asserts otherwise.
    const EntityInfo &entity(const QString &name) const;
    int indexOf(const QString &name) const { return m_index.value(name, -1); }
    /// The same of an entity of this catalog, without asking for its name.
    int indexOf(const EntityInfo &entity) const;

private:
    std::vector<EntityInfo> m_entities;
    QHash<QString, int> m_index;
};

} // namespace keydesk
