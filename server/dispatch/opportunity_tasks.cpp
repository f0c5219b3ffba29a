#include "dispatch/opportunity_tasks.h"

#include "dispatch/opportunity_routing.h"
#include "domain/task.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hallFollowUpTime = 24 * hour; // of working time: a little over three days [J]

Task taskAbout(Consequence &consequence, const Opportunity &opportunity, TaskKind kind)
{
    auto task = consequence.born<Task>();
    task.kind = kind;
    task.title = opportunity.title;
    task.priority = opportunity.urgency == Urgency::Normal ? TaskPriority::Normal
                                                           : TaskPriority::High;
    task.subjectEntity = QString::fromLatin1(Schema<Opportunity>::table);
    task.subjectId = opportunity.id;
    task.accountId = opportunity.accountId;
    task.areaId = opportunity.areaId;
    return task;
}

Result<> endTasks(Consequence &consequence, const RecordId &opportunity, TaskKind kind,
                  TaskState as)
{
    CommandContext &context = consequence.context;
    for (Task task : context.tx.select<Task>("subject_id = ? AND kind = ? AND state = 'open'",
                                             {Cell(opportunity.text()), Cell(keyOf(kind))})) {
        task.state = as;
        task.completedAt = context.now();
        task.completedBy = consequence.command.actor.id();
        if (auto done = context.save(task); !done)
            return done;
    }
    return {};
}

} // namespace

Result<> followTasks(Consequence &consequence, const Transfer &move)
{
    const auto opportunity = consequence.context.tx.find<Opportunity>(move.opportunityId);
    if (!opportunity)
        return {};
    switch (move.kind) {
    case TransferKind::Claim: {
        Task task = taskAbout(consequence, *opportunity, TaskKind::FirstContact);
        task.assigneeId = opportunity->ownerId;
        task.dueAt = opportunity->firstContactDueAt;
        return consequence.context.tx.insert(task);
    }
    case TransferKind::UndoClaim:
    case TransferKind::Return:
    case TransferKind::Expire:
    case TransferKind::Close:
    case TransferKind::Discard:
        if (auto done = endTasks(consequence, opportunity->id, TaskKind::SupplyInfo,
                                 TaskState::Cancelled);
            !done)
            return done;
        return endTasks(consequence, opportunity->id, TaskKind::FirstContact, TaskState::Cancelled);
    case TransferKind::AskInfo: {
        Task task = taskAbout(consequence, *opportunity, TaskKind::SupplyInfo);
        task.details = move.note;
        task.assigneeId = opportunity->capturedBy;
        task.dueAt = opportunity->infoDueAt;
        return consequence.context.tx.insert(task);
    }
    case TransferKind::AnswerInfo:
        return endTasks(consequence, opportunity->id, TaskKind::SupplyInfo, TaskState::Done);
    default:
        return {};
    }
}

Result<> followUpHall(Consequence &consequence, const Opportunity &opportunity)
{
    const auto channel = consequence.context.tx.find<Channel>(opportunity.handledByChannel);
    const bool hall = channel ? channel->kind == ChannelKind::ServiceHall
                              : consequence.command.actor.has(Role::HallClerk);
    if (!hall)
        return {};
    Task task = taskAbout(consequence, opportunity, TaskKind::HallFollowUp);
    task.assigneeId = agentFor(consequence, opportunity);
    if (task.assigneeId.isNull())
        task.queueId = operationsQueue(consequence.context, opportunity.areaId);
    task.dueAt = consequence.calendar.after(consequence.context.now(), hallFollowUpTime);
    return consequence.context.tx.insert(task);
}

} // namespace keydesk
