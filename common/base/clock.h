#pragma once

#include <QDateTime>

namespace keydesk {

// A point in time, UTC milliseconds; 0 means "never".
struct Instant
{
    qint64 ms = 0;

    bool isNull() const { return ms == 0; }
    QDateTime toLocal() const { return QDateTime::fromMSecsSinceEpoch(ms); }
    auto operator<=>(const Instant &) const = default;
};

inline Instant operator+(Instant at, qint64 milliseconds)
{
    return {at.ms + milliseconds};
}
inline qint64 operator-(Instant later, Instant earlier)
{
    return later.ms - earlier.ms;
}

/// The calendar day of the business, which is China's (UTC+8, no daylight saving), whatever the
/// machine's own zone is.
inline QDate businessDate(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.ms, Qt::OffsetFromUTC, 8 * 3600).date();
}

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

// Where time comes from. Everything that the simulation runs is given one of these.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock
{
public:
    Instant now() const override { return {QDateTime::currentMSecsSinceEpoch()}; }
};

// A clock that stands still until told otherwise: tests and the simulation.
class ManualClock final : public Clock
{
public:
    explicit ManualClock(Instant start = {1'700'000'000'000})
        : m_now(start)
    {
    }
    Instant now() const override { return m_now; }
    void advance(qint64 milliseconds) { m_now = m_now + milliseconds; }
    void set(Instant at) { m_now = at; }

private:
    Instant m_now;
};

} // namespace keydesk

Q_DECLARE_METATYPE(keydesk::Instant)
