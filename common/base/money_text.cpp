#include "base/money_text.h"

#include "base/decimal.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr int fenDecimals = 2;

Error faultOf(DecimalFault fault, const Reason &malformed, QStringView text)
{
    const QString shown = text.trimmed().toString();
    switch (fault) {
    case DecimalFault::TooPrecise:
        return Error("value.too_precise"_reason, {shown});
    case DecimalFault::OutOfRange:
        return Error("value.out_of_range"_reason, {shown});
    default:
        return Error(malformed, {shown});
    }
}

// A word that multiplies by a power of ten, at the end of an amount.
struct Scale
{
    QStringView word;
    int power;
};

// 万亿 before 亿 before 万: the longest that fits is meant.
constexpr Scale scales[] = {{u"万亿", 12}, {u"亿", 8}, {u"千万", 7}, {u"百万", 6}, {u"万", 4},
                            {u"k", 3},     {u"m", 6},  {u"bn", 9},   {u"b", 9}};

int takeScale(QStringView &text)
{
    for (const Scale &scale : scales) {
        if (text.endsWith(scale.word)) {
            text = text.chopped(scale.word.size()).trimmed();
            return scale.power;
        }
    }
    return 0;
}

bool takePrefix(QStringView &text, QStringView word)
{
    if (!text.startsWith(word))
        return false;
    text = text.sliced(word.size()).trimmed();
    return true;
}

// Takes the currency off: ¥ or RMB in front (the sign may stand before it), 元 behind.
QString withoutCurrency(QStringView text)
{
    const bool negative = takePrefix(text, u"-");
    for (const QStringView word : {QStringView(u"¥"), QStringView(u"rmb"), QStringView(u"cny")}) {
        if (takePrefix(text, word))
            break;
    }
    for (const QStringView word :
         {QStringView(u"元整"), QStringView(u"元"), QStringView(u"rmb"), QStringView(u"cny")}) {
        if (text.endsWith(word)) {
            text = text.chopped(word.size()).trimmed();
            break;
        }
    }
    return negative ? u'-' + text.toString() : text.toString();
}

// Units of tiles: zh counts in 万 (10^4) and 亿 (10^8), en in thousands.
struct TileUnit
{
    quint64 yuan;
    QStringView word;
};
constexpr TileUnit chineseUnits[] = {{1'000'000'000'000, u"万亿"},
                                     {100'000'000, u"亿"},
                                     {10'000, u"万"},
                                     {1, u""}};
constexpr TileUnit otherUnits[] = {{1'000'000'000, u"B"},
                                   {1'000'000, u"M"},
                                   {1'000, u"K"},
                                   {1, u""}};

// `fen` in hundredths of `unitYuan`, half away from zero; from 100 units on, one decimal is enough
// for a tile.
quint64 tileHundredths(quint64 fen, quint64 unitYuan)
{
    const quint64 rest = fen % unitYuan;
    const quint64 exact = fen / unitYuan + (rest >= unitYuan - rest ? 1 : 0);
    return exact >= 10'000 ? (exact + 5) / 10 * 10 : exact;
}

QString withoutZeros(QString decimal)
{
    while (decimal.endsWith(u'0'))
        decimal.chop(1);
    if (decimal.endsWith(u'.'))
        decimal.chop(1);
    return decimal;
}

} // namespace

QString formatMoney(Money amount)
{
    return writeDecimal(amount.fen, fenDecimals, true);
}

QString plainMoney(Money amount)
{
    return writeDecimal(amount.fen, fenDecimals, false);
}

QString shortMoney(Money amount, QLocale::Language language)
{
    const quint64 fen = amount.fen < 0 ? 0 - quint64(amount.fen) : quint64(amount.fen);
    const auto &units = language == QLocale::Chinese ? chineseUnits : otherUnits;
    // What would round up to a unit is written in it: 9,999.999万 is 1亿.
    std::size_t i = 0;
    while (i + 1 < std::size(units)
           && tileHundredths(fen, units[i + 1].yuan) < units[i].yuan / units[i + 1].yuan * 100)
        ++i;
    const quint64 shown = tileHundredths(fen, units[i].yuan);
    return (amount.fen < 0 ? u"-"_s : QString())
        + withoutZeros(writeDecimal(qint64(shown), 2, true)) + units[i].word.toString();
}

Result<Money> parseMoney(QStringView text)
{
    QString plain = plainInput(text).toLower();
    // Accountants put losses in brackets.
    if (plain.startsWith(u'(') && plain.endsWith(u')') && plain.size() > 2)
        plain = u'-' + plain.sliced(1).chopped(1).trimmed();
    const QString bare = withoutCurrency(plain);
    QStringView number = bare;
    const int power = takeScale(number);
    const ScaledDecimal decimal = readDecimal(number, fenDecimals + power);
    if (decimal.fault != DecimalFault::None)
        return faultOf(decimal.fault, "value.not_amount"_reason, text);
    return Money{decimal.value};
}

QString formatPercent(BasisPoints rate)
{
    return withoutZeros(writeDecimal(rate.value, 2, true)) + u'%';
}

Result<BasisPoints> parsePercent(QStringView text)
{
    const QString plain = plainInput(text);
    QStringView number = plain;
    if (number.endsWith(u'%'))
        number = number.chopped(1).trimmed();
    ScaledDecimal decimal = readDecimal(number, 2);
    if (decimal.fault == DecimalFault::None
        && (decimal.value > std::numeric_limits<int>::max()
            || decimal.value < std::numeric_limits<int>::min()))
        decimal.fault = DecimalFault::OutOfRange;
    if (decimal.fault != DecimalFault::None)
        return faultOf(decimal.fault, "value.not_percent"_reason, text);
    return BasisPoints{int(decimal.value)};
}

Result<qint64> parseInteger(QStringView text)
{
    const ScaledDecimal decimal = readDecimal(plainInput(text), 0);
    // Parts of a whole are no precision problem here: 2.5 is simply not whole.
    const bool outOfRange = decimal.fault == DecimalFault::OutOfRange;
    if (decimal.fault != DecimalFault::None)
        return faultOf(outOfRange ? decimal.fault : DecimalFault::NotANumber,
                       "value.not_integer"_reason, text);
    return decimal.value;
}

QString formatInteger(qint64 value)
{
    return writeDecimal(value, 0, true);
}

} // namespace keydesk
