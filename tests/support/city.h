#pragma once

#include "commands/opportunity_capture.h"
#include "commands/opportunity_claim.h"
#include "commands/opportunity_transfer.h"
#include "dispatch/dispatch.h"
#include "domain/notification.h"
#include "domain/routing_rule.h"
#include "domain/task.h"
#include "importing/reference_data.h"
#include "jobs/due_jobs.h"
#include "support/command_desk.h"

#include <algorithm>

namespace keydesk::test {

using namespace Qt::StringLiterals;

inline QString reasonOf(const Result<> &result)
{
    return result ? QString() : result.error().key();
}

inline QString shown(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.ms, Qt::OffsetFromUTC, 8 * 3600)
        .toString(u"yyyy-MM-dd HH:mm"_s);
}

// Kunming with everybody who plays a part, the rules that ship, and the server's reactions.
struct City
{
    City()
    {
        desk.afterCommand = [this](CommandContext &context, const CommandCall &call) {
            return dispatch.afterCommand(context, call);
        };
        sales.leaderId = supervisor.id;
        desk.put(sales);
        rule(u"AM-FLAG"_s, 10, u"{\"am_flag\":true}"_s, RoutingTarget::OwnerAm);
        rule(u"TELE-COPY"_s, 20, u"{\"am_flag\":false}"_s, RoutingTarget::TeleAmCopy);
        rule(u"CORE-AGENT"_s, 30, u"{\"am_flag\":false}"_s, RoutingTarget::CoreAgent);
        rule(u"CATCH-ALL"_s, 900, u"{}"_s, RoutingTarget::TeamQueue);
    }

    CommandDesk desk;
    OfficeCalendar calendar = OfficeCalendar::shipped();
    Dispatch dispatch{desk.store(), calendar};
    Area kunming = desk.area(u"5301"_s);
    Team centre = desk.queue(u"OC"_s, TeamKind::OperationsCentre, kunming.id);
    Team sales = desk.queue(u"S1"_s, TeamKind::Sales, kunming.id);
    Staff seat = desk.person(u"hotline"_s, Role::HotlineAgent, kunming.id);
    Staff clerk = desk.person(u"clerk"_s, Role::HallClerk, kunming.id);
    Staff manager = desk.person(u"manager"_s, Role::AccountManager, kunming.id, sales.id);
    Staff agent = desk.person(u"agent"_s, Role::PartnerAgent, kunming.id);
    Staff tele = desk.person(u"tele"_s, Role::TeleManager, kunming.id);
    Staff supervisor = desk.person(u"supervisor"_s, Role::Supervisor, kunming.id, sales.id);
    Staff dispatcher = desk.person(u"dispatcher"_s, Role::Dispatcher, kunming.id, centre.id);
    Staff administrator = desk.person(u"administrator"_s, Role::Administrator);
    Account bank = desk.account(u"云南银行"_s, kunming.id, ValueClass::A);
    Account shop = desk.account(u"街角商店"_s, kunming.id, ValueClass::D);

    void rule(const QString &code, int position, const QString &condition, RoutingTarget target)
    {
        RoutingRule rule;
        rule.code = rule.name = code;
        rule.position = position;
        rule.condition = condition;
        rule.target = target;
        desk.put(rule);
    }
    RecordOpportunity call(const Account &account)
    {
        RecordOpportunity command;
        command.values = {{u"account_id"_s, account.id.text()},
                          {u"willing"_s, 1},
                          {u"need_summary"_s, u"两条专线"_s},
                          {u"contact_name"_s, u"李工"_s},
                          {u"contact_phone"_s, u"13800138000"_s}};
        return command;
    }
    /// Recorded by the hotline and routed by the system.
    Opportunity recorded(const Account &account)
    {
        const auto done = desk.run(seat, call(account));
        if (!done)
            qFatal("not recorded: %s",
                   qPrintable(done.error().key() + done.error().args.join(u',')));
        return desk.get<Opportunity>(desk.born(born::Record));
    }
    Opportunity claimed(const Account &account, const Staff &by)
    {
        const Opportunity waiting = recorded(account);
        ClaimOpportunity claim;
        claim.opportunity = waiting.id;
        if (!desk.run(by, claim))
            qFatal("not claimed");
        return desk.get<Opportunity>(waiting.id);
    }
    /// Somebody who leads the operations centre and does not dispatch.
    Staff leaderOfTheCentre()
    {
        const Staff head = desk.person(u"centre_head"_s, Role::Supervisor, kunming.id, centre.id);
        centre.leaderId = head.id;
        desk.put(centre);
        return head;
    }
    /// In the queue of the operations centre, in one of the three states that wait there.
    Opportunity lying(CustodyState state)
    {
        if (state == CustodyState::Dispatching) {
            agent.absentFrom = QDate(2026, 3, 1);
            desk.put(agent);
            return recorded(shop);
        }
        desk.assign(bank, manager, u"main_am"_s);
        if (state == CustodyState::Expired) {
            const Opportunity waiting = recorded(bank);
            desk.clock.set(calendar.after(waiting.dispatchedAt, 3 * hour));
            (void)runJobs();
            return desk.get<Opportunity>(waiting.id);
        }
        const Opportunity held = claimed(bank, manager);
        ReturnOpportunity back;
        back.opportunity = held.id;
        back.queue = centre.id;
        back.reason = u"客户在异地"_s;
        if (!desk.run(manager, back))
            qFatal("not returned");
        return desk.get<Opportunity>(held.id);
    }
    QStringList noticesOf(const Staff &staff)
    {
        QStringList kinds;
        auto all = desk.all<Notification>();
        // Ids of one millisecond sort by chance: what was told first is told by the time.
        std::stable_sort(all.begin(), all.end(),
                         [](const Notification &one, const Notification &other) {
                             return one.at < other.at;
                         });
        for (const Notification &one : all) {
            if (one.staffId == staff.id)
                kinds.append(keyOf(one.kind));
        }
        return kinds;
    }
    std::vector<Task> openTasksOf(const Staff &staff)
    {
        std::vector<Task> open;
        for (const Task &task : desk.all<Task>()) {
            if (task.assigneeId == staff.id && task.state == TaskState::Open)
                open.push_back(task);
        }
        return open;
    }
    /// Runs what the tasks ask for now; how many commands that was.
    int runTaskJobs()
    {
        const auto calls = dueTaskJobs(desk.store(), desk.clock.now());
        for (const CommandCall &call : calls) {
            if (!desk.runAsSystem(call))
                qFatal("job refused");
            if (desk.runAsSystem(call))
                qFatal("a second effect");
        }
        return int(calls.size());
    }
    /// Runs what the clocks ask for now; how many commands that was.
    int runJobs()
    {
        const auto calls = dueClaimJobs(desk.store(), desk.clock.now(), calendar);
        for (const CommandCall &call : calls) {
            if (!desk.runAsSystem(call))
                qFatal("job refused");
        }
        return int(calls.size());
    }
};

} // namespace keydesk::test
