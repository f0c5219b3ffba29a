#include "support/city.h"

#include "commands/assignment_commands.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_claim.h"
#include "commands/opportunity_stage.h"
#include "commands/opportunity_transfer.h"
#include "commands/record_commands.h"
#include "commands/staff_commands.h"
#include "dispatch/number_series.h"
#include "domain/caller_card.h"
#include "domain/entities.h"
#include "domain/note.h"
#include "domain/routing_decision.h"
#include "domain/task.h"
#include "importing/reference_data.h"
#include "jobs/due_jobs.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// Who gets an opportunity, and what follows when it changes hands.
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
    void aTransferChangesOnlyCustodyFields();
    void childrenFollowTheHolder();
    void theHallsCustomerIsFollowedUpByAnAgent();
    void whoeverIsDisabledHoldsNothing();
    void aFailedRoutingLeavesItToTheDispatcher();
    void anAssignmentBeginsOnItsDay();
    void aDeputyLeavesTheCallerCardWhenHisDatesEnd();
    void theTelephoneManagersChannelNeedNotCoverTheClassForTheCopy();
    void theCopyStaysWhoeverHoldsTheDeal();
    void aDispatchersChoiceIsExplained();
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

void TestDispatch::aDeputyLeavesTheCallerCardWhenHisDatesEnd()
{
    City city;
    city.shop.phone = u"0871-65123456"_s;
    city.shop = city.desk.put(city.shop);
    const auto deputies = [&] {
        QStringList names;
        for (const CallerCard &card : city.desk.all<CallerCard>()) {
            if (card.accountId == city.shop.id)
                names.append(card.deputyName);
        }
        return names;
    };
    AssignAccount assign;
    assign.account = city.shop.id;
    assign.staff = city.manager.id;
    assign.role = AssignmentRole::Deputy;
    assign.from = QDate(2026, 3, 9);
    assign.until = QDate(2026, 3, 10);
    QVERIFY(city.desk.run(city.supervisor, assign));
    QCOMPARE(deputies(), QStringList{QString()});
    city.desk.clock.set(CommandDesk::at(u"2026-03-09T00:00:01"_s));
    for (const CommandCall &call : dueAssignmentJobs(city.desk.store(), city.desk.clock.now()))
        QVERIFY(city.desk.runAsSystem(call));
    QCOMPARE(deputies(), QStringList{city.manager.name});
    QVERIFY(dueAssignmentJobs(city.desk.store(), city.desk.clock.now()).empty());
    city.desk.clock.set(CommandDesk::at(u"2026-03-11T00:00:01"_s));
    for (const CommandCall &call : dueAssignmentJobs(city.desk.store(), city.desk.clock.now()))
        QVERIFY(city.desk.runAsSystem(call));
    QCOMPARE(deputies(), QStringList{QString()});
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
    const QJsonArray lines = QJsonDocument::fromJson(choice.candidates.toUtf8()).array();
    for (const auto &line : lines) {
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

QTEST_GUILESS_MAIN(TestDispatch)
#include "tst_dispatch.moc"
