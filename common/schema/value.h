#pragma once

#include "base/cell.h"
#include "base/clock.h"
#include "base/money.h"
#include "base/record_id.h"
#include "schema/field.h"

#include <QDate>
#include <QStringList>

#include <string_view>

namespace keydesk {

// The keys of an enum, in the order of its enumerators; specialised beside each enum:
//   template <> struct EnumTable<Stage> { static constexpr EnumKey keys[] = {...}; };
// Enums are stored by key name, never by ordinal.
template <class E>
struct EnumTable;

template <class E>
concept KeyedEnum = std::is_enum_v<E> && requires
{
    EnumTable<E>::keys;
};

template <KeyedEnum E>
QString keyOf(E value)
{
    return QString::fromLatin1(EnumTable<E>::keys[std::size_t(value)].key);
}

template <KeyedEnum E>
QString labelOf(E value)
{
    return EnumTable<E>::keys[std::size_t(value)].label.text();
}

/// True if only the server gives this value.
template <KeyedEnum E>
constexpr bool isServerOwned(E value)
{
    return EnumTable<E>::keys[std::size_t(value)].serverOwned;
}

/// The enumerator with this key; the first one when the key is unknown.
template <KeyedEnum E>
E fromKey(QStringView key)
{
    constexpr std::size_t count = std::size(EnumTable<E>::keys);
    for (std::size_t i = 0; i < count; ++i) {
        if (key == QLatin1StringView(EnumTable<E>::keys[i].key))
            return E(i);
    }
    return E{};
}

// Several keys of an enum.
template <KeyedEnum E>
struct Codes
{
    QStringList keys;
    bool contains(E value) const { return keys.contains(keyOf(value)); }
    bool operator==(const Codes &) const = default;
};

// How a C++ type is kept in a Cell: the kind, and the two directions.
template <class M>
struct ValueTraits;

template <>
struct ValueTraits<RecordId>
{
    static constexpr Kind kind = Kind::Id;
    static Cell toCell(const RecordId &value)
    {
        return value.isNull() ? Cell() : Cell(value.text());
    }
    static RecordId fromCell(const Cell &cell) { return RecordId(cell.text()); }
};

template <class T>
struct ValueTraits<Ref<T>>
{
    static constexpr Kind kind = Kind::Reference;
    static Cell toCell(const Ref<T> &value) { return ValueTraits<RecordId>::toCell(value); }
    static Ref<T> fromCell(const Cell &cell) { return RecordId(cell.text()); }
};

template <>
struct ValueTraits<QString>
{
    static constexpr Kind kind = Kind::Text;
    static Cell toCell(const QString &value) { return value.isEmpty() ? Cell() : Cell(value); }
    static QString fromCell(const Cell &cell) { return cell.text(); }
};

template <>
struct ValueTraits<QStringList>
{
    static constexpr Kind kind = Kind::TextList;
    static Cell toCell(const QStringList &value)
    {
        return value.isEmpty() ? Cell() : Cell(value.join(QLatin1Char(',')));
    }
    static QStringList fromCell(const Cell &cell)
    {
        return cell.text().split(QLatin1Char(','), Qt::SkipEmptyParts);
    }
};

template <class E>
struct ValueTraits<Codes<E>>
{
    static constexpr Kind kind = Kind::CodeList;
    static Cell toCell(const Codes<E> &value)
    {
        return ValueTraits<QStringList>::toCell(value.keys);
    }
    static Codes<E> fromCell(const Cell &cell)
    {
        return {ValueTraits<QStringList>::fromCell(cell)};
    }
};

template <KeyedEnum E>
struct ValueTraits<E>
{
    static constexpr Kind kind = Kind::Code;
    static Cell toCell(E value) { return keyOf(value); }
    static E fromCell(const Cell &cell) { return fromKey<E>(cell.text()); }
};

template <>
struct ValueTraits<qint64>
{
    static constexpr Kind kind = Kind::Integer;
    static Cell toCell(qint64 value) { return value; }
    static qint64 fromCell(const Cell &cell) { return cell.integer(); }
};

template <>
struct ValueTraits<int>
{
    static constexpr Kind kind = Kind::Integer;
    static Cell toCell(int value) { return qint64(value); }
    static int fromCell(const Cell &cell) { return int(cell.integer()); }
};

template <>
struct ValueTraits<bool>
{
    static constexpr Kind kind = Kind::Boolean;
    static Cell toCell(bool value) { return qint64(value ? 1 : 0); }
    static bool fromCell(const Cell &cell) { return cell.integer() != 0; }
};

template <>
struct ValueTraits<Money>
{
    static constexpr Kind kind = Kind::Money;
    static Cell toCell(Money value) { return value.fen; }
    static Money fromCell(const Cell &cell) { return {cell.integer()}; }
};

template <>
struct ValueTraits<BasisPoints>
{
    static constexpr Kind kind = Kind::BasisPoints;
    static Cell toCell(BasisPoints value) { return qint64(value.value); }
    static BasisPoints fromCell(const Cell &cell) { return {int(cell.integer())}; }
};

template <>
struct ValueTraits<Instant>
{
    static constexpr Kind kind = Kind::Instant;
    static Cell toCell(Instant value) { return value.isNull() ? Cell() : Cell(value.ms); }
    static Instant fromCell(const Cell &cell) { return {cell.integer()}; }
};

template <>
struct ValueTraits<QDate>
{
    static constexpr Kind kind = Kind::Date;
    static Cell toCell(const QDate &value)
    {
        return value.isValid() ? Cell(value.toString(Qt::ISODate)) : Cell();
    }
    static QDate fromCell(const Cell &cell) { return QDate::fromString(cell.text(), Qt::ISODate); }
};

} // namespace keydesk
