#pragma once

#include "schema/catalog.h"
#include "schema/field_table.h"
#include "schema/value.h"

#include <tuple>

namespace keydesk {

struct Staff;

// What every record carries: its name for ever, its version, its history in short.
struct Record
{
    RecordId id;
    qint64 rowVer = 0; // server revision: the sequence number of its last write
    Instant createdAt;
    Ref<Staff> createdBy;
    Instant updatedAt;
    Ref<Staff> updatedBy;
    Instant deletedAt;
    QString ext; // values of the administrator's own fields, a JSON object
};

// The field table of an entity, specialised beside its struct:
//   table    its name in SQL, on the wire and in scripts
//   label    what people call such a record
//   fields   a FieldTable of Field lines
//   buckets  an array of BucketColumn{"acct", "account_id"}; column "" means a constant bucket
template <class T>
struct Schema;

/// The lines that all entities share, for entity T.
template <class T>
constexpr auto recordFields()
{
    using enum FieldFlag;
    constexpr FieldFlags system = FieldFlags(ServerOwned) | Hidden;
    // A row is a line.
    // clang-format off
    return FieldTable{
        Field<T, RecordId>{"id", static_cast<RecordId T::*>(&T::id), {"标识", "Id"}, system},
        Field<T, qint64>{"row_ver", static_cast<qint64 T::*>(&T::rowVer), {"版本", "Version"}, system},
        Field<T, Instant>{"created_at", static_cast<Instant T::*>(&T::createdAt), {"创建时间", "Created"}, ServerOwned},
        Field<T, Ref<Staff>>{"created_by", static_cast<Ref<Staff> T::*>(&T::createdBy), {"创建人", "Created by"}, ServerOwned},
        Field<T, Instant>{"updated_at", static_cast<Instant T::*>(&T::updatedAt), {"更新时间", "Updated"}, ServerOwned},
        Field<T, Ref<Staff>>{"updated_by", static_cast<Ref<Staff> T::*>(&T::updatedBy), {"更新人", "Updated by"}, ServerOwned},
        Field<T, Instant>{"deleted_at", static_cast<Instant T::*>(&T::deletedAt), {"删除时间", "Deleted"}, system},
        Field<T, QString>{"ext", static_cast<QString T::*>(&T::ext), {"扩展字段", "Custom fields"}, system | Json},
    };
    // clang-format on
}

/// Calls visit(field) for each line of T: the common ones first, then its own.
template <class T, class Visit>
void forEachField(Visit visit)
{
    static constexpr auto common = recordFields<T>();
    common.forEach(visit);
    Schema<T>::fields.forEach(visit);
}

/// The record as a row, in the order of its field table.
template <class T>
Row toRow(const T &record)
{
    Row row;
    using Table = std::remove_cv_t<decltype(Schema<T>::fields)>;
    row.reserve(fieldCount<decltype(recordFields<T>())> + fieldCount<Table>);
    forEachField<T>([&](const auto &field) {
        using M = std::remove_cvref_t<decltype(record.*(field.member))>;
        row.push_back(ValueTraits<M>::toCell(record.*(field.member)));
    });
    return row;
}

/// The row as a record; cells beyond the field table are ignored, missing ones keep their default.
template <class T>
T fromRow(const Row &row)
{
    T record;
    std::size_t i = 0;
    forEachField<T>([&](const auto &field) {
        if (i < row.size()) {
            using M = std::remove_cvref_t<decltype(record.*(field.member))>;
            record.*(field.member) = ValueTraits<M>::fromCell(row[i]);
        }
        ++i;
    });
    return record;
}

template <class M>
struct ReferenceTarget
{
    static const char *table() { return ""; }
};
template <class T>
struct ReferenceTarget<Ref<T>>
{
    static const char *table() { return Schema<T>::table; }
};

template <class M>
struct EnumKeysOf
{
    static std::span<const EnumKey> keys() { return {}; }
};
template <KeyedEnum E>
struct EnumKeysOf<E>
{
    static std::span<const EnumKey> keys() { return EnumTable<E>::keys; }
};
template <KeyedEnum E>
struct EnumKeysOf<Codes<E>>
{
    static std::span<const EnumKey> keys() { return EnumTable<E>::keys; }
};

/// The erased view of one line.
template <class T, class M>
FieldInfo describeField(const Field<T, M> &field)
{
    FieldInfo info;
    info.name = QString::fromLatin1(field.name);
    info.label = field.label;
    info.kind = ValueTraits<M>::kind;
    if (field.flags.testFlag(FieldFlag::Long))
        info.kind = Kind::LongText;
    else if (field.flags.testFlag(FieldFlag::Phone))
        info.kind = Kind::Phone;
    else if (field.flags.testFlag(FieldFlag::Json))
        info.kind = Kind::Json;
    info.flags = field.flags;
    info.merge = field.merge;
    info.target = QString::fromLatin1(ReferenceTarget<M>::table());
    info.keys = EnumKeysOf<M>::keys();
    info.range = field.range ? field.range : usualRange(info.kind);
    return info;
}

/// The erased view of T's whole table. Instantiate it where all entities are complete.
template <class T>
EntityInfo describe()
{
    std::vector<FieldInfo> fields;
    forEachField<T>([&fields](const auto &field) { fields.push_back(describeField(field)); });
    return EntityInfo(Schema<T>::table, Schema<T>::label, std::move(fields), Schema<T>::buckets,
                      toRow(T()));
}

} // namespace keydesk
