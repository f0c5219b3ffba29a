#include "schema/kind_check.h"

#include "base/money_text.h"
#include "base/phone.h"

#include <QDate>
#include <QJsonDocument>

#include <algorithm>
#include <limits>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr Label wantText{"应为文字", "text expected"};
constexpr Label wantNumber{"应为整数", "a whole number expected"};
constexpr Label wantDate{"应为日期，如2026-03-01", "a date expected, such as 2026-03-01"};
constexpr Label wantYesNo{"应为是或否", "yes or no expected"};
constexpr Label wantKey{"不在可选范围内", "not one of the choices"};
constexpr Label wantJson{"结构不正确", "not well formed"};

bool knowsAll(const FieldInfo &field, const QString &list)
{
    const QStringList keys = list.split(QLatin1Char(','), Qt::SkipEmptyParts);
    return std::all_of(keys.begin(), keys.end(),
                       [&](const QString &key) { return field.knowsKey(key); });
}

// What is wrong with it; null if nothing is.
const Label *problemOf(const FieldInfo &field, const Cell &value)
{
    switch (field.kind) {
    case Kind::Integer:
    case Kind::Money:
    case Kind::BasisPoints:
    case Kind::Instant:
        return value.isInteger() ? nullptr : &wantNumber;
    case Kind::Boolean:
        return value.isInteger() && (value.integer() == 0 || value.integer() == 1) ? nullptr
                                                                                   : &wantYesNo;
    case Kind::Date:
        return QDate::fromString(value.text(), Qt::ISODate).isValid() ? nullptr : &wantDate;
    case Kind::Code:
        return field.knowsKey(value.text()) ? nullptr : &wantKey;
    case Kind::CodeList:
        return value.isText() && knowsAll(field, value.text()) ? nullptr : &wantKey;
    case Kind::Json:
        return QJsonDocument::fromJson(value.text().toUtf8()).isNull() ? &wantJson : nullptr;
    default:
        return value.isText() ? nullptr : &wantText;
    }
}

// A number in the words of its field.
QString numberText(Kind kind, qint64 value)
{
    switch (kind) {
    case Kind::Money:
        return formatMoney(Money{value});
    case Kind::BasisPoints:
        return formatPercent(
            BasisPoints{int(std::clamp<qint64>(value, std::numeric_limits<int>::min(),
                                               std::numeric_limits<int>::max()))});
    default:
        return formatInteger(value);
    }
}

Result<> checkRange(const FieldInfo &field, const Cell &value)
{
    if (!field.range)
        return {};
    const Range range = *field.range;
    if (value.isText()) {
        const qsizetype length = value.text().size();
        return range.holds(length)
            ? Result<>()
            : Error("field.length"_reason,
                    {field.label.argument(), QString::number(length), QString::number(range.low)});
    }
    const qint64 number = value.integer();
    if (range.holds(number))
        return {};
    const QString shown = numberText(field.kind, number);
    if (number < 0 && range.low == 0)
        return Error("field.negative"_reason, {field.label.argument(), shown});
    return Error("field.out_of_range"_reason,
                 {field.label.argument(), shown, numberText(field.kind, range.low),
                  numberText(field.kind, range.high)});
}

} // namespace

Result<> checkKind(const FieldInfo &field, const Cell &value)
{
    if (value.isEmpty())
        return {};
    if (const Label *problem = problemOf(field, value)) {
        const QString shown = value.isInteger() ? QString::number(value.integer()) : value.text();
        return Error("field.malformed"_reason,
                     {field.label.argument(), shown, problem->argument()});
    }
    if (field.kind == Kind::Phone)
        return checkPhones(value.text());
    return checkRange(field, value);
}

} // namespace keydesk
