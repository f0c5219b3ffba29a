#include "support/desktop/desktop_driver.h"
#include "support/office.h"

#include "commands/edit_record.h"
#include "commands/record_commands.h"
#include "domain/account.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/contact.h"
#include "domain/entities.h"
#include "domain/opportunity.h"
#include "domain/routing_decision.h"
#include "domain/task.h"
#include "domain/team.h"
#include "rules/routing.h"
#include "ui/pages/command_text.h"
#include "ui/pages/list_pane.h"
#include "ui/pages/routing_panel.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/diff_row.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// The acts of the pages that are rarer than claim and stage, each by keyboard, against a server in
// this process.
class TestPageActs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void classFilterFindsTheCustomersOfItsClass();
    void askedQuestionIsAnsweredByKeyboard();
    void snoozedTaskLeavesTheListUntilItsTime();
    void dispatcherPutsItIntoAQueueWhenNobodyFits();
    void contactIsAddedByKeyboard();
    void customerIsMadeAndGetsAnOpportunity();
    void routeShowsWhoWasConsideredAndWhyNot();
    void unsentCommandIsTakenBackInTheSyncCentre();
    void refusedCommandsOfOneRecordAreOneCase();
    void caseIsSentAgainWithTheSettledFieldsOfAllItsCommands();
    void choiceInAConflictOutlivesNewsFromTheServer();
    void recordWithoutPageOpensItsCustomer();

private:
    RecordId addPerson(const QString &code, Role role);
    void enter(const QString &user);
    /// Changes one field of the account here while somebody changes it on the server.
    void collide(const QString &field, const QString &mine, const QString &theirs);
    void showRefused(std::size_t expected);
    template <class T>
    T onServer(const RecordId &id)
    {
        return fromRow<T>(
            *m_office->store().find(m_catalog.entity(QString::fromLatin1(Schema<T>::table)), id));
    }

    Catalog m_catalog = makeCatalog();
    CommandRegistry m_registry = makeCommandRegistry();
    Language m_language;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Office> m_office;
    std::unique_ptr<DesktopDriver> m_desk;
    RecordId m_area;
    RecordId m_queue;
    RecordId m_manager;
    RecordId m_account;
    RecordId m_asked;
    RecordId m_waiting;
    RecordId m_task;
};

RecordId TestPageActs::addPerson(const QString &code, Role role)
{
    Staff staff;
    staff.code = code;
    staff.name = u"员工"_s + code;
    staff.roles.keys = {keyOf(role)};
    staff.areaId = m_area;
    return m_office->add(staff);
}

void TestPageActs::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_office = std::make_unique<Office>(m_catalog, m_registry);
    Area area;
    area.code = u"KM"_s;
    area.name = u"昆明"_s;
    m_area = m_office->add(area);
    Team team;
    team.code = u"T-OPS"_s;
    team.name = u"运营中心"_s;
    team.kind = TeamKind::OperationsCentre;
    team.areaId = m_area;
    team.hasQueue = true;
    m_queue = m_office->add(team);
    m_manager = addPerson(u"1101"_s, Role::AccountManager);
    addPerson(u"1102"_s, Role::Dispatcher);

    Account account;
    account.name = u"春城医院"_s;
    account.valueClass = ValueClass::B;
    account.areaId = m_area;
    account.ownerStaffId = m_manager;
    m_account = m_office->add(account);
    Assignment assignment;
    assignment.accountId = m_account;
    assignment.areaId = m_area;
    assignment.staffId = m_manager;
    assignment.role = AssignmentRole::MainAm;
    m_office->add(assignment);

    Opportunity opportunity;
    opportunity.title = u"新装专线"_s;
    opportunity.accountId = m_account;
    opportunity.accountName = account.name;
    opportunity.areaId = m_area;
    opportunity.capturedBy = m_manager;
    opportunity.custodyState = CustodyState::NeedsInfo;
    opportunity.queueId = m_queue;
    opportunity.infoQuestion = u"需要多少条？"_s;
    m_asked = m_office->add(opportunity);
    opportunity.title = u"短号集群网"_s;
    opportunity.custodyState = CustodyState::Dispatching;
    opportunity.transferCount = 1;
    opportunity.claimEpoch = 1;
    m_waiting = m_office->add(opportunity);
    Task task;
    task.title = u"回访院办"_s;
    task.assigneeId = m_manager;
    task.accountId = m_account;
    m_task = m_office->add(task);
    RoutingDecision decision;
    decision.opportunityId = m_waiting;
    decision.accountId = m_account;
    decision.areaId = m_area;
    decision.ruleName = u"客户经理优先"_s;
    decision.rejectedReason = CustodyReason::NoCapacity;
    decision.candidates =
        u"[{\"name\":\"员工1101\",\"load\":20,\"capacity\":20,\"rejected\":\"full\"}]"_s;
    m_office->add(decision);
    m_office->open();
}

void TestPageActs::cleanup()
{
    m_desk.reset();
    m_office.reset();
}

void TestPageActs::enter(const QString &user)
{
    m_desk = std::make_unique<DesktopDriver>(user, m_language, m_directory->path(),
                                             QSize(1366, 768), m_office->links());
    m_desk->signIn(u"office:1"_s, user, u"secret"_s,
                   u"keydesk://office:1/#"_s + QString(64, u'a') + u"/ABCD-EFGH"_s);
    QCOMPARE(m_desk->problem(), QString());
}

void TestPageActs::classFilterFindsTheCustomersOfItsClass()
{
    enter(u"1101"_s);
    m_desk->press(u"Alt+2"_s).untilPage(u"customers"_s);
    auto *list = m_desk->window().page(u"customers"_s)->findChild<ListPane *>();
    QVERIFY(list);
    list->showFiltered({u"ab"_s});
    m_desk->untilStill();
    QCOMPARE(list->model().rowCount(), 1);
    list->showFiltered({u"tier"_s});
    m_desk->untilStill();
    QCOMPARE(list->model().rowCount(), 0);
}

void TestPageActs::askedQuestionIsAnsweredByKeyboard()
{
    enter(u"1101"_s);
    m_desk->window().openRecord(u"opportunity"_s, m_asked.text());
    m_desk->untilPage(u"opportunities"_s).press(u"I"_s);
    m_desk->until(u"the question is open"_s, [this] { return m_desk->find(u"answer"_s); });
    m_desk->fill(u"answer.text"_s, u"三条，每条20M"_s).press(u"Ctrl+Return"_s).untilSettled();
    QCOMPARE(m_desk->problem(), QString());
    QCOMPARE(onServer<Opportunity>(m_asked).infoAnswer, u"三条，每条20M"_s);
    QVERIFY(onServer<Opportunity>(m_asked).custodyState != CustodyState::NeedsInfo);
}

void TestPageActs::snoozedTaskLeavesTheListUntilItsTime()
{
    enter(u"1101"_s);
    m_desk->untilPage(u"today"_s);
    auto *list = m_desk->window().page(u"today"_s)->findChild<ListPane *>(u"today.pane"_s);
    QTRY_COMPARE(list->model().rowCount(), 1);
    m_desk->press(u"L"_s);
    m_desk->until(u"the task is gone"_s, [list] { return list->model().rowCount() == 0; });
    m_desk->untilSettled();
    QCOMPARE(m_desk->problem(), QString());
    QVERIFY(!onServer<Task>(m_task).snoozedUntil.isNull());
    m_desk->window().page(u"today"_s)->showFiltered(u"snoozed"_s);
    m_desk->until(u"it waits under Later"_s, [list] { return list->model().rowCount() == 1; });
    QCOMPARE(m_desk->problem(), QString());
}

void TestPageActs::dispatcherPutsItIntoAQueueWhenNobodyFits()
{
    enter(u"1102"_s);
    m_desk->window().goTo(u"dispatch"_s);
    m_desk->untilPage(u"dispatch"_s);
    auto *list = m_desk->window().page(u"dispatch"_s)->findChild<ListPane *>();
    QTRY_COMPARE(list->model().rowCount(), 2); // what waits for information is seen too
    QVERIFY(list->select(m_waiting.text()));
    m_desk->press(u"P"_s);
    m_desk->until(u"the picker is open"_s, [this] { return m_desk->find(u"picker"_s); });
    m_desk->fill(u"picker.filter"_s, u"运营中心"_s).press(u"Return"_s).untilSettled();
    QCOMPARE(m_desk->problem(), QString());
    const auto given = onServer<Opportunity>(m_waiting);
    QCOMPARE(keyOf(given.custodyState), keyOf(CustodyState::Dispatched));
    QCOMPARE(given.queueId.text(), m_queue.text());
}

void TestPageActs::contactIsAddedByKeyboard()
{
    enter(u"1101"_s);
    m_desk->window().openRecord(u"account"_s, m_account.text());
    m_desk->untilPage(u"customers"_s).tabTo(u"customer360.people.list"_s).press(u"Ins"_s);
    m_desk->until(u"the form is open"_s, [this] { return m_desk->find(u"create.contact"_s); });
    m_desk->fill(u"contact.name"_s, u"刘主任"_s).press(u"Ctrl+Return"_s).untilSettled();
    QCOMPARE(m_desk->problem(), QString());
    const auto rows = m_office->store().select(m_catalog.entity(u"contact"_s), "account_id = ?",
                                               {Cell(m_account.text())});
    QCOMPARE(rows.size(), std::size_t(1));
    QCOMPARE(fromRow<Contact>(rows.front()).name, u"刘主任"_s);
}

void TestPageActs::customerIsMadeAndGetsAnOpportunity()
{
    enter(u"1101"_s);
    m_desk->press(u"Alt+2"_s).untilPage(u"customers"_s).press(u"Ctrl+N"_s);
    m_desk->until(u"the form is open"_s, [this] { return m_desk->find(u"create.account"_s); });
    m_desk->press(u"Ctrl+Return"_s); // without a name it stays
    QVERIFY(m_desk->find(u"create.account"_s));
    m_desk->fill(u"account.name"_s, u"滇池学校"_s).press(u"Ctrl+Return"_s);
    m_desk->until(u"the new customer is open"_s, [this] {
        const auto *name = m_desk->find<QLabel>(u"customer360.name"_s);
        return name && name->text() == u"滇池学校"_s;
    });
    m_desk->untilSettled();
    QCOMPARE(m_desk->problem(), QString());
    const auto rows = m_office->store().select(m_catalog.entity(u"account"_s), "name = ?",
                                               {Cell(u"滇池学校"_s)});
    QCOMPARE(rows.size(), std::size_t(1));
    QCOMPARE(fromRow<Account>(rows.front()).areaId.text(), m_area.text());
    m_desk->tabTo(u"customer360.timeline"_s).press(u"O"_s).untilPage(u"hotline"_s);
    const auto *caller = m_desk->find<QLabel>(u"hotline.caller"_s);
    QVERIFY(caller);
    QCOMPARE(caller->text(), u"滇池学校"_s);
    QCOMPARE(m_desk->focusName(), u"opportunity.need_kinds"_s);
    QCOMPARE(m_desk->problem(), QString());
}

void TestPageActs::routeShowsWhoWasConsideredAndWhyNot()
{
    enter(u"1101"_s);
    m_desk->window().openRecord(u"opportunity"_s, m_waiting.text());
    m_desk->untilPage(u"opportunities"_s);
    auto *route = m_desk->window().findChild<RoutingPanel *>(u"opportunity.routing"_s);
    QVERIFY(route);
    QStringList considered;
    for (const auto *name : route->findChildren<QLabel *>(u"routing.person"_s))
        considered.append(name->text());
    QCOMPARE(considered, QStringList{u"员工1101"_s});
    const auto verdicts = route->findChildren<BadgeLabel *>(u"routing.verdict"_s);
    QCOMPARE(verdicts.size(), 1);
    QCOMPARE(verdicts.front()->accessibleName(), labelOf(CandidateRefusal::Full));
}

void TestPageActs::unsentCommandIsTakenBackInTheSyncCentre()
{
    enter(u"1101"_s);
    m_desk->setCable(false);
    AddNote note;
    note.entity = u"account"_s;
    note.record = m_account;
    note.body = u"院长出差"_s;
    m_desk->workbench().run(callOf(note));
    m_desk->until(u"it is queued"_s, [this] { return m_desk->workbench().queue().size() == 1; });
    m_desk->window().goTo(u"sync"_s);
    m_desk->untilPage(u"sync"_s).tabTo(u"sync.list"_s).press(u"Home"_s).press(u"Down"_s);
    QVERIFY(m_desk->find(u"sync.withdraw"_s));
    m_desk->press(u"X"_s); // what is not refused is not for this key
    QCOMPARE(m_desk->workbench().queue().size(), std::size_t(1));
    m_desk->tabTo(u"sync.withdraw"_s).press(u"Return"_s);
    m_desk->until(u"it is taken back"_s, [this] { return m_desk->workbench().queue().empty(); });
    QCOMPARE(m_desk->problem(), QString());
}

void TestPageActs::refusedCommandsOfOneRecordAreOneCase()
{
    const auto refused = [](qint64 no, const CommandCall &call) {
        return RejectedCommand{no, call, Error("record.changed"_reason), {}, {}};
    };
    CreateRecord account;
    account.entity = u"account"_s;
    const CommandCall first = callOf(account);
    CreateRecord contact;
    contact.entity = u"contact"_s;
    contact.values = {{u"account_id"_s, Cell(RecordId::derive(first.id, 0).text())}};
    AddNote other;
    other.entity = u"account"_s;
    other.record = m_account;
    const auto cases = casesOf(
        {refused(1, first), refused(2, callOf(other)), refused(3, callOf(contact))});
    QCOMPARE(cases.size(), std::size_t(2));
    QCOMPARE(cases.back().size(), std::size_t(2));
    QCOMPARE(cases.back().front().localNo, 1);
}

void TestPageActs::collide(const QString &field, const QString &mine, const QString &theirs)
{
    EditRecord edit;
    edit.entity = u"account"_s;
    edit.record = m_account;
    edit.seen = {{field, Cell()}};
    edit.patch = {{field, Cell(mine)}};
    m_desk->workbench().run(callOf(edit));
    edit.patch = {{field, Cell(theirs)}};
    m_office->runAs(m_manager, callOf(edit));
}

void TestPageActs::showRefused(std::size_t expected)
{
    m_desk->setCable(true);
    m_desk->until(u"they are refused"_s,
                  [this, expected] { return m_desk->workbench().rejected().size() == expected; });
    m_desk->window().goTo(u"sync"_s);
    m_desk->untilPage(u"sync"_s).tabTo(u"sync.list"_s).press(u"End"_s);
    m_desk->until(u"a conflict is shown"_s,
                  [this] { return m_desk->find(u"sync.diff.short_name"_s) != nullptr; });
}

void TestPageActs::caseIsSentAgainWithTheSettledFieldsOfAllItsCommands()
{
    enter(u"1101"_s);
    m_desk->setCable(false);
    collide(u"address"_s, u"东风路1号"_s, u"人民路2号"_s);
    collide(u"short_name"_s, u"春医"_s, u"春城"_s);
    showRefused(2);
    // Both conflicts are before one's eyes, also that of the command which is not chosen.
    const qint64 first = m_desk->workbench().rejected().front().localNo;
    QVERIFY(m_desk->find(u"sync.diff.address."_s + QString::number(first)));
    m_desk->press(u"1"_s).press(u"1"_s).press(u"R"_s);
    m_desk->until(u"both are accepted"_s, [this] {
        const auto account = onServer<Account>(m_account);
        return account.shortName == u"春医" && account.address == u"东风路1号";
    });
    m_desk->until(u"nothing is refused"_s, [this] {
        return m_desk->workbench().rejected().empty() && m_desk->workbench().queue().empty();
    });
    QCOMPARE(m_desk->problem(), QString());
}

void TestPageActs::choiceInAConflictOutlivesNewsFromTheServer()
{
    enter(u"1101"_s);
    m_desk->setCable(false);
    collide(u"short_name"_s, u"春医"_s, u"春城"_s);
    showRefused(1);
    auto *row = m_desk->find<DiffRow>(u"sync.diff.short_name"_s);
    QVERIFY(row);
    row->chooseTheirs();
    AddNote note;
    note.entity = u"account"_s;
    note.record = m_account;
    note.body = u"院长出差"_s;
    m_office->runAs(m_manager, callOf(note));
    const qint64 head = m_office->server().head();
    m_desk->until(u"the news is here"_s,
                  [this, head] { return m_desk->workbench().status().cursor >= head; });
    QVERIFY(m_desk->find<DiffRow>(u"sync.diff.short_name"_s) == row);
    m_desk->press(u"R"_s);
    m_desk->until(u"it is accepted"_s, [this] {
        return m_desk->workbench().rejected().empty() && m_desk->workbench().queue().empty();
    });
    QCOMPARE(onServer<Account>(m_account).shortName, u"春城"_s);
    QCOMPARE(m_desk->problem(), QString());
}

void TestPageActs::recordWithoutPageOpensItsCustomer()
{
    enter(u"1101"_s);
    const auto rows = m_desk->workbench().reader().store().select(m_catalog.entity(u"assignment"_s),
                                                                  "account_id = ?",
                                                                  {Cell(m_account.text())});
    QCOMPARE(rows.size(), std::size_t(1));
    m_desk->window().openRecord(u"assignment"_s, rows.front()[common_column::Id].text());
    m_desk->untilPage(u"customers"_s);
    QCOMPARE(m_desk->problem(), QString());
}

QTEST_MAIN(TestPageActs)
#include "tst_page_acts.moc"
