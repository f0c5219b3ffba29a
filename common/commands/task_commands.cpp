#include "commands/task_commands.h"

#include "commands/custody_step.h"
#include "commands/rights.h"
#include "commands/subject.h"
#include "commands/value_check.h"
#include "domain/assignment.h"
#include "domain/task.h"
#include "domain/team.h"

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *handable[] = {"assignee_id", "queue_id"};

bool isHandable(const QString &field)
{
    return field == QLatin1StringView(handable[0]) || field == QLatin1StringView(handable[1]);
}

bool looksAfter(CommandContext &context, const RecordId &staff, const RecordId &account)
{
    const QDate today = businessDate(context.now());
    const auto all = context.tx.select<Assignment>("account_id = ? AND staff_id = ?",
                                                   {account.text(), staff.text()});
    return std::any_of(all.begin(), all.end(),
                       [&](const Assignment &one) { return one.isCurrent(today); });
}

// A colleague, somebody one leads, or whoever looks after the customer it is about.
bool mayAsk(CommandContext &context, const Task &task)
{
    const Staff &me = context.actor.staff;
    if (task.assigneeId == me.id)
        return true;
    const auto person = context.tx.find<Staff>(task.assigneeId);
    if (!person)
        return !context.onServer();
    const auto own = [&] {
        return (!me.teamId.isNull() && person->teamId == me.teamId)
            || looksAfter(context, task.assigneeId, task.accountId);
    };
    return mayDo(context, u"CreateTask staff"_s,
                 {.own = own,
                  .led = [&] { return leadsStaff(context, *person); },
                  .area = [&] { return liesInMyArea(context, person->areaId); }});
}

bool mayFill(CommandContext &context, const RecordId &queue)
{
    const auto team = context.tx.find<Team>(queue);
    return team && team->active && team->hasQueue
        && mayDo(context, u"CreateTask team"_s,
                 {.own = [&] { return team->id == context.actor.staff.teamId; }});
}
Result<> worksOn(CommandContext &context, const QString &command, const RecordId &id)
{
    const auto task = findVisible(context, QString::fromLatin1(Schema<Task>::table), id);
    if (!task)
        return task.error();
    const Standing standing = standingOf(context, context.tx.info<Task>(), *task);
    return mayDo(context, command, standing) ? Result<>() : Result<>(notYours());
}

Error followsOpportunity(const Task &task)
{
    return Error("task.follows_opportunity"_reason,
                 {EnumTable<TaskKind>::keys[std::size_t(task.kind)].label.argument()});
}

Result<Task> openTask(CommandContext &context, const RecordId &id)
{
    auto task = context.require<Task>(id);
    if (task && task->state != TaskState::Open)
        return Error("task.finished"_reason,
                     {EnumTable<TaskState>::keys[std::size_t(task->state)].label.argument()});
    return task;
}

} // namespace

bool endsWithItsAct(const Task &task, const Opportunity &opportunity)
{
    switch (task.kind) {
    case TaskKind::FirstContact:
        return opportunity.custodyState == CustodyState::Claimed
            && opportunity.firstContactAt.isNull() && opportunity.ownerId == task.assigneeId;
    case TaskKind::SupplyInfo:
        return opportunity.custodyState == CustodyState::NeedsInfo;
    default:
        return false;
    }
}

Result<Task> CreateTask::taskFor(CommandContext &context) const
{
    const EntityInfo &info = context.tx.info<Task>();
    for (const auto &[key, value] : values) {
        const FieldInfo *field = info.field(key);
        if (field && field->has(FieldFlag::ServerOwned) && !isHandable(key))
            return Error("field.read_only"_reason, {field->label.argument()});
    }
    Row row = toRow(context.born<Task>(born::Record));
    applyValues(info, row, values);
    Task task = fromRow<Task>(row);
    if (!task.subjectId.isNull()) {
        const auto subject = findSubject(context, task.subjectEntity, task.subjectId);
        if (!subject)
            return subject.error();
        if (!subject->account.isNull())
            task.accountId = subject->account;
        task.areaId = subject->area;
    } else if (const auto account = context.tx.find<Account>(task.accountId)) {
        task.areaId = account->areaId;
    }
    if (task.assigneeId.isNull() && task.queueId.isNull())
        task.assigneeId = context.actor.id();
    return task;
}

Result<> CreateTask::permit(CommandContext &context) const
{
    auto task = taskFor(context);
    if (!task)
        return task.error();
    if (context.actor.isSystem)
        return {};
    const bool about = !task->subjectId.isNull();
    if (about || !task->accountId.isNull()) {
        auto allowed = mayWriteAbout(context, QString::fromLatin1(name),
                                     about ? task->subjectEntity : u"account"_s,
                                     about ? task->subjectId : task->accountId);
        if (!allowed)
            return allowed;
    }
    const bool given = task->assigneeId.isNull() ? mayFill(context, task->queueId)
                                                 : mayAsk(context, *task);
    return given ? Result<>() : Result<>(notYours());
}

Result<> CreateTask::apply(CommandContext &context) const
{
    // Only now, so that a customer out of sight and none at all are refused alike before.
    if (auto fits = checkValues(context, context.tx.info<Task>(), context.id(born::Record), values);
        !fits)
        return fits;
    auto task = taskFor(context);
    if (!task)
        return task.error();
    if (auto fits = checkNewRow(context, context.tx.info<Task>(), toRow(*task)); !fits)
        return fits;
    return context.tx.insert(*task);
}

Result<> CompleteTask::permit(CommandContext &context) const
{
    return worksOn(context, QString::fromLatin1(name), task);
}

Result<> CompleteTask::apply(CommandContext &context) const
{
    auto done = openTask(context, task);
    if (!done)
        return done.error();
    const auto opportunity = context.tx.find<Opportunity>(done->subjectId);
    if (opportunity && endsWithItsAct(*done, *opportunity))
        return followsOpportunity(*done);
    done->state = TaskState::Done;
    done->completedAt = context.now();
    done->completedBy = context.actor.id();
    if (!result.trimmed().isEmpty())
        done->result = result.trimmed();
    return context.save(*done);
}

Result<> ReopenTask::permit(CommandContext &context) const
{
    if (auto allowed = worksOn(context, QString::fromLatin1(name), task); !allowed)
        return allowed;
    const auto done = context.tx.find<Task>(task);
    const bool ofAnother = done && done->state == TaskState::Done
        && done->completedBy != context.actor.id();
    return ofAnother ? Result<>(notYours()) : Result<>();
}

Result<> ReopenTask::apply(CommandContext &context) const
{
    auto again = context.require<Task>(task);
    if (!again)
        return again.error();
    if (again->state != TaskState::Done)
        return {};
    if (isServerOwned(again->kind)) // asked for anew, it is another task
        return followsOpportunity(*again);
    again->state = TaskState::Open;
    again->completedAt = {};
    again->completedBy = {};
    again->result.clear();
    return context.save(*again);
}

Result<> SnoozeTask::permit(CommandContext &context) const
{
    return worksOn(context, QString::fromLatin1(name), task);
}

Result<> SnoozeTask::apply(CommandContext &context) const
{
    auto later = openTask(context, task);
    if (!later)
        return later.error();
    later->snoozedUntil = until;
    return context.save(*later);
}

Result<> RemindTask::permit(CommandContext &context) const
{
    return mayDo(context, QString::fromLatin1(name)) ? Result<>() : Result<>(notYours());
}

Result<> RemindTask::apply(CommandContext &context) const
{
    auto due = openTask(context, task);
    if (!due)
        return due.error();
    // Moved, or told already, since the clock was read.
    if (due->reminder() != at || context.now() < at || !(due->remindedAt < at))
        return Error("task.reminder_over"_reason);
    due->remindedAt = at;
    return context.save(*due);
}

} // namespace keydesk
