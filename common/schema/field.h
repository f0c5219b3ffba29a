#pragma once

#include "base/cell.h"
#include "base/label.h"

#include <QFlags>
#include <QStringList>

#include <optional>
#include <span>

namespace keydesk {

// How a Cell is to be read, written and shown. The kind follows from the C++ type of the member
// (schema/value.h); only text is refined by a flag.
enum class Kind {
    Id,
    Reference,
    Text,
    LongText,
    Phone,
    Code, // one key of an enum table
    CodeList, // several keys of an enum table, comma separated
    TextList, // free words, comma separated
    Integer,
    Money, // fen
    BasisPoints, // 1/100 %
    Date, // ISO text
    Instant, // UTC ms
    Boolean, // 0 or 1
    Json,
};

enum class FieldFlag {
    Required = 0x001, // no record without it
    Searchable = 0x002, // goes into the full text and pinyin index
    Personal = 0x004, // masked under the masked profile (reliability.md, masking)
    Confidential = 0x008, // absent under the masked profile: money figures
    ServerOwned = 0x010, // written by commands and rules only, never by EditRecord
    Hidden = 0x020, // in no form and no column chooser
    Long = 0x040, // several lines of text
    Phone = 0x080, // a telephone number: indexed by its normal form
    BusinessKey = 0x100, // unique among living records; what imports match by
    Json = 0x200,
};
Q_DECLARE_FLAGS(FieldFlags, FieldFlag)
Q_DECLARE_OPERATORS_FOR_FLAGS(FieldFlags)

// What happens when two people changed the same field (sync.md, "Conflicts").
enum class Merge {
    Ask, // the later edit is rejected and settled by a person
    LastWriter, // the later edit stands
    Append, // both texts stay, the later one below
};

// One key of an enumeration: how it is stored, and what people call it.
struct EnumKey
{
    const char *key;
    Label label;
    bool serverOwned = false; // given by the server alone, chosen by nobody
};

// The least and the greatest value of a field, both allowed; of a text its length in characters.
struct Range
{
    qint64 low = 0;
    qint64 high = 0;

    bool holds(qint64 value) const { return low <= value && value <= high; }
    bool operator==(const Range &) const = default;
};

// What holds where a field table says nothing: counts and amounts are never negative, shares are
// shares of a whole.
constexpr Range countRange{0, 1'000'000'000};
constexpr Range moneyRange{0, 100'000'000'000'000}; // fen: a thousand milliard yuan
constexpr Range shareRange{0, 10'000};

/// What holds for a kind of field whose table says nothing of it.
constexpr std::optional<Range> usualRange(Kind kind)
{
    switch (kind) {
    case Kind::Integer:
        return countRange;
    case Kind::Money:
        return moneyRange;
    case Kind::BasisPoints:
        return shareRange;
    default:
        return std::nullopt;
    }
}

// One line of an entity's field table.
template <class T, class M>
struct Field
{
    constexpr Field(const char *fieldName, M T::*fieldMember, Label fieldLabel,
                    FieldFlags fieldFlags = {}, Merge fieldMerge = Merge::Ask)
        : name(fieldName)
        , member(fieldMember)
        , label(fieldLabel)
        , flags(fieldFlags)
        , merge(fieldMerge)
    {
    }

    /// The same line with a range of its own.
    constexpr Field within(qint64 low, qint64 high) const
    {
        Field field = *this;
        field.range = Range{low, high};
        return field;
    }

    const char *name;
    M T::*member;
    Label label;
    FieldFlags flags;
    Merge merge;
    std::optional<Range> range;
};

// The erased view of a line of a field table: all that generic code may know of a field.
struct FieldInfo
{
    QString name;
    Label label;
    Kind kind = Kind::Text;
    FieldFlags flags;
    Merge merge = Merge::Ask;
    QString target; // Reference: the entity it points to
    std::span<const EnumKey> keys; // Code and CodeList: the known keys in their order
    std::optional<Range> range; // Integer, Money, BasisPoints: of the value; texts: of the length

    bool has(FieldFlag flag) const { return flags.testFlag(flag); }
    /// What people call the key of a Code field; an unknown key (a newer server) reads as itself.
    QString keyLabel(const QString &key) const;
    /// The key that is stored like this; null if there is none.
    const EnumKey *key(const QString &stored) const;
    bool knowsKey(const QString &stored) const { return key(stored) != nullptr; }
};

} // namespace keydesk
