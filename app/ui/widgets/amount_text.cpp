#include "ui/widgets/amount_text.h"

#include <QLocale>
#include <QRegularExpression>

#include <limits>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr qint64 fenPerYuan = 100;
constexpr qint64 tenThousand = 10'000;
constexpr qint64 hundredMillion = 100'000'000;

QString grouped(qint64 yuan)
{
    return QLocale(QLocale::English, QLocale::UnitedStates).toString(yuan);
}

// `fen` in units of `unitYuan`, with at most `decimals` decimals and no trailing zeros.
QString scaledText(qint64 fen, qint64 unitYuan, int decimals)
{
    const double value = double(fen) / double(unitYuan * fenPerYuan);
    QString text = QLocale(QLocale::English, QLocale::UnitedStates).toString(value, 'f', decimals);
    while (text.contains(u'.') && (text.endsWith(u'0') || text.endsWith(u'.')))
        text.chop(1);
    return text;
}

qint64 unitOf(const QString &suffix)
{
    if (suffix == u"万"_s || suffix == u"w"_s)
        return tenThousand;
    if (suffix == u"亿"_s)
        return hundredMillion;
    if (suffix == u"k"_s)
        return 1000;
    return suffix == u"m"_s ? 1'000'000 : 1;
}

} // namespace

QString moneyText(Money amount)
{
    const qint64 yuan = std::abs(amount.fen) / fenPerYuan;
    const qint64 fen = std::abs(amount.fen) % fenPerYuan;
    return (amount.fen < 0 ? u"-"_s : QString())
        + u"%1.%2"_s.arg(grouped(yuan)).arg(fen, 2, 10, QChar(u'0'));
}

QString shortMoneyText(Money amount)
{
    const qint64 yuan = std::abs(amount.fen) / fenPerYuan;
    if (QLocale().language() == QLocale::Chinese) {
        if (yuan >= hundredMillion)
            return scaledText(amount.fen, hundredMillion, 2) + u"亿"_s;
        if (yuan >= tenThousand)
            return scaledText(amount.fen, tenThousand, 1) + u"万"_s;
    } else {
        if (yuan >= 1'000'000)
            return scaledText(amount.fen, 1'000'000, 2) + u"M"_s;
        if (yuan >= tenThousand)
            return scaledText(amount.fen, 1000, 0) + u"K"_s;
    }
    return scaledText(amount.fen, 1, 0);
}

std::optional<Money> moneyFromText(const QString &text)
{
    static const QRegularExpression form(
        u"^([-+]?)[¥￥]?([0-9]{1,16})(?:\\.([0-9]{1,10}))?(万|亿|[wkm])?元?$"_s);
    QString plain = text.toLower();
    plain.remove(QRegularExpression(u"[,，\\s]"_s));
    plain.replace(u'．', u'.').replace(u'。', u'.');
    const auto match = form.match(plain);
    if (!match.hasMatch())
        return std::nullopt;
    // Whole and decimal digits apart: an amount never passes through a floating-point number.
    const qint64 fenPerUnit = unitOf(match.captured(4)) * fenPerYuan;
    const qint64 whole = match.captured(2).toLongLong();
    if (whole > std::numeric_limits<qint64>::max() / fenPerUnit - 1)
        return std::nullopt;
    qint64 fen = whole * fenPerUnit;
    qint64 digitWorth = fenPerUnit;
    const QString decimals = match.captured(3);
    for (const QChar digit : decimals) {
        if (digitWorth % 10 != 0 && digit != u'0')
            return std::nullopt;
        digitWorth /= 10;
        fen += digit.digitValue() * digitWorth;
    }
    return Money{match.captured(1) == u"-"_s ? -fen : fen};
}

} // namespace keydesk
