#include "rules/work_calendar.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

// A resource in a static library is only there once its initialiser was named; the macro has to
// stand outside any namespace.
static void initWorkdaysResource()
{
    Q_INIT_RESOURCE(keydesk_reference);
}

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestGap = 3660; // days without work after which a search gives up
constexpr qint64 businessOffset = 8 * hour;

constexpr WorkInterval officeHours[] = {
    {8 * hour + 30 * minute, 12 * hour},
    {13 * hour + 30 * minute, 17 * hour + 30 * minute},
};

Result<QSet<QDate>> readDates(const QJsonValue &list, const QString &name)
{
    QSet<QDate> dates;
    const QJsonArray values = list.toArray();
    for (const auto &value : values) {
        const QDate date = QDate::fromString(value.toString(), Qt::ISODate);
        if (!date.isValid())
            return Error("reference_data.invalid"_reason,
                         {u"workdays_cn"_s, QString::number(dates.size()), name, value.toString()});
        dates.insert(date);
    }
    return dates;
}

} // namespace

qint64 WorkCalendar::workingTime(Instant from, Instant to) const
{
    qint64 sum = 0;
    for (QDate date = dateOf(from); midnight(date) < to; date = date.addDays(1)) {
        const Instant start = midnight(date);
        for (const WorkInterval &interval : intervals(date)) {
            const qint64 begin = std::max(interval.start, from - start);
            const qint64 end = std::min(interval.end, to - start);
            sum += std::max<qint64>(0, end - begin);
        }
    }
    return sum;
}

Instant WorkCalendar::after(Instant from, qint64 working) const
{
    if (working <= 0)
        return from;
    qint64 left = working;
    const QDate first = dateOf(from);
    for (int i = 0; i < longestGap; ++i) {
        const Instant start = midnight(first.addDays(i));
        for (const WorkInterval &interval : intervals(first.addDays(i))) {
            const qint64 begin = std::max(interval.start, from - start);
            const qint64 length = interval.end - begin;
            if (length <= 0)
                continue;
            if (left <= length)
                return start + (begin + left);
            left -= length;
        }
    }
    return {};
}

Instant WorkCalendar::endOfWorkingDay(Instant from, int workingDays) const
{
    QDate date = dateOf(from);
    int left = workingDays;
    for (int i = 0; i < longestGap; ++i, date = date.addDays(1)) {
        const auto stretches = intervals(date);
        if (stretches.empty())
            continue;
        // A day that is not over yet is day 0; coming in after hours or on a day off starts with
        // the next working day as day 1.
        const bool isFirst = date == dateOf(from);
        if (!isFirst)
            --left;
        if (left <= 0)
            return midnight(date) + stretches.back().end;
    }
    return {};
}

bool WorkCalendar::isWorking(Instant at) const
{
    const QDate date = dateOf(at);
    const qint64 time = at - midnight(date);
    const auto stretches = intervals(date);
    return std::any_of(stretches.begin(), stretches.end(), [&](const WorkInterval &interval) {
        return interval.start <= time && time < interval.end;
    });
}

OfficeCalendar::OfficeCalendar(QSet<QDate> off, QSet<QDate> worked)
    : m_off(std::move(off))
    , m_worked(std::move(worked))
{
}

Result<OfficeCalendar> OfficeCalendar::fromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    auto off = readDates(object.value("off"_L1), u"off"_s);
    if (!off)
        return off.error();
    auto worked = readDates(object.value("work"_L1), u"work"_s);
    if (!worked)
        return worked.error();
    return OfficeCalendar(std::move(*off), std::move(*worked));
}

OfficeCalendar OfficeCalendar::shipped()
{
    initWorkdaysResource();
    QFile file(u":/reference/workdays_cn.json"_s);
    const bool opened = file.open(QIODevice::ReadOnly);
    auto calendar = fromJson(file.readAll());
    Q_ASSERT_X(opened && calendar, "OfficeCalendar::shipped", "workdays_cn.json");
    return std::move(*calendar);
}

std::vector<WorkInterval> OfficeCalendar::intervals(const QDate &date) const
{
    const bool weekday = date.dayOfWeek() <= Qt::Friday;
    if (m_off.contains(date) || (!weekday && !m_worked.contains(date)))
        return {};
    return {std::begin(officeHours), std::end(officeHours)};
}

Instant OfficeCalendar::midnight(const QDate &date) const
{
    constexpr qint64 epochDay = 2440588; // Julian day of 1970-01-01
    return {(date.toJulianDay() - epochDay) * day - businessOffset};
}

} // namespace keydesk
