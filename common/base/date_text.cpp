#include "base/date_text.h"

#include "base/decimal.h"

#include <QRegularExpression>

#include <optional>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

// The day at the beginning of a text, and what follows it.
struct LeadingDay
{
    int year = 0;
    int month = 0;
    int day = 0;
    QString rest;
};

std::optional<LeadingDay> leadingDay(const QString &plain)
{
    static const QRegularExpression separated(
        u"^(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*[日号]?(?!\\d)"_s);
    static const QRegularExpression compact(u"^(\\d{4})(\\d{2})(\\d{2})(?!\\d)"_s);
    for (const QRegularExpression *form : {&separated, &compact}) {
        const auto match = form->match(plain);
        if (match.hasMatch())
            return LeadingDay{match.captured(1).toInt(), match.captured(2).toInt(),
                              match.captured(3).toInt(), plain.mid(match.capturedEnd()).trimmed()};
    }
    return {};
}

Result<QDate> dateOf(const LeadingDay &leading, QStringView text)
{
    const QDate date(leading.year, leading.month, leading.day);
    if (!date.isValid() || leading.year == 0)
        return Error("value.no_such_day"_reason, {text.trimmed().toString()});
    return date;
}

// The time behind a day: hour, minute, second, millisecond and the offset as written.
struct TimeOfDay
{
    QTime time;
    QString offset;
};

std::optional<TimeOfDay> timeIn(const QString &rest)
{
    if (rest.isEmpty())
        return TimeOfDay{QTime(0, 0), {}};
    static const QRegularExpression form(
        u"^[Tt]?\\s*(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,3})\\d*)?)?\\s*([Zz]|[+-]\\d{2}:?\\d{2})?$"_s);
    const auto match = form.match(rest);
    if (!match.hasMatch())
        return {};
    const QTime time(match.captured(1).toInt(), match.captured(2).toInt(),
                     match.captured(3).toInt(), match.captured(4).leftJustified(3, u'0').toInt());
    if (!time.isValid())
        return {};
    return TimeOfDay{time, match.captured(5).toUpper().remove(u':')};
}

// "+0800" in seconds; nothing beyond the 14 hours that exist.
std::optional<int> offsetSeconds(const QString &offset)
{
    if (offset == u"Z")
        return 0;
    const int hours = offset.mid(1, 2).toInt();
    const int minutes = offset.mid(3, 2).toInt();
    if (hours > 14 || minutes > 59)
        return {};
    return (offset.startsWith(u'-') ? -60 : 60) * (hours * 60 + minutes);
}

} // namespace

QString formatDate(QDate date)
{
    return date.isValid() ? date.toString(Qt::ISODate) : QString();
}

Result<QDate> parseDate(QStringView text)
{
    const auto leading = leadingDay(plainInput(text));
    const auto time = leading ? timeIn(leading->rest) : std::nullopt;
    if (!time || time->time != QTime(0, 0) || !time->offset.isEmpty())
        return Error("value.not_date"_reason, {text.trimmed().toString()});
    return dateOf(*leading, text);
}

QTimeZone businessZone()
{
    return QTimeZone("Asia/Shanghai");
}

Instant nineOn(QDate date)
{
    return {QDateTime(date, QTime(9, 0), businessZone()).toMSecsSinceEpoch()};
}

QString formatInstant(Instant at, const QTimeZone &zone)
{
    if (at.isNull())
        return {};
    return QDateTime::fromMSecsSinceEpoch(at.ms, zone).toString(u"yyyy-MM-dd HH:mm"_s);
}

QString isoInstant(Instant at)
{
    if (at.isNull())
        return {};
    return QDateTime::fromMSecsSinceEpoch(at.ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

Result<Instant> parseInstant(QStringView text, const QTimeZone &zone)
{
    const Error malformed("value.not_instant"_reason, {text.trimmed().toString()});
    const auto leading = leadingDay(plainInput(text));
    const auto time = leading ? timeIn(leading->rest) : std::nullopt;
    if (!time)
        return malformed;
    const Result<QDate> date = dateOf(*leading, text);
    if (!date)
        return date.error();
    if (!time->offset.isEmpty()) {
        const auto offset = offsetSeconds(time->offset);
        if (!offset)
            return malformed;
        return Instant{
            QDateTime(*date, time->time, Qt::OffsetFromUTC, *offset).toMSecsSinceEpoch()};
    }
    const QDateTime local(*date, time->time, zone);
    const qint64 ms = local.toMSecsSinceEpoch();
    // A time that a change of clocks left out comes back as another one.
    if (!local.isValid() || QDateTime::fromMSecsSinceEpoch(ms, zone).time() != time->time)
        return malformed;
    return Instant{ms};
}

Result<bool> parseBoolean(QStringView text)
{
    const QString word = plainInput(text).toLower();
    static const QStringList yes{u"是"_s, u"有"_s, u"对"_s, u"yes"_s, u"y"_s, u"true"_s,
                                 u"t"_s,  u"on"_s, u"1"_s,  u"√"_s,   u"✓"_s};
    static const QStringList no{u"否"_s, u"无"_s,  u"错"_s, u"no"_s, u"n"_s, u"false"_s,
                                u"f"_s,  u"off"_s, u"0"_s,  u"×"_s,  u"✗"_s};
    if (yes.contains(word))
        return true;
    if (no.contains(word))
        return false;
    return Error("value.not_yes_no"_reason, {text.trimmed().toString()});
}

QString formatBoolean(bool value, QLocale::Language language)
{
    if (language == QLocale::Chinese)
        return value ? u"是"_s : u"否"_s;
    return value ? u"yes"_s : u"no"_s;
}

} // namespace keydesk
