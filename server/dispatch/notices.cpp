#include "dispatch/notices.h"

#include "commands/assignment_commands.h"
#include "commands/claim_job_commands.h"
#include "commands/opportunity_stage.h"
#include "dispatch/opportunity_routing.h"
#include "dispatch/opportunity_tasks.h"
#include "domain/team.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

RecordId leaderOf(Consequence &consequence, const RecordId &team)
{
    const auto found = consequence.context.tx.find<Team>(team);
    return found ? RecordId(found->leaderId) : RecordId();
}

RecordId leaderAbove(Consequence &consequence, const RecordId &staff)
{
    const auto person = consequence.context.tx.find<Staff>(staff);
    return person ? leaderOf(consequence, person->teamId) : RecordId();
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
    const RecordId to = move.toStaffId.isNull() ? leaderOf(consequence, move.toQueueId)
                                                : RecordId(move.toStaffId);
    auto done = notify(consequence, to, NotificationKind::Dispatched, severityOf(o), o, move.note);
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
    auto done = notify(consequence, leaderOf(consequence, move.toQueueId), kind,
                       Severity::Important, o, move.note);
    const bool unanswered = move.fromState == CustodyState::NeedsInfo;
    if (done)
        done = notify(consequence,
                      authorOf(consequence, o.id, unanswered ? "ask_info" : "dispatch"), kind,
                      Severity::Important, o, move.note);
    if (done && expired)
        done = notify(consequence, move.fromStaffId, kind, Severity::Important, o);
    if (done)
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
            : notify(consequence, leaderOf(consequence, move.toQueueId), NotificationKind::General,
                     severityOf(*o), *o, o->statusText);
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
    const RecordId leader = person ? leaderAbove(consequence, o->assigneeId)
                                   : leaderOf(consequence, o->queueId);
    auto done = notify(consequence, person ? RecordId(o->assigneeId) : leader, kind, severity, *o);
    if (done && person && mark >= ClaimMark::RemindBoth)
        done = notify(consequence, person->deputyId, kind, severity, *o);
    if (done && mark >= ClaimMark::Escalate)
        done = notify(consequence, leader, kind, severity, *o);
    return done;
}

Result<> announceQuestion(Consequence &consequence, const RecordId &id)
{
    const auto o = consequence.context.tx.find<Opportunity>(id);
    if (!o || o->custodyState != CustodyState::NeedsInfo)
        return {};
    return notify(consequence, o->capturedBy, NotificationKind::InfoAsked, Severity::Urgent, *o,
                  o->infoQuestion);
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
    const auto argument = consequence.call.arguments.values.find(u"opportunity"_s);
    const RecordId id(
        argument == consequence.call.arguments.values.end() ? QString() : argument->second.text());
    if (type == QLatin1StringView(RemindClaim::name)
        || type == QLatin1StringView(EscalateClaim::name))
        return announceMark(consequence, id);
    if (type == QLatin1StringView(RemindInfo::name))
        return announceQuestion(consequence, id);
    if (type == QLatin1StringView(AssignAccount::name) || type == u"CreateRecord")
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
