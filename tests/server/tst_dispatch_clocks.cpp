#include "support/city.h"

#include "commands/edit_record.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_claim.h"
#include "commands/opportunity_stage.h"
#include "commands/opportunity_transfer.h"
#include "commands/record_commands.h"
#include "commands/task_commands.h"
#include "domain/notification.h"
#include "domain/task.h"
#include "jobs/due_jobs.h"
#include "rules/claim_clock.h"

#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// What the clocks of claims, questions and tasks do, and who hears of it.
class TestDispatchClocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClaimMakesTheTaskOfTheFirstContactAndItsClock();
    void aTaskThatGoesWithAnOpportunityEndsWithItAlone();
    void aQuestionIsAnsweredNotTickedOff();
    void aTaskWhoseOpportunityEndedElsewhereIsTickedOff();
    void theClaimClockRemindsEscalatesAndTakesBack();
    void aJobThatRunsTwiceHasNoSecondEffect();
    void whatLiesInTheQueueRemindsItsTeamAndThenItsLeaders_data();
    void whatLiesInTheQueueRemindsItsTeamAndThenItsLeaders();
    void anIncompleteOneIsLateFromItsCaptureOn();
    void whatIsDispatchedInTimeRemindsNobodyOfTheQueue();
    void aQuestionRemindsEvenIfItLayInTheQueueTooLong();
    void aQuestionHasAClockThatRemindsAndTakesBack();
    void theTaskOfAQuestionEndsWithTheOpportunity();
    void theCustomersDeputyAndTheTeamsSupervisorHearOfALateClaim();
    void whoManagesTheAreaHearsWhereATeamHasNobody();
    void aTaskRemindsOnceWhenItsTimeComes();
    void aTaskWithoutAReminderRemindsWhenItIsDue();
};

void TestDispatchClocks::aClaimMakesTheTaskOfTheFirstContactAndItsClock()
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

// Ticked off, given away or removed it would be gone while the opportunity's clock runs on.
void TestDispatchClocks::aTaskThatGoesWithAnOpportunityEndsWithItAlone()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    const Opportunity held = city.claimed(city.bank, city.manager);
    const RecordId task = city.openTasksOf(city.manager).front().id;
    CompleteTask complete;
    complete.task = task;
    QCOMPARE(reasonOf(city.desk.run(city.manager, complete)), u"task.follows_opportunity"_s);
    RemoveRecord remove;
    remove.entity = u"task"_s;
    remove.record = task;
    QCOMPARE(reasonOf(city.desk.run(city.manager, remove)), u"forbidden.record"_s);
    EditRecord edit;
    edit.entity = u"task"_s;
    edit.record = task;
    edit.patch = {{u"kind"_s, u"general"_s}};
    QCOMPARE(reasonOf(city.desk.run(city.manager, edit)), u"field.read_only"_s);
    edit.patch = {{u"details"_s, u"带上报价"_s}};
    QVERIFY(city.desk.run(city.manager, edit));
    CreateTask another;
    another.values = {{u"title"_s, u"首次联系"_s}, {u"kind"_s, u"first_contact"_s}};
    QCOMPARE(reasonOf(city.desk.run(city.manager, another)), u"field.servers_choice"_s);
    MarkFirstContact contact;
    contact.opportunity = held.id;
    QVERIFY(city.desk.run(city.manager, contact));
    QVERIFY(city.openTasksOf(city.manager).empty());
    ReopenTask reopen;
    reopen.task = task;
    QCOMPARE(reasonOf(city.desk.run(city.manager, reopen)), u"task.follows_opportunity"_s);
}

void TestDispatchClocks::aQuestionIsAnsweredNotTickedOff()
{
    City city;
    Task asked;
    asked.kind = TaskKind::SupplyInfo;
    asked.title = u"专线"_s;
    asked.assigneeId = city.manager.id;
    Opportunity opportunity = city.recorded(city.bank);
    opportunity.custodyState = CustodyState::NeedsInfo;
    city.desk.put(opportunity);
    asked.subjectEntity = u"opportunity"_s;
    asked.subjectId = opportunity.id;
    CompleteTask complete;
    complete.task = city.desk.put(asked).id;
    QCOMPARE(reasonOf(city.desk.run(city.manager, complete)), u"task.follows_opportunity"_s);
    EditRecord edit;
    edit.entity = u"task"_s;
    edit.record = complete.task;
    edit.patch = {{u"due_at"_s, (city.desk.clock.now() + day).ms}};
    QCOMPARE(reasonOf(city.desk.run(city.manager, edit)), u"field.read_only"_s);
}

// By an import, which asks nobody to make a contact first.
void TestDispatchClocks::aTaskWhoseOpportunityEndedElsewhereIsTickedOff()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    Opportunity held = city.claimed(city.bank, city.manager);
    held.custodyState = CustodyState::Closed;
    city.desk.put(held);
    CompleteTask complete;
    complete.task = city.openTasksOf(city.manager).front().id;
    QVERIFY(city.desk.run(city.manager, complete));
    QVERIFY(city.openTasksOf(city.manager).empty());
}

void TestDispatchClocks::theClaimClockRemindsEscalatesAndTakesBack()
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

void TestDispatchClocks::aJobThatRunsTwiceHasNoSecondEffect()
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

void TestDispatchClocks::whatLiesInTheQueueRemindsItsTeamAndThenItsLeaders_data()
{
    QTest::addColumn<CustodyState>("state");
    QTest::newRow("nobody was free") << CustodyState::Dispatching;
    QTest::newRow("returned") << CustodyState::Returned;
    QTest::newRow("not claimed in time") << CustodyState::Expired;
}

void TestDispatchClocks::whatLiesInTheQueueRemindsItsTeamAndThenItsLeaders()
{
    QFETCH(CustodyState, state);
    City city;
    const Staff head = city.leaderOfTheCentre();
    const Opportunity waiting = city.lying(state);
    QCOMPARE(waiting.custodyState, state);
    QCOMPARE(waiting.queueId.text(), city.centre.id.text());
    const auto hearers = [&](const QString &kind) {
        return std::pair(city.noticesOf(city.dispatcher).count(kind),
                         city.noticesOf(head).count(kind));
    };
    const auto ringsAt = [&](int percent) {
        const qint64 whole = city.calendar.workingTime(waiting.custodySince, waiting.claimDueAt);
        return city.calendar.after(waiting.custodySince, whole * percent / 100);
    };
    city.desk.clock.set(ringsAt(80) + -minute);
    QCOMPARE(city.runJobs(), 0);
    city.desk.clock.set(ringsAt(80));
    QCOMPARE(city.runJobs(), 1);
    QCOMPARE(city.runJobs(), 0);
    QCOMPARE(hearers(u"queue_reminder"_s), std::pair(qsizetype(1), qsizetype(0)));
    city.desk.clock.set(ringsAt(100));
    QCOMPARE(city.runJobs(), 1);
    QCOMPARE(hearers(u"queue_overdue"_s), std::pair(qsizetype(0), qsizetype(1)));
    city.desk.clock.advance(7 * day);
    QCOMPARE(city.runJobs(), 0);
    const auto still = city.desk.get<Opportunity>(waiting.id);
    QCOMPARE(still.custodyState, state);
    QCOMPARE(still.queueId.text(), city.centre.id.text());
}

void TestDispatchClocks::anIncompleteOneIsLateFromItsCaptureOn()
{
    City city;
    const Staff head = city.leaderOfTheCentre();
    RecordOpportunity call = city.call(city.shop);
    call.values.erase(u"contact_phone"_s);
    QVERIFY(city.desk.run(city.seat, call));
    const auto waiting = city.desk.get<Opportunity>(city.desk.born(born::Record));
    QCOMPARE(waiting.custodyReason, CustodyReason::Incomplete);
    city.desk.clock.set(waiting.claimDueAt);
    QCOMPARE(city.runJobs(), 1);
    QVERIFY(city.noticesOf(head).contains(u"queue_overdue"_s));
}

void TestDispatchClocks::aQuestionRemindsEvenIfItLayInTheQueueTooLong()
{
    City city;
    const Opportunity waiting = city.lying(CustodyState::Returned);
    city.desk.clock.set(waiting.claimDueAt);
    QCOMPARE(city.runJobs(), 1);
    RequestInfo question;
    question.opportunity = waiting.id;
    question.question = u"几个网点？"_s;
    QVERIFY(city.desk.run(city.dispatcher, question));
    const auto asked = city.desk.get<Opportunity>(waiting.id);
    QCOMPARE(asked.claimRemindLevel, 0);
    city.desk.clock.set(city.calendar.after(asked.custodySince, infoTime / 2));
    (void)city.runJobs();
    QCOMPARE(city.desk.get<Opportunity>(waiting.id).claimRemindLevel, int(ClaimMark::Remind));
}

void TestDispatchClocks::whatIsDispatchedInTimeRemindsNobodyOfTheQueue()
{
    City city;
    const Opportunity waiting = city.lying(CustodyState::Returned);
    const auto late = dueClaimJobs(city.desk.store(), waiting.claimDueAt, city.calendar);
    QCOMPARE(late.size(), 1u);
    DispatchOpportunity give;
    give.opportunity = waiting.id;
    give.staff = city.manager.id;
    QVERIFY(city.desk.run(city.dispatcher, give));
    QCOMPARE(reasonOf(city.desk.runAsSystem(late.front())), u"opportunity.stale"_s);
    city.desk.clock.set(waiting.claimDueAt);
    (void)city.runJobs();
    QVERIFY(!city.noticesOf(city.dispatcher).contains(u"queue_reminder"_s));
}

void TestDispatchClocks::aQuestionHasAClockThatRemindsAndTakesBack()
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

void TestDispatchClocks::theTaskOfAQuestionEndsWithTheOpportunity()
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
void TestDispatchClocks::theCustomersDeputyAndTheTeamsSupervisorHearOfALateClaim()
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

void TestDispatchClocks::whoManagesTheAreaHearsWhereATeamHasNobody()
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

void TestDispatchClocks::aTaskRemindsOnceWhenItsTimeComes()
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

void TestDispatchClocks::aTaskWithoutAReminderRemindsWhenItIsDue()
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

QTEST_GUILESS_MAIN(TestDispatchClocks)
#include "tst_dispatch_clocks.moc"
