#include "jobs/day_turn.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcDayTurn, "keydesk.server.dayturn", QtInfoMsg)

namespace keydesk {

void DayTurn::turnTo(const QDate &today)
{
    if (m_stopped || m_day == today || m_turning.isValid())
        return;
    m_turning = today;
    m_steps.applyAssignments([this](const Result<> &applied) {
        if (!applied)
            return end(applied);
        m_steps.listPeople([this](const Result<QStringList> &people) {
            people ? renew(*people) : end(people.error());
        });
    });
}

void DayTurn::renew(QStringList people)
{
    if (m_stopped)
        return;
    if (people.isEmpty())
        return end({});
    const RecordId person(people.takeLast());
    m_steps.renewGrants(person, [this, people](const Result<> &renewed) {
        renewed ? renew(people) : end(renewed);
    });
}

void DayTurn::end(const Result<> &how)
{
    if (how)
        m_day = m_turning;
    else
        qCWarning(lcDayTurn) << "the day has not turned yet:" << how.error().key();
    m_turning = {};
}

} // namespace keydesk
