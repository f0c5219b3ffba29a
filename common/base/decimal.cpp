#include "base/decimal.h"

#include <limits>

namespace keydesk {

namespace {

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

// "1,284,000" has its commas after every third digit from the right; anything else may be another
// country's decimal comma and is refused.
bool hasSoundGroups(QStringView whole)
{
    const qsizetype first = whole.indexOf(u',');
    if (first < 0)
        return true;
    if (first == 0 || first > 3 || (whole.size() - first) % 4 != 0)
        return false;
    for (qsizetype i = 0; i < whole.size(); ++i) {
        const bool comma = i >= first && (i - first) % 4 == 0;
        if (comma != (whole[i] == u','))
            return false;
    }
    return true;
}

bool isNumber(QStringView whole, QStringView fraction)
{
    bool any = false;
    for (const QStringView part : {whole, fraction}) {
        for (const QChar c : part) {
            if (isDigit(c))
                any = true;
            else if (c != u',')
                return false;
        }
    }
    return any && !fraction.contains(u',') && hasSoundGroups(whole);
}

// Appends a digit to a negative number: the negative range holds one value more.
bool append(qint64 &value, int digit)
{
    constexpr qint64 lowest = std::numeric_limits<qint64>::min();
    if (value < lowest / 10 || value * 10 < lowest + digit)
        return false;
    value = value * 10 - digit;
    return true;
}

} // namespace

ScaledDecimal readDecimal(QStringView text, int decimals)
{
    const bool negative = text.startsWith(u'-');
    if (negative || text.startsWith(u'+'))
        text = text.sliced(1);
    const qsizetype point = text.indexOf(u'.');
    const QStringView whole = point < 0 ? text : text.first(point);
    QStringView fraction = point < 0 ? QStringView() : text.sliced(point + 1);
    if (!isNumber(whole, fraction))
        return {0, DecimalFault::NotANumber};
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    if (fraction.size() > decimals)
        return {0, DecimalFault::TooPrecise};
    qint64 value = 0;
    for (const QStringView part : {whole, fraction}) {
        for (const QChar c : part) {
            if (c != u',' && !append(value, c.unicode() - u'0'))
                return {0, DecimalFault::OutOfRange};
        }
    }
    for (qsizetype i = fraction.size(); i < decimals; ++i) {
        if (!append(value, 0))
            return {0, DecimalFault::OutOfRange};
    }
    if (!negative && value == std::numeric_limits<qint64>::min())
        return {0, DecimalFault::OutOfRange};
    return {negative ? value : -value, DecimalFault::None};
}

QString writeDecimal(qint64 value, int decimals, bool grouped)
{
    const quint64 magnitude = value < 0 ? 0 - quint64(value) : quint64(value);
    QString digits = QString::number(magnitude).rightJustified(decimals + 1, u'0');
    QString fraction;
    if (decimals > 0) {
        fraction = u'.' + digits.right(decimals);
        digits.chop(decimals);
    }
    for (qsizetype at = digits.size() - 3; grouped && at > 0; at -= 3)
        digits.insert(at, u',');
    return (value < 0 ? QString(u'-') : QString()) + digits + fraction;
}

QString plainInput(QStringView text)
{
    QString plain = text.toString().normalized(QString::NormalizationForm_KC).trimmed();
    plain.replace(QChar(0x2212), u'-');
    return plain;
}

} // namespace keydesk
