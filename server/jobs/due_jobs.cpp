#include "jobs/due_jobs.h"

#include "commands/assignment_commands.h"
#include "commands/claim_job_commands.h"
#include "commands/task_commands.h"
#include "domain/task.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int claimPart = 100'000; // of the ids derived from an opportunity
constexpr int assignmentPart = 10'000'000; // of those derived from an account
constexpr int marksPerEpoch = 8;
constexpr int taskPart = 1; // of the ids derived from a task
constexpr int tasksAtOnce = 500;

template <class C>
CommandCall callAs(const RecordId &id, const C &command)
{
    return {id, QString::fromLatin1(C::name), versionOf<C>(), argumentsOf(command)};
}

// The name of a job's run. No client's command can bear it (Authority), so nobody can use it up, or
// the ids of what the job makes, before its time.
RecordId jobId(const RecordId &record, int part)
{
    return RecordId(RecordId::derive(record, part).text() + u"/job"_s);
}

template <class C>
CommandCall clockCall(const Opportunity &opportunity, ClaimMark mark)
{
    C command;
    command.opportunity = opportunity.id;
    command.claimEpoch = opportunity.claimEpoch;
    if constexpr (requires { command.level; })
        command.level = int(mark);
    return callAs(jobId(opportunity.id,
                        claimPart + opportunity.claimEpoch * marksPerEpoch + int(mark)),
                  command);
}

CommandCall claimCall(const Opportunity &opportunity, ClaimMark mark)
{
    if (mark == ClaimMark::Expire)
        return clockCall<ExpireClaim>(opportunity, mark);
    return mark == ClaimMark::Escalate ? clockCall<EscalateClaim>(opportunity, mark)
                                       : clockCall<RemindClaim>(opportunity, mark);
}

CommandCall infoCall(const Opportunity &opportunity, ClaimMark mark)
{
    return mark == ClaimMark::Expire ? clockCall<ExpireInfo>(opportunity, mark)
                                     : clockCall<RemindInfo>(opportunity, mark);
}

// A clock of opportunities: where it runs, what it asks for, and by which command.
struct CustodyClock
{
    const char *condition; // with its order
    ClaimMark (*due)(const Opportunity &, Instant, const WorkCalendar &);
    CommandCall (*call)(const Opportunity &, ClaimMark);
};

constexpr CustodyClock custodyClocks[] = {
    {"custody_state = 'dispatched' AND claim_due_at IS NOT NULL ORDER BY claim_due_at, id", dueMark,
     claimCall},
    {"custody_state = 'needs_info' AND info_due_at IS NOT NULL ORDER BY info_due_at, id",
     dueInfoMark, infoCall},
    {"custody_state IN ('dispatching','returned','expired') AND claim_due_at IS NOT NULL "
     "ORDER BY claim_due_at, id",
     dueQueueMark, clockCall<RemindQueue>},
};

} // namespace

std::vector<CommandCall> dueClaimJobs(RowStore &store, Instant now, const WorkCalendar &calendar)
{
    std::vector<CommandCall> calls;
    const EntityInfo &info = store.catalog().entity(
        QString::fromLatin1(Schema<Opportunity>::table));
    for (const CustodyClock &clock : custodyClocks) {
        for (const Row &row :
             store.select(info, QByteArray("deleted_at IS NULL AND ") + clock.condition)) {
            const auto opportunity = fromRow<Opportunity>(row);
            const ClaimMark mark = clock.due(opportunity, now, calendar);
            if (int(mark) > opportunity.claimRemindLevel)
                calls.push_back(clock.call(opportunity, mark));
        }
    }
    return calls;
}

std::vector<CommandCall> dueTaskJobs(RowStore &store, Instant now)
{
    const EntityInfo &info = store.catalog().entity(QString::fromLatin1(Schema<Task>::table));
    // Task::reminder() once more, in SQL.
    static const QByteArray reminder = "max(coalesce(remind_at, due_at, 0), "
                                       "coalesce(snoozed_until, 0))";
    std::vector<CommandCall> calls;
    for (const Row &row :
         store.select(info,
                      "deleted_at IS NULL AND state = 'open' AND " + reminder + " <= ?1 AND "
                          + reminder + " > coalesce(reminded_at, 0) ORDER BY " + reminder
                          + ", id LIMIT " + QByteArray::number(tasksAtOnce),
                      {Cell(now.ms)})) {
        const auto task = fromRow<Task>(row);
        RemindTask command;
        command.task = task.id;
        command.at = task.reminder();
        const QString time = QString::number(command.at.ms);
        calls.push_back(callAs(RecordId(jobId(task.id, taskPart).text() + u'/' + time), command));
    }
    return calls;
}

std::vector<CommandCall> dueAssignmentJobs(RowStore &store, Instant now)
{
    // The account says who its manager is and its caller cards who the deputy; the assignments of
    // today say who it should be. Both ways: one that has begun, and one that has ended.
    Query query = store.database().query(
        "WITH today AS (SELECT account_id, staff_id, role FROM assignment WHERE deleted_at IS NULL "
        "AND (valid_from IS NULL OR valid_from <= ?1) "
        "AND (valid_until IS NULL OR valid_until >= ?1)), "
        "deputy AS (SELECT t.account_id, p.name FROM today t JOIN staff p ON p.id = t.staff_id "
        "WHERE t.role = 'deputy' AND p.deleted_at IS NULL) "
        "SELECT a.id FROM account a LEFT JOIN today s ON s.account_id = a.id AND s.role = "
        "'main_am' WHERE a.deleted_at IS NULL AND s.staff_id IS NOT a.owner_staff_id "
        "UNION SELECT c.account_id FROM caller_card c WHERE c.deleted_at IS NULL "
        "AND c.deputy_name <> '' AND NOT EXISTS (SELECT 1 FROM deputy d "
        "WHERE d.account_id = c.account_id AND d.name = c.deputy_name) "
        "UNION SELECT d.account_id FROM deputy d JOIN caller_card c ON c.account_id = d.account_id "
        "WHERE c.deleted_at IS NULL AND coalesce(c.deputy_name, '') = '' ORDER BY 1");
    const QDate today = businessDate(now);
    query.bind(1, today.toString(Qt::ISODate));
    std::vector<CommandCall> calls;
    while (query.next()) {
        ApplyAssignments command;
        command.account = RecordId(query.text(0));
        calls.push_back(
            callAs(jobId(command.account, assignmentPart + int(today.toJulianDay())), command));
    }
    return calls;
}

} // namespace keydesk
