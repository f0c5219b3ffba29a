#include "commands/assignment_commands.h"
#include "commands/claim_job_commands.h"
#include "commands/edit_record.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_claim.h"
#include "commands/opportunity_stage.h"
#include "commands/opportunity_transfer.h"
#include "commands/record_commands.h"
#include "commands/staff_commands.h"
#include "commands/task_commands.h"
#include "dispatch/dispatch.h"
#include "dispatch/number_series.h"
#include "domain/assignment.h"
#include "domain/caller_card.h"
#include "domain/contact.h"
#include "domain/entities.h"
#include "domain/note.h"
#include "domain/notification.h"
#include "domain/routing_decision.h"
#include "domain/task.h"
#include "importing/reference_data.h"
#include "jobs/due_jobs.h"
#include "rules/caller_key.h"
#include "support/command_desk.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

QString reasonOf(const Result<> &result)
{
    return result ? QString() : result.error().key();
}

QString shown(Instant instant)
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
    Dispatch dispatch{desk.database(), calendar};
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

} // namespace

class TestDispatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersCountUpByAreaAndMonth();
    void afterARestoreNumbersSkip();
    void theFlaggedManagerGetsItWithAClockAndAWhy();
    void withoutAManagerTheAgentGetsItAndTheTelephoneManagerACopy();
    void withoutAnybodyTheOperationsCentreGetsItWithTheReason();
    void anIncompleteOneWaitsWithItsClockFromTheCapture();
    void theSystemRoutesOnceThenOnlyDispatchersDo();
    void askingAndAnsweringIsNoTransfer();
    void anAnswerThatCompletesItIsRoutedBySystem();
    void theCapturingSeatHearsOfClaimAndReturn();
    void aClaimMakesTheTaskOfTheFirstContactAndItsClock();
    void aTransferChangesOnlyCustodyFields();
    void childrenFollowTheHolder();
    void theHallsCustomerIsFollowedUpByAnAgent();
    void theClaimClockRemindsEscalatesAndTakesBack();
    void aJobThatRunsTwiceHasNoSecondEffect();
    void whoeverIsDisabledHoldsNothing();
    void theDirectoryKnowsTheCallerButShowsNoNumber();
    void aFailedRoutingLeavesItToTheDispatcher();
    void anAssignmentBeginsOnItsDay();
    void theTelephoneManagersChannelNeedNotCoverTheClassForTheCopy();
    void theCopyStaysWhoeverHoldsTheDeal();
    void aQuestionHasAClockThatRemindsAndTakesBack();
    void theTaskOfAQuestionEndsWithTheOpportunity();
    void theCustomersDeputyAndTheTeamsSupervisorHearOfALateClaim();
    void whoManagesTheAreaHearsWhereATeamHasNobody();
    void aDispatchersChoiceIsExplained();
    void aTaskRemindsOnceWhenItsTimeComes();
    void aTaskWithoutAReminderRemindsWhenItIsDue();
    void aNewCustomerWithAKnownNumberIsTheKnownOne();
    void aNumberOfSeveralCustomersIsLeftToTheDispatcher();
};

void TestDispatch::numbersCountUpByAreaAndMonth()
{
    City city;
    QCOMPARE(city.recorded(city.bank).no, u"SJ-5301-202603-0001"_s);
    QCOMPARE(city.recorded(city.shop).no, u"SJ-5301-202603-0002"_s);
    city.desk.clock.set(CommandDesk::at(u"2026-04-01T09:00:00"_s));
    QCOMPARE(city.recorded(city.shop).no, u"SJ-5301-202604-0001"_s);
}

void TestDispatch::afterARestoreNumbersSkip()
{
    City city;
    (void)city.recorded(city.bank);
    QVERIFY(NumberSeries(city.desk.database()).skip(1000));
    QCOMPARE(city.recorded(city.bank).no, u"SJ-5301-202603-1002"_s);
}

void TestDispatch::theFlaggedManagerGetsItWithAClockAndAWhy()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    const Opportunity routed = city.recorded(city.bank);
    QCOMPARE(routed.custodyState, CustodyState::Dispatched);
    QCOMPARE(routed.assigneeId.text(), city.manager.id.text());
    QCOMPARE(routed.transferCount, 1);
    QVERIFY(routed.followerId.isNull());
    QCOMPARE(shown(routed.claimDueAt), u"2026-03-02 12:00"_s); // value A: two hours from 10:00
    QCOMPARE(routed.statusText, u"已分派给manager，待认领"_s);
    QCOMPARE(city.noticesOf(city.manager), QStringList{u"dispatched"_s});

    const auto decisions = city.desk.all<RoutingDecision>();
    QCOMPARE(decisions.size(), 1u);
    QCOMPARE(decisions.front().ruleName, u"AM-FLAG"_s);
    QCOMPARE(decisions.front().chosenStaffId.text(), city.manager.id.text());
    const QJsonArray lines = QJsonDocument::fromJson(decisions.front().candidates.toUtf8()).array();
    QCOMPARE(lines.first().toObject().value("rejected"_L1).toString(), u"none"_s);
    const auto moves = city.desk.all<Transfer>();
    QCOMPARE(moves.size(), 1u);
    QVERIFY(moves.front().bySystem);
    QCOMPARE(shown(moves.front().dueAt), u"2026-03-02 12:00"_s);
}

void TestDispatch::withoutAManagerTheAgentGetsItAndTheTelephoneManagerACopy()
{
    City city;
    const Opportunity routed = city.recorded(city.shop);
    QCOMPARE(routed.assigneeId.text(), city.agent.id.text());
    QCOMPARE(routed.followerId.text(), city.tele.id.text());
    QCOMPARE(city.noticesOf(city.tele), QStringList{u"dispatched"_s});
    QCOMPARE(shown(routed.claimDueAt), u"2026-03-03 10:30"_s); // eight hours of work from 10:00
}

void TestDispatch::withoutAnybodyTheOperationsCentreGetsItWithTheReason()
{
    City city;
    city.agent.absentFrom = QDate(2026, 3, 1);
    city.agent.absentUntil = QDate(2026, 3, 31);
    city.desk.put(city.agent);
    const Opportunity routed = city.recorded(city.shop);
    QCOMPARE(routed.custodyState, CustodyState::Dispatching);
    QCOMPARE(routed.custodyReason, CustodyReason::NoAvailability);
    QCOMPARE(routed.queueId.text(), city.centre.id.text());
    QCOMPARE(routed.transferCount, 0);
    QCOMPARE(city.desk.all<RoutingDecision>().front().rejectedReason,
             CustodyReason::NoAvailability);
}

void TestDispatch::anIncompleteOneWaitsWithItsClockFromTheCapture()
{
    City city;
    RecordOpportunity call = city.call(city.shop);
    call.values.erase(u"contact_phone"_s);
    QVERIFY(city.desk.run(city.seat, call));
    const auto waiting = city.desk.get<Opportunity>(city.desk.born(born::Record));
    QCOMPARE(waiting.custodyReason, CustodyReason::Incomplete);
    QVERIFY(!waiting.no.isEmpty());
    QCOMPARE(shown(waiting.claimDueAt), u"2026-03-03 10:30"_s);
    QVERIFY(city.desk.all<RoutingDecision>().empty());
}

void TestDispatch::theSystemRoutesOnceThenOnlyDispatchersDo()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    const Opportunity held = city.claimed(city.bank, city.manager);
    ReturnOpportunity back;
    back.opportunity = held.id;
    back.queue = city.centre.id;
    back.reason = u"客户要求换人"_s;
    QVERIFY(city.desk.run(city.manager, back));
    const auto returned = city.desk.get<Opportunity>(held.id);
    QCOMPARE(returned.custodyState, CustodyState::Returned);
    QCOMPARE(returned.returnReason, u"客户要求换人"_s);

    DispatchOpportunity again;
    again.opportunity = held.id;
    again.staff = city.agent.id;
    again.claimEpoch = returned.claimEpoch;
    QCOMPARE(reasonOf(city.desk.run(city.supervisor, again)), u"opportunity.second_transfer"_s);
    QCOMPARE(reasonOf(city.desk.run(city.manager, again)), u"opportunity.second_transfer"_s);
    QVERIFY(city.desk.run(city.dispatcher, again));
    const auto given = city.desk.get<Opportunity>(held.id);
    QCOMPARE(given.transferCount, 2);
    QCOMPARE(given.assigneeId.text(), city.agent.id.text());
    QVERIFY(!given.claimDueAt.isNull());
    // A second dispatcher who looked before comes too late.
    QCOMPARE(reasonOf(city.desk.run(city.dispatcher, again)), u"opportunity.stale"_s);
}

void TestDispatch::askingAndAnsweringIsNoTransfer()
{
    City city;
    city.agent.status = StaffStatus::Disabled;
    city.desk.put(city.agent);
    const Opportunity waiting = city.recorded(city.shop);
    RequestInfo ask;
    ask.opportunity = waiting.id;
    ask.question = u"哪个地址？"_s;
    QCOMPARE(reasonOf(city.desk.run(city.seat, ask)), u"forbidden.role"_s);
    QVERIFY(city.desk.run(city.dispatcher, ask));
    const auto asked = city.desk.get<Opportunity>(waiting.id);
    QCOMPARE(asked.custodyState, CustodyState::NeedsInfo);
    QVERIFY(!asked.infoDueAt.isNull());
    QVERIFY(city.noticesOf(city.seat).contains(u"info_asked"_s));
    QCOMPARE(city.openTasksOf(city.seat).size(), 1u);
    QCOMPARE(city.openTasksOf(city.seat).front().details, u"哪个地址？"_s);

    AnswerInfo answer;
    answer.opportunity = waiting.id;
    answer.answer = u"人民路1号"_s;
    answer.values = {{u"ent_address"_s, u"人民路1号"_s}};
    QCOMPARE(reasonOf(city.desk.run(city.manager, answer)), u"record.not_found"_s);
    QVERIFY(city.desk.run(city.seat, answer));
    const auto answered = city.desk.get<Opportunity>(waiting.id);
    QCOMPARE(answered.custodyState, CustodyState::Dispatching);
    QCOMPARE(answered.entAddress, u"人民路1号"_s);
    QCOMPARE(answered.transferCount, 0);
    QVERIFY(city.openTasksOf(city.seat).empty());
    QVERIFY(city.noticesOf(city.dispatcher).contains(u"info_answered"_s));
}

void TestDispatch::anAnswerThatCompletesItIsRoutedBySystem()
{
    City city;
    RecordOpportunity call = city.call(city.shop);
    call.values.erase(u"contact_phone"_s);
    QVERIFY(city.desk.run(city.seat, call));
    const RecordId id = city.desk.born(born::Record);
    RequestInfo ask;
    ask.opportunity = id;
    ask.question = u"电话？"_s;
    QVERIFY(city.desk.run(city.dispatcher, ask));
    AnswerInfo answer;
    answer.opportunity = id;
    answer.values = {{u"contact_phone"_s, u"0871-63123456"_s}};
    QVERIFY(city.desk.run(city.seat, answer));
    const auto routed = city.desk.get<Opportunity>(id);
    QCOMPARE(routed.custodyState, CustodyState::Dispatched);
    QCOMPARE(routed.assigneeId.text(), city.agent.id.text());
    QCOMPARE(routed.transferCount, 1);
}

void TestDispatch::theCapturingSeatHearsOfClaimAndReturn()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    const Opportunity held = city.claimed(city.bank, city.manager);
    QVERIFY(city.noticesOf(city.seat).contains(u"claimed"_s));
    QCOMPARE(held.statusText, u"manager于3月2日10:00认领，待联系客户"_s);
    ReturnOpportunity back;
    back.opportunity = held.id;
    back.queue = city.centre.id;
    back.reason = u"不在我区"_s;
    QVERIFY(city.desk.run(city.manager, back));
    QCOMPARE(city.desk.get<Opportunity>(held.id).statusText, u"运营中心正在重新安排"_s);
    QVERIFY(city.noticesOf(city.seat).contains(u"progress"_s));
}

void TestDispatch::aClaimMakesTheTaskOfTheFirstContactAndItsClock()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    const Opportunity held = city.claimed(city.bank, city.manager);
    QCOMPARE(shown(held.firstContactDueAt),
             u"2026-03-02 15:30"_s); // value A: four hours, over lunch
    QCOMPARE(shown(held.preProposalDueAt), u"2026-03-05 17:30"_s);
    QCOMPARE(city.openTasksOf(city.manager).size(), 1u);
    QCOMPARE(city.openTasksOf(city.manager).front().kind, TaskKind::FirstContact);
    MarkFirstContact contact;
    contact.opportunity = held.id;
    contact.note = u"周三上门"_s;
    QVERIFY(city.desk.run(city.manager, contact));
    QVERIFY(city.openTasksOf(city.manager).empty());
    QCOMPARE(city.desk.get<Opportunity>(held.id).salesStage, SalesStage::Talk);
}

// domain.md, section 3, item 1: what users of such systems complain about most.
void TestDispatch::aTransferChangesOnlyCustodyFields()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    QSet<QString> custody{u"row_ver"_s, u"updated_at"_s, u"updated_by"_s, u"status_text"_s};
    Schema<Opportunity>::custodyFields.forEach(
        [&](const auto &field) { custody.insert(QString::fromLatin1(field.name)); });
    Opportunity held = city.claimed(city.bank, city.manager);
    held.salesStage = SalesStage::Negotiation;
    held.probBp = {7500};
    held.technicalSolution = u"双路由"_s;
    held.tags = {u"重点"_s};
    city.desk.put(held);
    const EntityInfo &info = city.desk.tx().info<Opportunity>();
    const auto compare = [&](const Row &before) {
        const Row after = toRow(city.desk.get<Opportunity>(held.id));
        for (int i = 0; i < info.fieldCount(); ++i) {
            const QString &field = info.fields()[std::size_t(i)].name;
            if (!custody.contains(field))
                QVERIFY2(before[std::size_t(i)] == after[std::size_t(i)], qPrintable(field));
        }
    };
    const Row before = toRow(city.desk.get<Opportunity>(held.id));
    ReturnOpportunity back;
    back.opportunity = held.id;
    back.queue = city.centre.id;
    back.reason = u"换人"_s;
    QVERIFY(city.desk.run(city.manager, back));
    compare(before);
    DispatchOpportunity again;
    again.opportunity = held.id;
    again.queue = city.sales.id;
    QVERIFY(city.desk.run(city.dispatcher, again));
    compare(before);
    ClaimOpportunity claim;
    claim.opportunity = held.id;
    QVERIFY(city.desk.run(city.manager, claim));
    compare(before);
    UndoClaim undo;
    undo.opportunity = held.id;
    QVERIFY(city.desk.run(city.manager, undo));
    compare(before);
    city.desk.clock.set(CommandDesk::at(u"2026-03-06T10:00:00"_s));
    QCOMPARE(city.runJobs(), 1);
    QCOMPARE(city.desk.get<Opportunity>(held.id).custodyState, CustodyState::Expired);
    compare(before);
}

void TestDispatch::childrenFollowTheHolder()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    const Opportunity held = city.claimed(city.bank, city.manager);
    AddNote note;
    note.entity = u"opportunity"_s;
    note.record = held.id;
    note.body = u"已报价"_s;
    QVERIFY(city.desk.run(city.manager, note));
    const RecordId noteId = city.desk.born(born::Record);
    QCOMPARE(city.desk.get<Note>(noteId).ownerId.text(), city.manager.id.text());
    ReturnOpportunity back;
    back.opportunity = held.id;
    back.queue = city.centre.id;
    back.reason = u"换人"_s;
    QVERIFY(city.desk.run(city.manager, back));
    QVERIFY(city.desk.get<Note>(noteId).ownerId.isNull());
    DispatchOpportunity again;
    again.opportunity = held.id;
    again.staff = city.agent.id;
    QVERIFY(city.desk.run(city.dispatcher, again));
    QCOMPARE(city.desk.get<Note>(noteId).ownerId.text(), city.agent.id.text());
    for (const Transfer &move : city.desk.all<Transfer>())
        QCOMPARE(move.ownerId.text(), city.agent.id.text());
    QCOMPARE(city.desk.all<RoutingDecision>().front().ownerId.text(), city.agent.id.text());
}

void TestDispatch::theHallsCustomerIsFollowedUpByAnAgent()
{
    City city;
    RecordOpportunity call = city.call(city.shop);
    call.handled = true;
    QVERIFY(city.desk.run(city.clerk, call));
    const auto done = city.desk.get<Opportunity>(city.desk.born(born::Record));
    QCOMPARE(done.custodyState, CustodyState::Closed);
    QCOMPARE(done.custodyReason, CustodyReason::HandledAtFirstContact);
    QVERIFY(done.ownerChannel.isNull());
    QCOMPARE(city.openTasksOf(city.agent).size(), 1u);
    QCOMPARE(city.openTasksOf(city.agent).front().kind, TaskKind::HallFollowUp);
    // The hotline does not hand its own over.
    QVERIFY(city.desk.run(city.seat, call));
    QCOMPARE(city.openTasksOf(city.agent).size(), 1u);
}

void TestDispatch::theClaimClockRemindsEscalatesAndTakesBack()
{
    City city;
    city.manager.deputyId = city.tele.id;
    city.desk.put(city.manager);
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    const Opportunity waiting = city.recorded(city.bank); // 10:00, due at 12:00
    ClaimOpportunity claim;
    claim.opportunity = waiting.id;

    city.desk.clock.set(CommandDesk::at(u"2026-03-02T10:59:00"_s));
    QCOMPARE(city.runJobs(), 0);
    city.desk.clock.set(CommandDesk::at(u"2026-03-02T11:00:00"_s));
    QCOMPARE(city.runJobs(), 1);
    QVERIFY(city.noticesOf(city.manager).contains(u"dispatched"_s));
    QVERIFY(city.noticesOf(city.manager).contains(u"claim_reminder"_s));
    QVERIFY(city.noticesOf(city.tele).isEmpty());
    city.desk.clock.set(CommandDesk::at(u"2026-03-02T11:36:00"_s));
    QCOMPARE(city.runJobs(), 1);
    QCOMPARE(city.noticesOf(city.tele), QStringList{u"claim_reminder"_s});
    QCOMPARE(reasonOf(city.desk.run(city.supervisor, claim)), u"forbidden.record"_s);
    city.desk.clock.set(CommandDesk::at(u"2026-03-02T12:00:00"_s));
    QCOMPARE(city.runJobs(), 1);
    QVERIFY(city.noticesOf(city.supervisor).contains(u"claim_escalation"_s));
    QCOMPARE(city.runJobs(), 0);

    // From here on the supervisor may take it; if nobody does, it goes back at 150 %.
    city.desk.clock.set(CommandDesk::at(u"2026-03-02T14:30:00"_s));
    QCOMPARE(city.runJobs(), 1);
    const auto expired = city.desk.get<Opportunity>(waiting.id);
    QCOMPARE(expired.custodyState, CustodyState::Expired);
    QCOMPARE(expired.queueId.text(), city.centre.id.text());
    QCOMPARE(expired.transferCount, 1);
    QVERIFY(city.noticesOf(city.manager).contains(u"expired"_s));
    QCOMPARE(reasonOf(city.desk.run(city.manager, claim)), u"forbidden.record"_s);
}

void TestDispatch::aJobThatRunsTwiceHasNoSecondEffect()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    const Opportunity waiting = city.recorded(city.bank);
    city.desk.clock.advance(2 * hour);
    const auto calls = dueClaimJobs(city.desk.store(), city.desk.clock.now(), city.calendar);
    QCOMPARE(calls.size(), 1u);
    const auto again = dueClaimJobs(city.desk.store(), city.desk.clock.now(), city.calendar);
    QCOMPARE(again.front().id.text(), calls.front().id.text());
    QVERIFY(city.desk.runAsSystem(calls.front()));
    QCOMPARE(reasonOf(city.desk.runAsSystem(calls.front())), u"opportunity.stale"_s);
    QCOMPARE(reasonOf(city.desk.runCall(city.administrator, calls.front())), u"forbidden.record"_s);
    QCOMPARE(city.desk.get<Opportunity>(waiting.id).claimRemindLevel, 3);
}

void TestDispatch::whoeverIsDisabledHoldsNothing()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    const Opportunity held = city.claimed(city.bank, city.manager);
    const Opportunity waiting = city.recorded(city.bank);
    SaveStaff disable;
    disable.staff = city.manager.id;
    disable.status = u"disabled"_s;
    QCOMPARE(reasonOf(city.desk.run(city.supervisor, disable)), u"forbidden.role"_s);
    QVERIFY(city.desk.run(city.administrator, disable));
    for (const RecordId &id : {held.id, waiting.id}) {
        const auto left = city.desk.get<Opportunity>(id);
        QCOMPARE(left.custodyState, CustodyState::Returned);
        QCOMPARE(left.custodyReason, CustodyReason::OwnerLeft);
        QVERIFY(left.ownerId.isNull() && left.assigneeId.isNull());
        QCOMPARE(left.queueId.text(), city.centre.id.text());
    }
    MoveStage move;
    move.opportunity = held.id;
    QCOMPARE(reasonOf(city.desk.run(city.manager, move)), u"forbidden.disabled"_s);
}

void TestDispatch::theDirectoryKnowsTheCallerButShowsNoNumber()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    CreateRecord create;
    create.entity = u"contact"_s;
    create.values = {{u"account_id"_s, city.bank.id.text()},
                     {u"name"_s, u"王处长"_s},
                     {u"phone"_s, u"13800138000"_s}};
    QVERIFY(city.desk.run(city.manager, create));
    const RecordId contact = city.desk.born(born::Record);
    auto cards = city.desk.all<CallerCard>();
    QCOMPARE(cards.size(), 1u);
    QCOMPARE(cards.front().numberKey, callerKey(u"+8613800138000"_s, city.kunming.id));
    QCOMPARE(cards.front().contactInitial, u"王"_s);
    QCOMPARE(cards.front().amName, u"manager"_s);
    for (const Cell &cell : toRow(cards.front()))
        QVERIFY(!cell.text().contains(u"13800138000"_s));

    (void)city.recorded(city.bank);
    QCOMPARE(city.desk.all<CallerCard>().front().openOpportunities, 1);

    EditRecord edit;
    edit.entity = u"contact"_s;
    edit.record = contact;
    edit.patch = {{u"phone"_s, Cell()}};
    QVERIFY(city.desk.run(city.manager, edit));
    QVERIFY(city.desk.all<CallerCard>().empty());
    edit.patch = {{u"phone"_s, u"13900139000"_s}};
    QVERIFY(city.desk.run(city.manager, edit));
    cards = city.desk.all<CallerCard>();
    QCOMPARE(cards.size(), 1u);
    QCOMPARE(cards.front().numberKey, callerKey(u"+8613900139000"_s, city.kunming.id));
}

void TestDispatch::aFailedRoutingLeavesItToTheDispatcher()
{
    City city;
    city.desk.afterCommand = [&](CommandContext &context, const CommandCall &call) {
        return city.dispatch.afterFailure(context, call,
                                          Error("storage.failed"_reason, {u"test"_s}));
    };
    const Opportunity waiting = city.recorded(city.shop);
    QCOMPARE(waiting.custodyState, CustodyState::Dispatching);
    QCOMPARE(waiting.custodyReason, CustodyReason::RoutingFailed);
    QCOMPARE(waiting.queueId.text(), city.centre.id.text());
}

void TestDispatch::anAssignmentBeginsOnItsDay()
{
    City city;
    AssignAccount assign;
    assign.account = city.shop.id;
    assign.staff = city.manager.id;
    assign.from = QDate(2026, 3, 9);
    QVERIFY(city.desk.run(city.supervisor, assign));
    QVERIFY(city.noticesOf(city.manager).contains(u"assigned"_s));
    QVERIFY(city.desk.get<Account>(city.shop.id).ownerStaffId.isNull());
    QVERIFY(dueAssignmentJobs(city.desk.store(), city.desk.clock.now()).empty());
    city.desk.clock.set(CommandDesk::at(u"2026-03-09T00:00:01"_s));
    const auto calls = dueAssignmentJobs(city.desk.store(), city.desk.clock.now());
    QCOMPARE(calls.size(), 1u);
    QVERIFY(city.desk.runAsSystem(calls.front()));
    QCOMPARE(city.desk.get<Account>(city.shop.id).ownerStaffId.text(), city.manager.id.text());
    QVERIFY(dueAssignmentJobs(city.desk.store(), city.desk.clock.now()).empty());
}

void TestDispatch::theTelephoneManagersChannelNeedNotCoverTheClassForTheCopy()
{
    City city;
    const Catalog catalog = makeCatalog();
    const auto reference = loadReferenceData(catalog);
    QVERIFY(reference);
    RecordId telephone;
    for (const EntityRows &table : *reference) {
        if (table.entity != u"channel" && table.entity != u"channel_coverage")
            continue;
        for (const Row &row : table.rows) {
            QVERIFY(city.desk.store().put(catalog.entity(table.entity), row, std::nullopt));
            if (table.entity == u"channel"
                && fromRow<Channel>(row).kind == ChannelKind::TeleManager)
                telephone = fromRow<Channel>(row).id;
        }
    }
    QVERIFY(!telephone.isNull());
    city.tele.channelId = telephone;
    city.desk.put(city.tele);
    for (const ValueClass valueClass : {ValueClass::B, ValueClass::D, ValueClass::Potential}) {
        const Account account = city.desk.account(u"客户"_s + keyOf(valueClass), city.kunming.id,
                                                  valueClass);
        QCOMPARE(city.recorded(account).followerId.text(), city.tele.id.text());
    }
}

void TestDispatch::theCopyStaysWhoeverHoldsTheDeal()
{
    City city;
    city.agent.absentFrom = QDate(2026, 3, 1);
    city.agent.absentUntil = QDate(2026, 3, 31);
    city.desk.put(city.agent);
    const Opportunity waiting = city.recorded(city.shop); // nobody is free
    QCOMPARE(waiting.custodyState, CustodyState::Dispatching);
    QCOMPARE(waiting.followerId.text(), city.tele.id.text());
    DispatchOpportunity give;
    give.opportunity = waiting.id;
    give.staff = city.agent.id;
    QVERIFY(city.desk.run(city.dispatcher, give));
    ReturnOpportunity back;
    back.opportunity = waiting.id;
    back.queue = city.centre.id;
    back.reason = u"不在岗"_s;
    QVERIFY(city.desk.run(city.agent, back));
    QCOMPARE(city.desk.get<Opportunity>(waiting.id).followerId.text(), city.tele.id.text());
}

void TestDispatch::aQuestionHasAClockThatRemindsAndTakesBack()
{
    City city;
    city.agent.status = StaffStatus::Disabled;
    city.desk.put(city.agent);
    const Opportunity waiting = city.recorded(city.shop);
    RequestInfo ask;
    ask.opportunity = waiting.id;
    ask.question = u"哪个地址？"_s;
    QVERIFY(city.desk.run(city.dispatcher, ask));
    QCOMPARE(city.runJobs(), 0);
    // Four working hours from 10:00; half of them are over at noon.
    city.desk.clock.set(CommandDesk::at(u"2026-03-02T12:00:00"_s));
    QCOMPARE(city.runJobs(), 1);
    QCOMPARE(city.runJobs(), 0);
    QCOMPARE(city.noticesOf(city.seat).count(u"info_asked"_s), 2);
    city.desk.clock.set(city.desk.get<Opportunity>(waiting.id).infoDueAt);
    QCOMPARE(city.runJobs(), 1);
    const auto back = city.desk.get<Opportunity>(waiting.id);
    QCOMPARE(back.custodyState, CustodyState::Dispatching);
    QCOMPARE(back.queueId.text(), city.centre.id.text());
    QVERIFY(back.infoDueAt.isNull());
    QVERIFY(city.openTasksOf(city.seat).empty());
    QVERIFY(city.noticesOf(city.dispatcher).contains(u"expired"_s));
    QCOMPARE(city.runJobs(), 0);
}

void TestDispatch::theTaskOfAQuestionEndsWithTheOpportunity()
{
    City city;
    city.agent.status = StaffStatus::Disabled;
    city.desk.put(city.agent);
    const Opportunity waiting = city.recorded(city.shop);
    RequestInfo ask;
    ask.opportunity = waiting.id;
    ask.question = u"哪个地址？"_s;
    QVERIFY(city.desk.run(city.dispatcher, ask));
    QCOMPARE(city.openTasksOf(city.seat).size(), 1u);
    MarkInvalid discard;
    discard.opportunity = waiting.id;
    QVERIFY(city.desk.run(city.dispatcher, discard));
    QVERIFY(city.openTasksOf(city.seat).empty());
}

// Nobody is named in the teams or in the staff files: the customer's assignments and the roles say
// who it is.
void TestDispatch::theCustomersDeputyAndTheTeamsSupervisorHearOfALateClaim()
{
    City city;
    city.sales.leaderId = {};
    city.desk.put(city.sales);
    const Staff deputy = city.desk.person(u"deputy"_s, Role::AccountManager, city.kunming.id,
                                          city.sales.id);
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    city.desk.assign(city.bank, deputy, u"deputy"_s);
    (void)city.recorded(city.bank); // 10:00, due at 12:00
    city.desk.clock.set(CommandDesk::at(u"2026-03-02T11:36:00"_s));
    QCOMPARE(city.runJobs(), 1);
    QCOMPARE(city.noticesOf(deputy), QStringList{u"claim_reminder"_s});
    QVERIFY(city.noticesOf(city.supervisor).isEmpty());
    city.desk.clock.set(CommandDesk::at(u"2026-03-02T12:00:00"_s));
    QCOMPARE(city.runJobs(), 1);
    QCOMPARE(city.noticesOf(city.supervisor), QStringList{u"claim_escalation"_s});
    QCOMPARE(city.noticesOf(deputy), (QStringList{u"claim_reminder"_s, u"claim_escalation"_s}));
}

void TestDispatch::whoManagesTheAreaHearsWhereATeamHasNobody()
{
    City city;
    const Staff head = city.desk.person(u"head"_s, Role::DeptManager, city.kunming.id);
    city.agent.absentFrom = QDate(2026, 3, 1);
    city.desk.put(city.agent);
    const Opportunity waiting = city.recorded(city.shop); // nobody is free
    QCOMPARE(waiting.custodyState, CustodyState::Dispatching);
    QCOMPARE(city.noticesOf(head), QStringList{u"general"_s});
    QVERIFY(city.noticesOf(city.supervisor).isEmpty()); // he has another team
    // An agent without a team: who manages his area.
    DispatchOpportunity give;
    give.opportunity = waiting.id;
    give.staff = city.agent.id;
    QVERIFY(city.desk.run(city.dispatcher, give));
    const auto given = city.desk.get<Opportunity>(waiting.id);
    city.desk.clock.set(given.claimDueAt);
    QCOMPARE(city.runJobs(), 1);
    QVERIFY(city.noticesOf(head).contains(u"claim_escalation"_s));
    city.desk.clock.advance(3 * day);
    QCOMPARE(city.runJobs(), 1);
    QVERIFY(city.noticesOf(head).contains(u"expired"_s));
}

void TestDispatch::aDispatchersChoiceIsExplained()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    const Opportunity held = city.claimed(city.bank, city.manager);
    ReturnOpportunity back;
    back.opportunity = held.id;
    back.queue = city.centre.id;
    back.reason = u"换人"_s;
    QVERIFY(city.desk.run(city.manager, back));
    city.tele.status = StaffStatus::Disabled;
    city.desk.put(city.tele);
    const auto before = city.desk.all<RoutingDecision>().size();
    DispatchOpportunity give;
    give.opportunity = held.id;
    give.staff = city.agent.id;
    QVERIFY(city.desk.run(city.dispatcher, give));
    auto decisions = city.desk.all<RoutingDecision>();
    QCOMPARE(decisions.size(), before + 1);
    std::erase_if(decisions, [](const RoutingDecision &one) { return one.bySystem; });
    QCOMPARE(decisions.size(), 1u);
    const RoutingDecision &choice = decisions.front();
    QCOMPARE(choice.chosenStaffId.text(), city.agent.id.text());
    QCOMPARE(choice.ownerId.text(), city.agent.id.text());
    QCOMPARE(choice.createdBy.text(), city.dispatcher.id.text());
    QVERIFY(choice.ruleId.isNull());
    QMap<QString, QString> refusals;
    QMap<QString, int> loads;
    for (const auto &line : QJsonDocument::fromJson(choice.candidates.toUtf8()).array()) {
        const QString name = line.toObject().value("name"_L1).toString();
        refusals[name] = line.toObject().value("rejected"_L1).toString();
        loads[name] = line.toObject().value("load"_L1).toInt();
    }
    QCOMPARE(refusals,
             (QMap<QString, QString>{{u"agent"_s, u"none"_s},
                                     {u"manager"_s, u"outranked"_s},
                                     {u"tele"_s, u"disabled"_s}}));
    QCOMPARE(loads.value(u"agent"_s), 0); // what he held before it was given to him
}

void TestDispatch::aTaskRemindsOnceWhenItsTimeComes()
{
    City city;
    const Instant now = city.desk.clock.now();
    Task task;
    task.title = u"回访"_s;
    task.assigneeId = city.manager.id;
    task.dueAt = now + 3 * hour;
    task.remindAt = now + hour;
    task = city.desk.put(task);
    QCOMPARE(city.runTaskJobs(), 0);
    city.desk.clock.advance(hour);
    QCOMPARE(city.runTaskJobs(), 1);
    QCOMPARE(city.noticesOf(city.manager), QStringList{u"task_due"_s});
    QCOMPARE(city.desk.all<Notification>().front().subjectId.text(), task.id.text());
    QCOMPARE(city.runTaskJobs(), 0);
    // Due is not told again, but a snooze is when it is over.
    city.desk.clock.advance(4 * hour);
    QCOMPARE(city.runTaskJobs(), 0);
    SnoozeTask snooze;
    snooze.task = task.id;
    snooze.until = city.desk.clock.now() + hour;
    QVERIFY(city.desk.run(city.manager, snooze));
    QCOMPARE(city.runTaskJobs(), 0);
    city.desk.clock.advance(hour);
    QCOMPARE(city.runTaskJobs(), 1);
    QCOMPARE(city.noticesOf(city.manager).size(), 2);
}

void TestDispatch::aTaskWithoutAReminderRemindsWhenItIsDue()
{
    City city;
    Task task;
    task.title = u"回访"_s;
    task.assigneeId = city.manager.id;
    task.dueAt = city.desk.clock.now() + hour;
    const Task open = city.desk.put(task);
    const Task done = city.desk.put(task);
    task.assigneeId = {};
    task.queueId = city.sales.id;
    city.desk.put(task);
    CompleteTask complete;
    complete.task = done.id;
    QVERIFY(city.desk.run(city.manager, complete));
    city.desk.clock.advance(hour);
    QCOMPARE(city.runTaskJobs(), 2);
    QCOMPARE(city.noticesOf(city.manager), QStringList{u"task_due"_s});
    QCOMPARE(city.noticesOf(city.supervisor), QStringList{u"task_due"_s}); // leads the queue's team
    RemindTask byHand;
    byHand.task = open.id;
    byHand.at = open.dueAt;
    QCOMPARE(reasonOf(city.desk.run(city.manager, byHand)), u"forbidden.record"_s);
}

void TestDispatch::aNewCustomerWithAKnownNumberIsTheKnownOne()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    CreateRecord create;
    create.entity = u"contact"_s;
    create.values = {{u"account_id"_s, city.bank.id.text()},
                     {u"name"_s, u"李工"_s},
                     {u"phone"_s, u"13800138000"_s}};
    QVERIFY(city.desk.run(city.manager, create));
    const RecordId contact = city.desk.born(born::Record);
    const auto accounts = city.desk.all<Account>().size();
    RecordOpportunity call = city.call(city.bank);
    call.values.erase(u"account_id"_s);
    call.values[u"ent_name"_s] = u"云南银行股份"_s;
    QVERIFY(city.desk.run(city.seat, call));
    const auto recorded = city.desk.get<Opportunity>(city.desk.born(born::Record));
    QCOMPARE(recorded.accountId.text(), city.bank.id.text());
    QCOMPARE(recorded.contactId.text(), contact.text());
    QCOMPARE(recorded.assigneeId.text(), city.manager.id.text());
    QCOMPARE(city.desk.all<Account>().size(), accounts);
    QVERIFY(city.desk.all<Note>().empty());
    // A stranger to the customer does not learn whose number it is.
    QVERIFY(city.desk.run(city.agent, call));
    const auto apart = city.desk.get<Opportunity>(city.desk.born(born::Record));
    QVERIFY(apart.accountId != city.bank.id);
    QCOMPARE(city.desk.all<Note>().size(), 1u);
    QVERIFY(city.noticesOf(city.dispatcher).contains(u"general"_s));
}

void TestDispatch::aNumberOfSeveralCustomersIsLeftToTheDispatcher()
{
    City city;
    for (const Account &account : {city.bank, city.shop}) {
        city.desk.assign(account, city.manager, u"main_am"_s);
        CreateRecord create;
        create.entity = u"contact"_s;
        create.values = {{u"account_id"_s, account.id.text()},
                         {u"name"_s, u"物业"_s},
                         {u"phone"_s, u"13800138000"_s}};
        QVERIFY(city.desk.run(city.manager, create));
    }
    RecordOpportunity call = city.call(city.bank);
    call.values.erase(u"account_id"_s);
    call.values[u"ent_name"_s] = u"新租户"_s;
    QVERIFY(city.desk.run(city.seat, call));
    const auto recorded = city.desk.get<Opportunity>(city.desk.born(born::Record));
    QCOMPARE(city.desk.get<Account>(recorded.accountId).name, u"新租户"_s);
    const auto notes = city.desk.all<Note>();
    QCOMPARE(notes.size(), 1u);
    QCOMPARE(notes.front().subjectId.text(), recorded.id.text());
    for (const QString &secret : {city.bank.name, city.shop.name, u"13800138000"_s})
        QVERIFY(!notes.front().body.contains(secret));
    QCOMPARE(city.noticesOf(city.dispatcher), QStringList{u"general"_s});
}

QTEST_GUILESS_MAIN(TestDispatch)
#include "tst_dispatch.moc"
