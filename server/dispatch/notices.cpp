#include "dispatch/notices.h"

#include "base/fault.h"
#include "commands/assignment_commands.h"
#include "commands/claim_job_commands.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_stage.h"
#include "commands/record_commands.h"
#include "commands/task_commands.h"
#include "dispatch/opportunity_routing.h"
#include "dispatch/opportunity_tasks.h"
#include "dispatch/superiors.h"
#include "domain/note.h"
#include "domain/task.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

Result<> notifyAll(Consequence &consequence, const std::vector<RecordId> &people,
                   NotificationKind kind, Severity severity, const Opportunity &about,
                   const QString &body = {})
{
    for (const RecordId &one : people) {
        if (auto done = notify(consequence, one, kind, severity, about, body); !done)
            return done;
    }
    return {};
}

// Who dispatched or asked last: it is his to go on.
RecordId authorOf(Consequence &consequence, const RecordId &opportunity, const char *kind)
{
    const auto moves = consequence.context.tx.select<Transfer>(
        "opportunity_id = ? AND kind = ? AND by_system = 0 ORDER BY seq DESC LIMIT 1",
        {Cell(opportunity.text()), Cell(QString::fromLatin1(kind))});
    return moves.empty() ? RecordId() : RecordId(moves.front().createdBy);
}

Severity severityOf(const Opportunity &opportunity)
{
    return opportunity.urgency == Urgency::Normal ? Severity::Important : Severity::Urgent;
}

Result<> announceDispatch(Consequence &consequence, const Opportunity &o, const Transfer &move)
{
    const auto to = move.toStaffId.isNull() ? leadersOf(consequence, move.toQueueId)
                                            : std::vector<RecordId>{move.toStaffId};
    auto done = notifyAll(consequence, to, NotificationKind::Dispatched, severityOf(o), o,
                          move.note);
    if (done)
        done = notify(consequence, o.followerId, NotificationKind::Dispatched, Severity::Info, o,
                      move.note);
    if (done)
        done = notify(consequence, o.capturedBy, NotificationKind::Progress, Severity::Info, o,
                      o.statusText);
    return done;
}

Result<> announceReturn(Consequence &consequence, const Opportunity &o, const Transfer &move)
{
    const bool expired = move.kind == TransferKind::Expire;
    const NotificationKind kind = expired ? NotificationKind::Expired : NotificationKind::Returned;
    auto done = notifyAll(consequence, leadersOf(consequence, move.toQueueId), kind,
                          Severity::Important, o, move.note);
    const bool unanswered = move.fromState == CustodyState::NeedsInfo;
    if (done)
        done = notify(consequence,
                      authorOf(consequence, o.id, unanswered ? "ask_info" : "dispatch"), kind,
                      Severity::Important, o, move.note);
    if (done && expired)
        done = notify(consequence, move.fromStaffId, kind, Severity::Important, o);
    if (done && !fault::planted(fault::NoticeForgotten))
        done = notify(consequence, o.capturedBy, NotificationKind::Progress, Severity::Info, o,
                      o.statusText);
    return done;
}

Result<> announceClose(Consequence &consequence, const Opportunity &o, const Transfer &move)
{
    auto done = notify(consequence, o.capturedBy, NotificationKind::Progress, Severity::Info, o,
                       o.statusText);
    if (done && move.reason == CustodyReason::HandledAtFirstContact)
        done = followUpHall(consequence, o);
    return done;
}

Result<> announceMove(Consequence &consequence, const Transfer &move)
{
    const auto o = consequence.context.tx.find<Opportunity>(move.opportunityId);
    if (!o)
        return {};
    switch (move.kind) {
    case TransferKind::Dispatch:
    case TransferKind::Queue:
        return move.toState == CustodyState::Dispatched
            ? announceDispatch(consequence, *o, move)
            : notifyAll(consequence, leadersOf(consequence, move.toQueueId),
                        NotificationKind::General, severityOf(*o), *o, o->statusText);
    case TransferKind::Claim:
        if (auto done = notify(consequence, o->capturedBy, NotificationKind::Claimed,
                               Severity::Info, *o, o->statusText);
            !done)
            return done;
        return notify(consequence, o->followerId, NotificationKind::Claimed, Severity::Info, *o,
                      o->statusText);
    case TransferKind::Return:
    case TransferKind::Expire:
        return announceReturn(consequence, *o, move);
    case TransferKind::AskInfo:
        return notify(consequence, o->capturedBy, NotificationKind::InfoAsked, Severity::Important,
                      *o, move.note);
    case TransferKind::AnswerInfo:
        return notify(consequence, authorOf(consequence, o->id, "ask_info"),
                      NotificationKind::InfoAnswered, Severity::Important, *o, move.note);
    case TransferKind::Close:
        return announceClose(consequence, *o, move);
    case TransferKind::UndoClaim:
    case TransferKind::Handover:
    case TransferKind::Discard:
        return notify(consequence, o->capturedBy, NotificationKind::Progress, Severity::Info, *o,
                      o->statusText);
    }
    return {};
}

Result<> announceMark(Consequence &consequence, const RecordId &id)
{
    const auto o = consequence.context.tx.find<Opportunity>(id);
    if (!o || o->custodyState != CustodyState::Dispatched)
        return {};
    const auto mark = ClaimMark(o->claimRemindLevel);
    const auto person = consequence.context.tx.find<Staff>(o->assigneeId);
    const NotificationKind kind = mark >= ClaimMark::Escalate ? NotificationKind::ClaimEscalation
                                                              : NotificationKind::ClaimReminder;
    const Severity severity = mark >= ClaimMark::Escalate ? Severity::Urgent : Severity::Important;
    const auto leaders = person ? leadersAbove(consequence, *person)
                                : leadersOf(consequence, o->queueId);
    auto done = person ? notify(consequence, person->id, kind, severity, *o)
                       : notifyAll(consequence, leaders, kind, severity, *o);
    if (done && person && mark >= ClaimMark::RemindBoth)
        done = notifyAll(consequence, deputiesFor(consequence, *o), kind, severity, *o);
    if (done && mark >= ClaimMark::Escalate)
        done = notifyAll(consequence, leaders, kind, severity, *o);
    return done;
}

// Who dispatches from a queue. Where a team has no dispatcher, whoever answers for it.
std::vector<RecordId> dispatchersOf(Consequence &consequence, const RecordId &queue)
{
    std::vector<RecordId> dispatchers;
    for (const Staff &one :
         consequence.context.tx.select<Staff>("team_id = ? AND status = 'active' ORDER BY code",
                                              {Cell(queue.text())})) {
        if (one.roles.contains(Role::Dispatcher))
            dispatchers.push_back(one.id);
    }
    return dispatchers.empty() ? leadersOf(consequence, queue) : dispatchers;
}

Result<> announceQueueMark(Consequence &consequence, const RecordId &id)
{
    const auto o = consequence.context.tx.find<Opportunity>(id);
    if (!o || !waitsForDispatcher(o->custodyState))
        return {};
    if (ClaimMark(o->claimRemindLevel) >= ClaimMark::Escalate)
        return notifyAll(consequence, leadersOf(consequence, o->queueId),
                         NotificationKind::QueueOverdue, Severity::Urgent, *o);
    return notifyAll(consequence, dispatchersOf(consequence, o->queueId),
                     NotificationKind::QueueReminder, Severity::Important, *o);
}

Result<> announceQuestion(Consequence &consequence, const RecordId &id)
{
    const auto o = consequence.context.tx.find<Opportunity>(id);
    if (!o || o->custodyState != CustodyState::NeedsInfo)
        return {};
    return notify(consequence, o->capturedBy, NotificationKind::InfoAsked, Severity::Urgent, *o,
                  o->infoQuestion);
}

// In a queue it belongs to nobody yet: whoever leads the team is told.
Result<> announceTask(Consequence &consequence, const RecordId &id)
{
    const auto task = consequence.context.tx.find<Task>(id);
    if (!task)
        return {};
    const auto people = task->assigneeId.isNull() ? leadersOf(consequence, task->queueId)
                                                  : std::vector<RecordId>{task->assigneeId};
    for (const RecordId &person : people) {
        auto notice = consequence.born<Notification>();
        notice.staffId = person;
        notice.kind = NotificationKind::TaskDue;
        notice.severity = task->priority == TaskPriority::Normal ? Severity::Important
                                                                 : Severity::Urgent;
        notice.title = task->title;
        notice.body = task->details;
        notice.subjectEntity = QString::fromLatin1(Schema<Task>::table);
        notice.subjectId = task->id;
        notice.accountId = task->accountId;
        notice.at = consequence.context.now();
        if (auto done = consequence.context.tx.insert(notice); !done)
            return done;
    }
    return {};
}

// A number that several customers have: the dispatchers of the area find out who it was.
Result<> announceDoubt(Consequence &consequence)
{
    const auto doubt = consequence.context.tx.find<Note>(consequence.command.id(born::Note));
    const auto o = doubt ? consequence.context.tx.find<Opportunity>(doubt->subjectId)
                         : std::nullopt;
    if (!o)
        return {};
    return notifyAll(consequence,
                     dispatchersOf(consequence, operationsQueue(consequence.context, o->areaId)),
                     NotificationKind::General, Severity::Important, *o, doubt->body);
}

Result<> announceAssignment(Consequence &consequence)
{
    const auto made = consequence.context.tx.find<Assignment>(
        consequence.command.id(born::Assignment));
    if (!made || made->staffId == consequence.command.actor.id())
        return {};
    const auto account = consequence.context.tx.find<Account>(made->accountId);
    auto notice = consequence.born<Notification>();
    notice.staffId = made->staffId;
    notice.kind = NotificationKind::Assigned;
    notice.severity = Severity::Important;
    notice.title = account ? account->name : made->accountId.text();
    notice.body = EnumTable<AssignmentRole>::keys[std::size_t(made->role)].label.text(
        QLocale::Chinese);
    notice.subjectEntity = u"account"_s;
    notice.subjectId = made->accountId;
    notice.accountId = made->accountId;
    notice.at = consequence.context.now();
    return consequence.context.tx.insert(notice);
}

} // namespace

Result<> notify(Consequence &consequence, const RecordId &staff, NotificationKind kind,
                Severity severity, const Opportunity &about, const QString &body)
{
    if (staff.isNull() || staff == consequence.command.actor.id()
        || !consequence.tell(staff, about.id))
        return {};
    auto notice = consequence.born<Notification>();
    notice.staffId = staff;
    notice.kind = kind;
    notice.severity = severity;
    notice.title = about.title;
    notice.body = body;
    notice.subjectEntity = QString::fromLatin1(Schema<Opportunity>::table);
    notice.subjectId = about.id;
    notice.accountId = about.accountId;
    notice.at = consequence.context.now();
    return consequence.context.tx.insert(notice);
}

Result<> announceMoves(Consequence &consequence)
{
    for (const Transfer &move : std::vector<Transfer>(consequence.transfers)) {
        auto done = announceMove(consequence, move);
        if (done)
            done = followTasks(consequence, move);
        if (!done)
            return done;
    }
    return {};
}

Result<> announceCommand(Consequence &consequence)
{
    const QString &type = consequence.call.type;
    const auto &arguments = consequence.call.arguments.values;
    const auto argument = [&](const QString &name) {
        const auto found = arguments.find(name);
        return RecordId(found == arguments.end() ? QString() : found->second.text());
    };
    const RecordId id = argument(u"opportunity"_s);
    if (type == QLatin1StringView(RemindClaim::name)
        || type == QLatin1StringView(EscalateClaim::name))
        return announceMark(consequence, id);
    if (type == QLatin1StringView(RemindQueue::name))
        return announceQueueMark(consequence, id);
    if (type == QLatin1StringView(RemindInfo::name))
        return announceQuestion(consequence, id);
    if (type == QLatin1StringView(RecordOpportunity::name))
        return announceDoubt(consequence);
    if (type == QLatin1StringView(RemindTask::name))
        return announceTask(consequence, argument(u"task"_s));
    if (type == QLatin1StringView(AssignAccount::name)
        || type == QLatin1StringView(CreateRecord::name))
        return announceAssignment(consequence);
    const bool stage = type == QLatin1StringView(MoveStage::name)
        || (type == QLatin1StringView(CloseOpportunity::name) && consequence.transfers.empty());
    if (!stage)
        return {};
    const auto o = consequence.context.tx.find<Opportunity>(id);
    return o ? notify(consequence, o->capturedBy, NotificationKind::Progress, Severity::Info, *o,
                      o->statusText)
             : Result<>();
}

} // namespace keydesk
