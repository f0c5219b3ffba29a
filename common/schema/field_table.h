#pragma once

#include "schema/field.h"

#include <cstddef>
#include <utility>

namespace keydesk {

template <std::size_t I, class Line>
struct FieldSlot
{
    Line line;
};

template <class Indices, class... Lines>
struct FieldSlots;

template <class... Lines>
struct FieldTable;

template <std::size_t... I, class... Lines>
struct FieldSlots<std::index_sequence<I...>, Lines...> : FieldSlot<I, Lines>...
{
    constexpr FieldSlots(const Lines &...lines)
        : FieldSlot<I, Lines>{lines}...
    {
    }

    /// Calls visit(field) for each line in its order.
    template <class Visit>
    constexpr void forEach(Visit &&visit) const
    {
        (visitLine(static_cast<const FieldSlot<I, Lines> &>(*this).line, visit), ...);
    }

private:
    template <class T, class M, class Visit>
    static constexpr void visitLine(const Field<T, M> &field, Visit &visit)
    {
        visit(field);
    }
    template <class... Inner, class Visit>
    static constexpr void visitLine(const FieldTable<Inner...> &table, Visit &visit)
    {
        table.forEach(visit);
    }
};

// The lines of an entity's field table, and, for long ones, tables of lines. A std::tuple would do
// the same, but compiling one of a hundred lines takes seconds in every file that includes it.
template <class... Lines>
struct FieldTable : FieldSlots<std::index_sequence_for<Lines...>, Lines...>
{
    constexpr FieldTable(const Lines &...lines)
        : FieldSlots<std::index_sequence_for<Lines...>, Lines...>(lines...)
    {
    }
};

template <class Line>
inline constexpr std::size_t fieldCount = 1;
template <class... Lines>
inline constexpr std::size_t fieldCount<FieldTable<Lines...>> = (fieldCount<Lines> + ...);

} // namespace keydesk
