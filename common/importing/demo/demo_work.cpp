#include "domain/reference_id.h"
#include "importing/demo/demo_steps.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

Task makeTask(DemoWorld &world, TaskKind kind, const QString &title, Instant due,
              const RecordId &assignee)
{
    const Instant birth = std::min(world.now, due) + -world.random.between(60, 2'000) * minute;
    auto task = world.born<Task>(birth, assignee);
    task.kind = kind;
    task.title = title;
    task.dueAt = due;
    task.remindAt = due + -hour;
    task.assigneeId = assignee;
    return task;
}

void attach(Task &task, const Opportunity &opportunity)
{
    task.subjectEntity = u"opportunity"_s;
    task.subjectId = opportunity.id;
    task.accountId = opportunity.accountId;
    task.areaId = opportunity.areaId;
}

void completeAt(Task &task, Instant at, const QString &result)
{
    task.state = TaskState::Done;
    task.completedAt = task.updatedAt = at;
    task.completedBy = task.assigneeId;
    task.result = result;
}

// A task that the server makes goes with the opportunity's name and its own clock, and reminds when
// that is over.
Task serversTask(DemoWorld &world, TaskKind kind, const Opportunity &opportunity, Instant at,
                 Instant due, const RecordId &assignee)
{
    auto task = world.born<Task>(at, {});
    task.kind = kind;
    task.title = opportunity.title;
    task.priority = opportunity.urgency == Urgency::Normal ? TaskPriority::Normal
                                                           : TaskPriority::High;
    task.dueAt = due;
    task.assigneeId = assignee;
    attach(task, opportunity);
    return task;
}

void addOwnersTasks(DemoWorld &world, const Opportunity &opportunity)
{
    Task contact = serversTask(world, TaskKind::FirstContact, opportunity, opportunity.claimedAt,
                               opportunity.firstContactDueAt, opportunity.ownerId);
    if (!opportunity.firstContactAt.isNull())
        completeAt(contact, opportunity.firstContactAt, {});
    world.tasks.push_back(std::move(contact));
    if (opportunity.salesStage == SalesStage::Shelved)
        world.tasks.push_back(serversTask(world, TaskKind::FollowUp, opportunity,
                                          opportunity.stageEnteredAt,
                                          world.at(opportunity.revisitOn, 9), opportunity.ownerId));
    if (opportunity.custodyState != CustodyState::Claimed || !isOpen(opportunity.salesStage))
        return;
    const Instant due = world.at(world.today.addDays(world.random.between(-2, 9)),
                                 world.random.between(9, 16));
    Task next = makeTask(world, TaskKind::FollowUp, u"跟进："_s + opportunity.title, due,
                         opportunity.ownerId);
    next.details = opportunity.nextStep;
    if (opportunity.valueClass == ValueClass::A)
        next.priority = TaskPriority::GreenChannel;
    attach(next, opportunity);
    world.tasks.push_back(std::move(next));
}

// Done in the hall: an agent still looks after the customer (domain C9).
void addHallFollowUp(DemoWorld &world, const Opportunity &opportunity)
{
    const DemoRecords::Situation then = world.records.situation(opportunity, opportunity.closedAt);
    RoutingRule toAgent;
    toAgent.target = RoutingTarget::CoreAgent;
    const RecordId agent = route(then.question, {toAgent}, then.candidates).staff;
    Task task = serversTask(world, TaskKind::HallFollowUp, opportunity, opportunity.closedAt,
                            world.calendar.after(opportunity.closedAt, 24 * hour), agent);
    if (agent.isNull())
        task.queueId = then.question.operationsQueue;
    else if (task.dueAt < world.now)
        completeAt(task, std::min(opportunity.closedAt + day, world.now),
                   u"客户满意，暂无新增需求"_s);
    world.tasks.push_back(std::move(task));
}

void addTasksOf(DemoWorld &world, const Opportunity &opportunity)
{
    if (!opportunity.ownerId.isNull()) {
        addOwnersTasks(world, opportunity);
    } else if (opportunity.custodyState == CustodyState::NeedsInfo) {
        Task task = serversTask(world, TaskKind::SupplyInfo, opportunity, opportunity.custodySince,
                                opportunity.infoDueAt, opportunity.capturedBy);
        task.details = opportunity.infoQuestion;
        world.tasks.push_back(std::move(task));
    } else if (!opportunity.handledByChannel.isNull()
               && world.person(opportunity.capturedBy).roles.contains(Role::HallClerk)) {
        addHallFollowUp(world, opportunity);
    }
}

void addAccountWork(DemoWorld &world, const Account &account)
{
    const Staff &manager = world.person(account.ownerStaffId);
    auto note = world.born<Note>(world.daysAgo(world.random.between(3, 90)), manager.id);
    note.subjectEntity = u"account"_s;
    note.subjectId = note.accountId = account.id;
    note.areaId = account.areaId;
    note.authorId = manager.id;
    note.kind = NoteKind::Visit;
    note.at = note.createdAt;
    note.body = account.status == AccountStatus::AtRisk
        ? u"客户反映费用偏高，有其他运营商上门报价，需制定维系方案。"_s
        : u"例行走访：网络使用正常，了解到下半年有搬迁和扩容计划。"_s;
    world.notes.push_back(std::move(note));
    if (!world.random.chance(40))
        return;
    const Instant due = world.at(world.today.addDays(world.random.between(-1, 12)), 15);
    Task visit = makeTask(world, TaskKind::Visit, u"走访："_s + account.shortName, due, manager.id);
    visit.subjectEntity = u"account"_s;
    visit.subjectId = visit.accountId = account.id;
    visit.areaId = account.areaId;
    world.tasks.push_back(std::move(visit));
}

void addQueueTasks(DemoWorld &world)
{
    for (const QString &area : demoAreas()) {
        for (const QString &title :
             {u"核对本周转回商机的原因"_s, u"整理待分派商机并通知各团队"_s}) {
            Task task = makeTask(world, TaskKind::General, title, world.at(world.today, 17), {});
            task.createdBy = task.updatedBy = world.staff.front().id;
            task.areaId = referenceId(u"area", area);
            task.queueId = referenceId(u"team", u"OC-"_s + area);
            world.tasks.push_back(std::move(task));
        }
    }
}

} // namespace

void addWork(DemoWorld &world)
{
    for (const Opportunity &opportunity : world.opportunities)
        addTasksOf(world, opportunity);
    for (Account &account : world.accounts) {
        if (account.ownerStaffId.isNull())
            continue;
        addAccountWork(world, account);
        account.lastContactAt = world.notes.back().at;
    }
    addQueueTasks(world);
}

} // namespace keydesk
