#include "gui/one_desk.h"

#include "base/date_text.h"
#include "domain/contact.h"
#include "domain/notification.h"
#include "domain/task.h"
#include "ui/pages/list_pane.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/kpi_tile.h"
#include "ui/widgets/page_header.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>
#include <QToolButton>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// The first page: its numbers are those of its lists, and what was done can be taken back.
class TestToday : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tileCountsWhatTheListShows();
    void claimIsListedAndClaimedByKey();
    void doneTaskIsOpenAgainAfterUndo();
    void doneNotesTheFirstContactItIsAbout();
    void doneAsksForTheAnswerItIsAbout();
    void nobodyGivesATaskOfTheServersKind();
    void misunderstoodDueDateIsRefused();
    void closedQuestionKeepsItsText();
    void undoInATextFieldUndoesTheText();
    void weekStripCountsADayAndOpensIt();
    void noticesHaveAHeaderOfTheirOwn();
    void tileOpensAsManyAsItSays();
    void undoMakesNoOtherRecordOfOneThatIsSpokenOf();
    void cardWithoutACustomerKeepsItsPartsTogether();

private:
    static RecordId addTask(OneDesk &at, const RecordId &assignee, const RecordId &queue)
    {
        Task task;
        task.title = u"回访"_s;
        task.assigneeId = assignee;
        task.queueId = queue;
        task.accountId = at.hospital;
        task.areaId = at.area;
        return at.office.add(task);
    }
    static RecordId addTaskAbout(OneDesk &at, TaskKind kind, const RecordId &opportunity,
                                 const RecordId &assignee)
    {
        Task task;
        task.kind = kind;
        task.title = u"新装专线"_s;
        task.assigneeId = assignee;
        task.subjectEntity = u"opportunity"_s;
        task.subjectId = opportunity;
        task.accountId = at.hospital;
        task.areaId = at.area;
        return at.office.add(task);
    }
    static void addNotice(OneDesk &at, const QString &title, Instant readAt = {})
    {
        Notification notice;
        notice.staffId = at.manager;
        notice.title = title;
        notice.at = {SystemClock().now().ms - hour};
        notice.readAt = readAt;
        at.office.add(notice);
    }
    static QString tileOf(DesktopDriver &person, const QString &label)
    {
        for (const auto *tile : person.window().findChildren<KpiTile *>()) {
            if (tile->isVisible() && tile->accessibleName().contains(label))
                return tile->accessibleName();
        }
        return {};
    }
};

#define WELL(person) QVERIFY2((person).problem().isEmpty(), qPrintable((person).problem()))

void TestToday::tileCountsWhatTheListShows()
{
    OneDesk at;
    addTask(at, at.manager, {});
    addTask(at, {}, at.team);
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilPage(u"today"_s);
    auto *list = manager.window().page(u"today"_s)->findChild<ListPane *>(u"today.pane"_s);
    QVERIFY(list);
    QTRY_COMPARE(list->model().rowCount(), 2);
    QTRY_VERIFY2(tileOf(manager, u"Open tasks"_s).contains(u'2'),
                 qPrintable(tileOf(manager, u"Open tasks"_s)));
    WELL(manager);
}

void TestToday::claimIsListedAndClaimedByKey()
{
    OneDesk at;
    Opportunity waiting = at.owned(u"新装专线"_s);
    waiting.custodyState = CustodyState::Dispatched;
    waiting.ownerId = {};
    waiting.claimedAt = {};
    waiting.dispatchedAt = {SystemClock().now().ms - hour};
    waiting.claimDueAt = {SystemClock().now().ms + hour};
    const RecordId id = at.office.add(waiting);
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilPage(u"today"_s);
    manager.until(u"it is listed"_s, [&] { return manager.find(u"today.claims.list"_s); });
    manager.tabTo(u"today.claims.list"_s).press(u"C"_s).untilSettled();
    WELL(manager);
    QCOMPARE(keyOf(at.onServer<Opportunity>(id).custodyState), keyOf(CustodyState::Claimed));
    manager.until(u"nothing waits any more"_s,
                  [&] { return !manager.find(u"today.claims.list"_s); });
    WELL(manager);
}

void TestToday::doneTaskIsOpenAgainAfterUndo()
{
    OneDesk at;
    const RecordId task = addTask(at, at.manager, {});
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilPage(u"today"_s);
    auto *list = manager.window().page(u"today"_s)->findChild<ListPane *>(u"today.pane"_s);
    QTRY_COMPARE(list->model().rowCount(), 1);
    manager.press(u"D"_s).untilSettled();
    QCOMPARE(keyOf(at.onServer<Task>(task).state), keyOf(TaskState::Done));
    manager.press(u"Ctrl+Z"_s);
    manager.until(u"it is open again"_s,
                  [&] { return at.onServer<Task>(task).state == TaskState::Open; });
    manager.untilSettled();
    QVERIFY(manager.workbench().rejected().empty());
    QVERIFY(at.onServer<Task>(task).completedAt.isNull());
    WELL(manager);
}

void TestToday::doneNotesTheFirstContactItIsAbout()
{
    OneDesk at;
    const RecordId id = at.office.add(at.owned(u"新装专线"_s));
    const RecordId task = addTaskAbout(at, TaskKind::FirstContact, id, at.manager);
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilPage(u"today"_s);
    auto *list = manager.window().page(u"today"_s)->findChild<ListPane *>(u"today.pane"_s);
    QTRY_COMPARE(list->model().rowCount(), 1);
    manager.press(u"D"_s).untilSettled();
    QVERIFY(!at.onServer<Opportunity>(id).firstContactAt.isNull());
    QCOMPARE(keyOf(at.onServer<Task>(task).state), keyOf(TaskState::Done));
    QTRY_COMPARE(list->model().rowCount(), 0);
    WELL(manager);
}

void TestToday::doneAsksForTheAnswerItIsAbout()
{
    OneDesk at;
    Opportunity asked = at.owned(u"新装专线"_s);
    asked.custodyState = CustodyState::NeedsInfo;
    asked.ownerId = asked.assigneeId = {};
    asked.claimedAt = {};
    asked.infoQuestion = u"要几条？"_s;
    const RecordId id = at.office.add(asked);
    addTaskAbout(at, TaskKind::SupplyInfo, id, at.agent);
    DesktopDriver &agent = at.enter(u"1131"_s);
    agent.untilPage(u"today"_s);
    auto *list = agent.window().page(u"today"_s)->findChild<ListPane *>(u"today.pane"_s);
    QTRY_COMPARE(list->model().rowCount(), 1);
    agent.press(u"D"_s).untilFocused(u"answer.text"_s);
    agent.fill(u"answer.text"_s, u"三条"_s).press(u"Ctrl+Return"_s).untilSettled();
    WELL(agent);
    QVERIFY(at.onServer<Opportunity>(id).custodyState != CustodyState::NeedsInfo);
}

void TestToday::nobodyGivesATaskOfTheServersKind()
{
    OneDesk at;
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilPage(u"today"_s).press(u"Ctrl+N"_s).untilFocused(u"task.title"_s);
    const auto *kinds = manager.find<QComboBox>(u"task.kind"_s);
    QVERIFY(kinds);
    QVERIFY(kinds->findData(keyOf(TaskKind::Callback)) >= 0);
    QCOMPARE(kinds->findData(keyOf(TaskKind::FirstContact)), -1);
    QCOMPARE(kinds->findData(keyOf(TaskKind::SupplyInfo)), -1);
}

void TestToday::misunderstoodDueDateIsRefused()
{
    OneDesk at;
    const RecordId id = at.office.add(at.owned(u"新装专线"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.window().openRecord(u"opportunity"_s, id.text());
    manager.untilPage(u"opportunities"_s).press(u"T"_s).untilFocused(u"task.title"_s);
    manager.type(u"上门勘察"_s).fill(u"task.due_at"_s, u"过完年"_s).press(u"Ctrl+Return"_s);
    manager.untilStill();
    QVERIFY(manager.find(u"task.due_at"_s));
    QVERIFY(at.allOnServer<Task>("title = '上门勘察'").empty());
    manager.fill(u"task.due_at"_s, u"+3"_s).press(u"Ctrl+Return"_s);
    manager.until(u"the task is given"_s, [&] { return !manager.find(u"task.due_at"_s); });
    manager.untilSettled();
    WELL(manager);
    QCOMPARE(at.allOnServer<Task>("title = '上门勘察'").size(), std::size_t(1));
}

void TestToday::closedQuestionKeepsItsText()
{
    OneDesk at;
    const RecordId id = at.office.add(at.owned(u"新装专线"_s));
    const RecordId other = at.office.add(at.owned(u"短号集群网"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    const auto typedFor = [&](const RecordId &record) {
        manager.window().openRecord(u"opportunity"_s, record.text());
        manager.untilPage(u"opportunities"_s).press(u"R"_s).untilFocused(u"ask.choice"_s);
        manager.tabTo(u"ask.text"_s);
        const auto *text = manager.find<QPlainTextEdit>(u"ask.text"_s);
        return text ? text->toPlainText() : u"(closed)"_s;
    };
    QCOMPARE(typedFor(id), QString());
    manager.type(u"客户属于其他分公司"_s).press(u"Escape"_s);
    manager.until(u"it is closed"_s, [&] { return !manager.find(u"ask"_s); });
    QCOMPARE(typedFor(other), QString());
    manager.press(u"Escape"_s).until(u"it is closed"_s, [&] { return !manager.find(u"ask"_s); });
    QCOMPARE(typedFor(id), u"客户属于其他分公司"_s);
    manager.press(u"Ctrl+Return"_s).untilSettled();
    WELL(manager);
    QCOMPARE(keyOf(at.onServer<Opportunity>(id).custodyState), keyOf(CustodyState::Returned));
    QCOMPARE(manager.workbench().draft(u"ask/return/"_s + id.text()), QString());
}

void TestToday::undoInATextFieldUndoesTheText()
{
    OneDesk at;
    const RecordId task = addTask(at, at.manager, {});
    const RecordId id = at.office.add(at.owned(u"新装专线"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilPage(u"today"_s);
    auto *list = manager.window().page(u"today"_s)->findChild<ListPane *>(u"today.pane"_s);
    QTRY_COMPARE(list->model().rowCount(), 1);
    manager.press(u"D"_s).untilSettled();
    manager.window().openRecord(u"opportunity"_s, id.text());
    manager.untilPage(u"opportunities"_s).press(u"N"_s).untilFocused(u"opportunity.note"_s);
    manager.type(u"客户"_s).press(u"Ctrl+Z"_s).untilSettled();
    QCOMPARE(manager.find<QLineEdit>(u"opportunity.note"_s)->text(), QString());
    QCOMPARE(keyOf(at.onServer<Task>(task).state), keyOf(TaskState::Done));
    WELL(manager);
}

void TestToday::weekStripCountsADayAndOpensIt()
{
    OneDesk at;
    const QDate today = businessDate(SystemClock().now());
    const QDate other = today.addDays(today.dayOfWeek() == Qt::Sunday ? -1 : 1);
    const auto dueOn = [&](QDate date, TaskKind kind) {
        Task task;
        task.title = date.toString(Qt::ISODate);
        task.kind = kind;
        task.assigneeId = at.manager;
        task.accountId = at.hospital;
        task.areaId = at.area;
        task.dueAt = nineOn(date);
        return at.office.add(task);
    };
    dueOn(today, TaskKind::FollowUp);
    dueOn(other, TaskKind::FollowUp);
    const RecordId visit = dueOn(other, TaskKind::Visit);
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilPage(u"today"_s);
    auto *list = manager.window().page(u"today"_s)->findChild<ListPane *>(u"today.pane"_s);
    QTRY_COMPARE(list->model().rowCount(), 3);
    const QString day = u"week."_s + other.toString(Qt::ISODate);
    manager.until(u"the day says what is due on it"_s, [&] {
        const QWidget *cell = manager.find(day);
        return cell && cell->accessibleName().contains(u"1 visit(s), 1 due"_s);
    });
    manager.tabTo(day).press(u"Space"_s).untilStill();
    WELL(manager);
    QTRY_COMPARE(list->model().rowCount(), 2);
    QVERIFY(list->model().rowOf(visit.text()) >= 0);
    manager.press(u"Space"_s).untilStill();
    QTRY_COMPARE(list->model().rowCount(), 3);
    WELL(manager);
}

void TestToday::noticesHaveAHeaderOfTheirOwn()
{
    OneDesk at;
    addNotice(at, u"客户投诉"_s);
    addNotice(at, u"资费调整"_s, {SystemClock().now().ms - minute});
    addTask(at, at.manager, {});
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilPage(u"today"_s);
    Workspace *page = manager.window().page(u"today"_s);
    page->showFiltered(u"notices"_s);
    auto *told = page->findChild<ListPane *>(u"today.notices.pane"_s);
    auto *tasks = page->findChild<ListPane *>(u"today.pane"_s);
    QTRY_COMPARE(told->model().rowCount(), 2);
    QVERIFY(told->header().isVisible());
    QVERIFY(!told->header().searchField().isVisible()); // notices are in no index
    QVERIFY(!tasks->header().isVisible());
    manager.tabTo(u"chip.unread"_s).press(u"Space"_s).untilStill();
    WELL(manager);
    QTRY_COMPARE(told->model().rowCount(), 1);
    QCOMPARE(tasks->model().rowCount(), 1);
}

void TestToday::tileOpensAsManyAsItSays()
{
    OneDesk at;
    addNotice(at, u"客户投诉"_s);
    addNotice(at, u"资费调整"_s, {SystemClock().now().ms - minute});
    addTask(at, at.manager, {});
    addTask(at, at.manager, {});
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilPage(u"today"_s);
    Workspace *page = manager.window().page(u"today"_s);
    auto *told = page->findChild<ListPane *>(u"today.notices.pane"_s);
    auto *tasks = page->findChild<ListPane *>(u"today.pane"_s);
    QTRY_COMPARE(told->model().rowCount(), 2);
    manager.tabTo(u"today.list"_s).press(u"Ctrl+F"_s).type(u"没有"_s).press(u"Return"_s);
    QTRY_COMPARE(tasks->model().rowCount(), 0);
    manager.tabTo(u"tile.notices"_s).press(u"Return"_s).untilStill();
    QTRY_COMPARE(told->model().rowCount(), 1);
    manager.tabTo(u"tile.tasks"_s).press(u"Return"_s).untilStill();
    WELL(manager);
    QTRY_COMPARE(tasks->model().rowCount(), 2);
}

void TestToday::undoMakesNoOtherRecordOfOneThatIsSpokenOf()
{
    OneDesk at;
    Contact contact;
    contact.accountId = at.hospital;
    contact.areaId = at.area;
    contact.name = u"欧阳建国"_s;
    const RecordId head = at.office.add(contact);
    contact.name = u"刘工"_s;
    contact.reportsToId = head;
    at.office.add(contact);
    contact.name = u"王护士"_s;
    contact.reportsToId = {};
    const RecordId alone = at.office.add(contact);
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilPage(u"today"_s);
    const auto remove = [&](const RecordId &id, const QString &name) {
        manager.window().openRecord(u"contact"_s, id.text());
        manager.untilPage(u"customers"_s).tabTo(u"customer360.people.list"_s).press(u"Del"_s);
        manager.until(name, [&] { return manager.find(u"ask.remove.yes"_s); });
        manager.tabTo(u"ask.remove.yes"_s).press(u"Return"_s).untilSettled();
        manager.until(u"it is removed"_s,
                      [&] { return !manager.workbench().reader().findRow(u"contact"_s, id); });
    };
    remove(head, u"the question about the head"_s);
    WELL(manager);
    manager.press(u"Ctrl+Z"_s).untilSettled();
    QVERIFY(at.allOnServer<Contact>("deleted_at IS NULL AND name = '欧阳建国'").empty());
    remove(alone, u"the question about the other"_s);
    manager.press(u"Ctrl+Z"_s).until(u"the other is there again"_s, [&] {
        return at.allOnServer<Contact>("deleted_at IS NULL AND name = '王护士'").size() == 1;
    });
    WELL(manager);
}

void TestToday::cardWithoutACustomerKeepsItsPartsTogether()
{
    OneDesk at;
    Task task;
    task.title = u"核对本周转回商机的原因"_s;
    task.assigneeId = at.manager;
    task.areaId = at.area;
    at.office.add(task);
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilPage(u"today"_s).untilStill();
    auto *card = qobject_cast<QWidget *>(manager.find(u"today.card"_s));
    QVERIFY(card);
    const auto buttons = card->findChildren<QToolButton *>();
    QVERIFY(!buttons.isEmpty() && buttons.first()->isVisible());
    const int bottom = buttons.first()->mapTo(card, QPoint(0, buttons.first()->height())).y();
    // A line for the title, one for the badges, one for the acts.
    QVERIFY2(bottom < card->height() / 3,
             qPrintable(u"%1 of %2"_s.arg(bottom).arg(card->height())));
    WELL(manager);
}

QTEST_MAIN(TestToday)
#include "tst_today.moc"
