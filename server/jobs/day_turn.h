#pragma once

#include "base/record_id.h"
#include "base/result.h"

#include <QDate>
#include <QStringList>

#include <functional>

namespace keydesk {

// The turn of the business day: assignments begin and end, then everybody's grants are renewed, one
// person at a time, so that commands go on between them. A turn that fails anywhere is no turn: the
// next turnTo() begins again, for what ended yesterday must not be held today. Knows no clock and
// no database.
class DayTurn final
{
public:
    using Done = std::function<void(const Result<> &)>;
    // What is done, in this order. Each answers later, in the thread of turnTo().
    struct Steps
    {
        std::function<void(const Done &)> applyAssignments;
        std::function<void(const std::function<void(const Result<QStringList> &)> &)> listPeople;
        std::function<void(const RecordId &person, const Done &)> renewGrants;
    };

    explicit DayTurn(Steps steps)
        : m_steps(std::move(steps))
    {
    }

    /// Does nothing for a day that has turned, or while one is turning.
    void turnTo(const QDate &today);
    /// What has begun goes no further.
    void stop() { m_stopped = true; }

private:
    void renew(QStringList people);
    void end(const Result<> &how);

    const Steps m_steps;
    QDate m_day; // whose grants are in force
    QDate m_turning; // that are being brought into force
    bool m_stopped = false;
};

} // namespace keydesk
