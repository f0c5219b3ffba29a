#pragma once

#include "base/cell.h"

#include <QStringList>

#include <vector>

namespace keydesk {

enum class FilterOp {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In, // any of the values
    Contains, // part of a text, a member of a list
    Null, // not filled in; takes no value
    NotNull,
};

// One condition on a field of a record: a chip of the filter bar. `field` is a name of the field
// table, or a path through references: "account_id.value_class".
struct Filter
{
    QString field;
    FilterOp op = FilterOp::Equal;
    std::vector<Cell> values;

    static Filter is(const QString &field, Cell value)
    {
        return {field, FilterOp::Equal, {std::move(value)}};
    }
    static Filter isNot(const QString &field, Cell value)
    {
        return {field, FilterOp::NotEqual, {std::move(value)}};
    }
    static Filter in(const QString &field, const QStringList &values)
    {
        Filter filter{field, FilterOp::In, {}};
        for (const QString &value : values)
            filter.values.emplace_back(value);
        return filter;
    }
    static Filter isEmpty(const QString &field) { return {field, FilterOp::Null, {}}; }
    static Filter isFilled(const QString &field) { return {field, FilterOp::NotNull, {}}; }

    bool operator==(const Filter &) const = default;
};

// What narrows a list: every condition of `all`, at least one of each group of `any`, and the words
// of `text` by the search index (Chinese, pinyin initials, numbers).
struct FilterSpec
{
    std::vector<Filter> all;
    std::vector<std::vector<Filter>> any;
    QString text;

    bool isEmpty() const { return all.empty() && any.empty() && text.trimmed().isEmpty(); }
    bool operator==(const FilterSpec &) const = default;
};

} // namespace keydesk
