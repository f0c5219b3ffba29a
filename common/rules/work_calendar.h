#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QDate>
#include <QSet>

#include <vector>

namespace keydesk {

// A stretch of working time within a day, [start, end), in milliseconds since its local midnight.
struct WorkInterval
{
    qint64 start = 0;
    qint64 end = 0;
};

// When people work. Every clock of the product is a pure function of events and one of these; it
// never asks what time it is.
class WorkCalendar
{
public:
    virtual ~WorkCalendar() = default;
    /// The working stretches of a local day, in order, none overlapping; none on a day off.
    virtual std::vector<WorkInterval> intervals(const QDate &date) const = 0;
    /// The instant of a local midnight.
    virtual Instant midnight(const QDate &date) const = 0;
    virtual QDate dateOf(Instant at) const = 0;

    /// Working milliseconds in [from, to); 0 when `to` is not later.
    qint64 workingTime(Instant from, Instant to) const;
    /// The first instant by which `working` milliseconds have been worked since `from`. With 0 it
    /// is `from` itself. Null if the calendar has no working day within ten years.
    Instant after(Instant from, qint64 working) const;
    /// The end of the n-th working day after the day of `from`; with 0 the end of that day's work.
    Instant endOfWorkingDay(Instant from, int workingDays) const;
    bool isWorking(Instant at) const;
    bool isWorkingDay(const QDate &date) const { return !intervals(date).empty(); }
};

// Office hours in China: Monday to Friday 8:30-12:00 and 13:30-17:30 at UTC+8, without the public
// holidays and with the weekend days that are worked for them. A year without data has weekends
// only.
class OfficeCalendar final : public WorkCalendar
{
public:
    OfficeCalendar() = default;
    /// `off` and `worked` override the weekday.
    OfficeCalendar(QSet<QDate> off, QSet<QDate> worked);

    /// From the JSON of resources/reference/workdays_cn.json. Errors: reference_data.invalid.
    static Result<OfficeCalendar> fromJson(const QByteArray &json);
    /// The calendar that ships with the program.
    static OfficeCalendar shipped();

    std::vector<WorkInterval> intervals(const QDate &date) const override;
    Instant midnight(const QDate &date) const override;
    QDate dateOf(Instant at) const override { return businessDate(at); }

private:
    QSet<QDate> m_off;
    QSet<QDate> m_worked;
};

} // namespace keydesk
