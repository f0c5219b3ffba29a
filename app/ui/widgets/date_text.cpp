#include "ui/widgets/date_text.h"

#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

// ISO weekday of "周二", "星期二", "礼拜天", "tue", "tuesday"; 0 for anything else.
int weekdayFromText(const QString &word)
{
    static const QString hanDays = u"一二三四五六日"_s;
    static const QRegularExpression han(u"^(?:周|星期|礼拜)([一二三四五六日天])$"_s);
    if (const auto match = han.match(word); match.hasMatch()) {
        const QString day = match.captured(1) == u"天"_s ? u"日"_s : match.captured(1);
        return int(hanDays.indexOf(day)) + 1;
    }
    static const QStringList english{u"monday"_s, u"tuesday"_s,  u"wednesday"_s, u"thursday"_s,
                                     u"friday"_s, u"saturday"_s, u"sunday"_s};
    if (word.size() >= 3) {
        for (int i = 0; i < 7; ++i) {
            if (english[i].startsWith(word))
                return i + 1;
        }
    }
    return 0;
}

std::optional<QDate> relativeDate(const QString &word, QDate today)
{
    static const QHash<QString, int> words{{u"今天"_s, 0},  {u"今"_s, 0},
                                           {u"today"_s, 0}, {u"明天"_s, 1},
                                           {u"明"_s, 1},    {u"tomorrow"_s, 1},
                                           {u"后天"_s, 2},  {u"大后天"_s, 3},
                                           {u"昨天"_s, -1}, {u"yesterday"_s, -1}};
    if (const auto found = words.constFind(word); found != words.cend())
        return today.addDays(*found);
    static const QRegularExpression offset(u"^([+-])([0-9]{1,4})[天d]?$"_s);
    if (const auto match = offset.match(word); match.hasMatch())
        return today.addDays((match.captured(1) == u"-"_s ? -1 : 1) * match.captured(2).toInt());
    QString day = word;
    const bool nextWeek = day.startsWith(u"下"_s) || day.startsWith(u"next"_s);
    if (nextWeek)
        day.remove(0, day.startsWith(u"下"_s) ? 1 : 4);
    const int weekday = weekdayFromText(day);
    if (weekday == 0)
        return std::nullopt;
    const QDate monday = today.addDays(1 - today.dayOfWeek());
    if (nextWeek)
        return monday.addDays(7 + weekday - 1);
    const QDate inThisWeek = monday.addDays(weekday - 1);
    return inThisWeek < today ? inThisWeek.addDays(7) : inThisWeek;
}

std::optional<QDate> validDate(int year, int month, int day)
{
    const QDate date(year, month, day);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

} // namespace

std::optional<QDate> dateFromText(const QString &text, QDate today)
{
    QString word = text.toLower();
    word.remove(QRegularExpression(u"\\s"_s));
    static const QRegularExpression full(
        u"^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?$"_s);
    if (const auto match = full.match(word); match.hasMatch())
        return validDate(match.captured(1).toInt(), match.captured(2).toInt(),
                         match.captured(3).toInt());
    static const QRegularExpression compact(u"^([0-9]{4})([0-9]{2})([0-9]{2})$"_s);
    if (const auto match = compact.match(word); match.hasMatch())
        return validDate(match.captured(1).toInt(), match.captured(2).toInt(),
                         match.captured(3).toInt());
    static const QRegularExpression monthAndDay(u"^([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?$"_s);
    if (const auto match = monthAndDay.match(word); match.hasMatch())
        return validDate(today.year(), match.captured(1).toInt(), match.captured(2).toInt());
    return relativeDate(word, today);
}

std::optional<QTime> timeFromText(const QString &text)
{
    static const QRegularExpression form(u"^([0-9]{1,2})(?:[:：点.]?([0-9]{2}|半)?)分?(am|pm)?$"_s);
    QString word = text.toLower();
    word.remove(QRegularExpression(u"\\s"_s));
    const auto match = form.match(word);
    if (!match.hasMatch())
        return std::nullopt;
    int hours = match.captured(1).toInt();
    const QString minutes = match.captured(2);
    if (match.captured(3) == u"pm"_s && hours < 12)
        hours += 12;
    else if (match.captured(3) == u"am"_s && hours == 12)
        hours = 0;
    const QTime time(hours, minutes == u"半"_s ? 30 : minutes.toInt());
    return time.isValid() ? std::optional(time) : std::nullopt;
}

} // namespace keydesk
