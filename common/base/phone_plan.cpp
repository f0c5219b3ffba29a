#include "base/phone_plan.h"

#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

// Rules 1-7 follow the structure of the Chinese plan, 《电信网编号计划（2017年版）》 of the
// Ministry of Industry and Information Technology; the lengths agree with the CN territory of
// libphonenumber's metadata. Ranges inside a rule are left open: carriers open new segments every
// year, and "unknown segments must not be refused" (README of the segment list the tests use).

// 1. Mobile: 11 digits, 13x to 19x.
bool isMobile(QStringView d)
{
    return d.size() == 11 && d[0] == u'1' && d[1] >= u'3';
}

bool startsWithAreaOfTwo(QStringView d)
{
    return d.startsWith(u"10") || (d.startsWith(u'2') && d.size() > 1 && d[1] != u'6');
}

bool isLocal(QStringView d)
{
    return (d.size() == 7 || d.size() == 8) && d[0] >= u'2' && d[0] <= u'8';
}

// With its area code a number is taken as it is written, whatever segment it is of; without one,
// 9... is a short code (rule 4).
bool isSubscriber(QStringView d)
{
    return isLocal(d) || ((d.size() == 7 || d.size() == 8) && d[0] == u'9');
}

// 2. Landline without trunk prefix: area 10 or 2x with 8 digits, area 3xx-9xx with 7 or 8; the
//    subscriber number begins with 2-9. Areas 40x and 80x do not exist: those are rule 3.
bool isLandline(QStringView d)
{
    if (startsWithAreaOfTwo(d))
        return d.size() == 10 && isSubscriber(d.sliced(2));
    if (d.size() < 10 || d[0] < u'3' || d.startsWith(u"400") || d.startsWith(u"800"))
        return false;
    return isSubscriber(d.sliced(3));
}

// 3. Service lines: 400 (shared cost) and 800 (free), 10 digits.
bool isServiceLine(QStringView d)
{
    return d.size() == 10 && (d.startsWith(u"400") || d.startsWith(u"800"));
}

// 4. Short codes: emergency and directory 11x/12x; carriers 100xx, government and public services
//    11xxx/12xxx; 116114 and 118114; national enterprises 95xxx to 95xxxxxx; provincial 96xxx(x).
// 5. Message ports 106..., at most 20 digits; 10 digits are Beijing's area code instead.
bool isShortCode(QStringView d)
{
    static const QRegularExpression shape(
        u"^(?:1[12]\\d|1[012]\\d{3}|11[68]\\d{3}|95\\d{3,6}|96\\d{3,4}|106\\d{5,6}|106\\d{8,17})$"_s);
    return shape.match(d).hasMatch();
}

// 6. A short code in another area: 0871-12345.
bool isShortCodeWithArea(QStringView d)
{
    const qsizetype area = startsWithAreaOfTwo(d) ? 2 : 3;
    if (d.size() < area + 3 || (area == 3 && d[0] < u'3'))
        return false;
    const QStringView code = d.sliced(area);
    return code.size() <= 6 && !code.startsWith(u"106") && isShortCode(code);
}

PlannedNumber chinese(PhoneKind kind, QStringView nationalDigits)
{
    return {kind, u"+86"_s + nationalDigits.toString()};
}

// Digits that follow +86, 0086 or 86: people leave the trunk 0 in, "+86 (0)871".
PlannedNumber afterCountryCode(QStringView d)
{
    if (d.startsWith(u'0'))
        d = d.sliced(1);
    if (isMobile(d))
        return chinese(PhoneKind::Mobile, d);
    if (isServiceLine(d))
        return chinese(PhoneKind::ServiceLine, d);
    if (isLandline(d))
        return chinese(PhoneKind::Landline, d);
    if (isShortCode(d) || isShortCodeWithArea(d))
        return chinese(PhoneKind::ShortCode, d);
    return {};
}

PlannedNumber international(QStringView d)
{
    if (d.startsWith(u"86"))
        return afterCountryCode(d.sliced(2));
    // ITU-T E.164: at most 15 digits, no country code begins with 0. Below 7 nothing is diallable.
    if (d.size() < 7 || d.size() > 15 || d.startsWith(u'0'))
        return {};
    return {PhoneKind::International, u"+"_s + d.toString()};
}

// 7. Trunk prefix 0 before an area code or, as exchanges send it, before a mobile number.
PlannedNumber afterTrunkPrefix(QStringView d)
{
    if (isMobile(d))
        return chinese(PhoneKind::Mobile, d);
    if (isLandline(d))
        return chinese(PhoneKind::Landline, d);
    if (isShortCodeWithArea(d))
        return chinese(PhoneKind::ShortCode, d);
    return {};
}

// 8. Carrier selection, 1[12]xxx or 179xx (libphonenumber, nationalPrefixForParsing of CN): dialled
//    for a cheaper route and not part of the number.
QStringView withoutCarrierPrefix(QStringView d)
{
    static const QRegularExpression prefix(
        u"^(?:1[12]\\d{3}|179\\d{2})(?=0\\d{9,12}$|1[3-9]\\d{9}$)"_s);
    const auto match = prefix.match(d);
    return match.hasMatch() ? d.sliced(match.capturedLength()) : d;
}

PlannedNumber withHomeArea(QStringView d, QStringView homeAreaCode)
{
    if (homeAreaCode.startsWith(u'0'))
        homeAreaCode = homeAreaCode.sliced(1);
    const QString whole = homeAreaCode.toString() + d.toString();
    if (!homeAreaCode.isEmpty() && isLandline(whole))
        return chinese(PhoneKind::Landline, whole);
    return {PhoneKind::Local, {}};
}

} // namespace

PlannedNumber readByPlan(QStringView digits, QStringView homeAreaCode)
{
    if (digits.startsWith(u'+'))
        return international(digits.sliced(1));
    if (digits.startsWith(u"00"))
        return international(digits.sliced(2));
    const QStringView d = withoutCarrierPrefix(digits);
    if (d.startsWith(u'0'))
        return afterTrunkPrefix(d.sliced(1));
    if (isMobile(d))
        return chinese(PhoneKind::Mobile, d);
    if (isServiceLine(d))
        return chinese(PhoneKind::ServiceLine, d);
    if (isShortCode(d))
        return chinese(PhoneKind::ShortCode, d);
    if (isLocal(d))
        return withHomeArea(d, homeAreaCode);
    // Area code typed without its 0, and exchanges that send 86 without +.
    if (isLandline(d))
        return chinese(PhoneKind::Landline, d);
    if (d.startsWith(u"86") && d.size() >= 12)
        return afterCountryCode(d.sliced(2));
    if (d.size() >= 3 && d.size() <= 6)
        return {PhoneKind::GroupShort, {}};
    return {};
}

QStringList readableParts(PhoneKind kind, const QString &key)
{
    const QString d = key.mid(3);
    switch (kind) {
    case PhoneKind::Mobile:
        return {d.left(3), d.mid(3, 4), d.mid(7)};
    case PhoneKind::ServiceLine:
        return {d.left(3), d.mid(3, 3), d.mid(6)};
    case PhoneKind::Landline: {
        const qsizetype area = startsWithAreaOfTwo(d) ? 2 : 3;
        return {u'0' + d.left(area), d.mid(area)};
    }
    case PhoneKind::ShortCode:
        if (!isShortCode(d)) {
            const qsizetype area = startsWithAreaOfTwo(d) ? 2 : 3;
            return {u'0' + d.left(area), d.mid(area)};
        }
        return {d};
    default:
        return {key};
    }
}

} // namespace keydesk
