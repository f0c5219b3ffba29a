#include "support/desktop/desktop_driver.h"
#include "support/office.h"

#include "domain/account.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/contact.h"
#include "domain/entities.h"
#include "domain/opportunity.h"
#include "domain/task.h"
#include "domain/team.h"
#include "models/csv_export.h"
#include "ui/pages/list_pane.h"
#include "ui/shell/command_words.h"
#include "ui/shell/idle_watch.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/record_picker.h"
#include "ui/widgets/toast.h"

#include <QAction>
#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QScreen>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// What every page owes a person without a mouse: the ring goes where one reads, each key does what
// it says, nothing acts beneath what lies on top. Real windows against a server in this process.
class TestKeyboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void f6ComesBackToTheList_data();
    void f6ComesBackToTheList();
    void tabGoesFromTheToolsToTheListToTheDetail();
    void altDigitClosesThePalette();
    void escapeClosesThePaletteWhereverTheFocusIs();
    void commandIsFoundInEitherLanguage_data();
    void commandIsFoundInEitherLanguage();
    void everyCommandOfAPageHasWordsOfBothLanguages();
    void commandIsListedOnce();
    void contactOpensItsCustomerAtTheContact();
    void enterKeepsWhatSpaceTicked();
    void filterHandsOverToTheListAndEscClearsIt();
    void listIsSortedFromItsMenu();
    void onlyMatchIsTaken();
    void enterPressesAButton();
    void currentStageIsNoMistake();
    void refusalLeavesWithTheNextSuccess();
    void editKeyGoesToTheFirstField();
    void windowFitsItsScreen();

    void secondEnterDispatchesNothing();
    void severalAreDispatchedAfterAQuestion();
    void clockAndNumberLeadTheDispatchList();
    void discardAtTheDeskAsksForAReasonCode();
    void visitMakesATaskOfTheNextStep();
    void lockKeepsWhatIsTyped();
    void leavingSaysWhatIsNotSent();
    void idleWatchTellsOnce();
    void messagesAreOneOfAKindAndClearOfTheStatusLine();
    void exportWritesEveryRowWithItsNumber();
    void leaderSeesTheBoardOfHisScope();
    void customerListNamesTheManagerAndWhatIsOpen();
    void orgChartFollowsWhoReportsToWhom();
    void newPersonIsThatPersonAtTheSecondSave();
    void taskIsPutOffUntilTomorrow();

private:
    RecordId addPerson(const QString &code, Role role);
    void enter(const QString &user);
    /// How many opportunities of the server are in this state.
    int countOf(CustodyState state);
    /// Types into the palette and waits for the first row.
    void ask(const QString &text);

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
    RecordId m_contact;
    RecordId m_held;
};

#define WELL() QVERIFY2(m_desk->problem().isEmpty(), qPrintable(m_desk->problem()))

RecordId TestKeyboard::addPerson(const QString &code, Role role)
{
    Staff staff;
    staff.code = code;
    staff.name = u"员工"_s + code;
    staff.roles.keys = {keyOf(role)};
    staff.areaId = m_area;
    return m_office->add(staff);
}

void TestKeyboard::init()
{
    m_language.install(QLocale::Chinese);
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
    addPerson(u"1103"_s, Role::DeptManager);
    addPerson(u"1001"_s, Role::Administrator);

    for (const QString &name : {u"春城医院"_s, u"滇池学院"_s}) {
        Account account;
        account.name = name;
        account.areaId = m_area;
        account.ownerStaffId = m_manager;
        const RecordId id = m_office->add(account);
        Assignment assignment;
        assignment.accountId = id;
        assignment.areaId = m_area;
        assignment.staffId = m_manager;
        m_office->add(assignment);
        if (m_account.isNull() || name == u"春城医院")
            m_account = id;
    }
    Contact contact;
    contact.accountId = m_account;
    contact.areaId = m_area;
    contact.name = u"欧阳建国"_s;
    m_contact = m_office->add(contact);
    contact.name = u"刘工"_s;
    contact.reportsToId = m_contact;
    m_office->add(contact);
    Opportunity opportunity;
    opportunity.title = u"新装专线"_s;
    opportunity.accountId = m_account;
    opportunity.accountName = u"春城医院"_s;
    opportunity.areaId = m_area;
    opportunity.custodyState = CustodyState::Claimed;
    opportunity.ownerId = m_manager;
    opportunity.salesStage = SalesStage::Talk;
    m_held = m_office->add(opportunity);
    for (const QString &title : {u"云桌面"_s, u"短号集群网"_s}) {
        opportunity.title = title;
        opportunity.custodyState = CustodyState::Dispatching;
        opportunity.ownerId = {};
        opportunity.queueId = m_queue;
        m_office->add(opportunity);
    }
    Task task;
    task.title = u"回访院办"_s;
    task.assigneeId = m_manager;
    task.accountId = m_account;
    m_office->add(task);
    m_office->open();
}

void TestKeyboard::cleanup()
{
    m_desk.reset();
    m_office.reset();
}

void TestKeyboard::enter(const QString &user)
{
    m_desk = std::make_unique<DesktopDriver>(user, m_language, m_directory->path() + user,
                                             QSize(1366, 768), m_office->links());
    m_desk->signIn(u"office:1"_s, user, u"secret"_s,
                   u"keydesk://office:1/#"_s + QString(64, u'a') + u"/ABCD-EFGH"_s);
    WELL();
}

int TestKeyboard::countOf(CustodyState state)
{
    return int(
        m_office->store()
            .select(m_catalog.entity(u"opportunity"_s), "custody_state = ?", {Cell(keyOf(state))})
            .size());
}

void TestKeyboard::ask(const QString &text)
{
    m_desk->press(u"Ctrl+K"_s).untilFocused(u"paletteEdit"_s).type(text);
    m_desk->until(text + u" is found"_s, [this] {
        const auto *list = m_desk->find<QListView>(u"paletteList"_s);
        return list && list->model()->rowCount() > 0;
    });
}

void TestKeyboard::f6ComesBackToTheList_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("list");
    QTest::newRow("today") << u"1101"_s << u"today"_s << u"today.list"_s;
    QTest::newRow("dispatch") << u"1102"_s << u"dispatch"_s << u"dispatch.list"_s;
    QTest::newRow("administration") << u"1001"_s << u"admin"_s << u"admin.staff.list"_s;
}

void TestKeyboard::f6ComesBackToTheList()
{
    QFETCH(QString, user);
    QFETCH(QString, page);
    QFETCH(QString, list);
    enter(user);
    m_desk->window().goTo(page);
    m_desk->untilPage(page).untilFocused(list);
    QStringList visited;
    for (int i = 0; i < 6 && !visited.contains(list); ++i) {
        m_desk->press(u"F6"_s);
        visited.append(m_desk->focusName());
    }
    WELL();
    QVERIFY2(visited.contains(list), qPrintable(visited.join(u' ')));
    QVERIFY(visited.size() > 1);
}

void TestKeyboard::tabGoesFromTheToolsToTheListToTheDetail()
{
    enter(u"1101"_s);
    m_desk->window().goTo(u"opportunities"_s);
    m_desk->untilPage(u"opportunities"_s).press(u"Ctrl+F"_s).untilFocused(u"pageSearch"_s);
    QStringList stops;
    for (int i = 0; i < 12 && !stops.contains(u"opportunities.list"_s); ++i) {
        m_desk->press(u"Tab"_s);
        stops.append(m_desk->focusName());
    }
    m_desk->press(u"Ctrl+F"_s).press(u"Shift+Tab"_s);
    WELL();
    QCOMPARE(m_desk->focusName(), u"view.inbox"_s);
    const qsizetype list = stops.indexOf(u"opportunities.list"_s);
    QVERIFY2(list > 0, qPrintable(stops.join(u' ')));
    QVERIFY(stops.indexOf(u"chip.claim"_s) >= 0 && stops.indexOf(u"chip.claim"_s) < list);
    QVERIFY(!stops.contains(u"qt_scrollarea_viewport"_s));
    m_desk->window().goTo(u"opportunities"_s);
    QVERIFY(m_desk->focusName() == u"opportunities.list");
    m_desk->press(u"Tab"_s);
    QVERIFY2(m_desk->focusName().startsWith(u"opportunity."), qPrintable(m_desk->focusName()));
}

void TestKeyboard::altDigitClosesThePalette()
{
    enter(u"1101"_s);
    m_desk->press(u"Ctrl+K"_s).untilFocused(u"paletteEdit"_s).press(u"Alt+2"_s);
    m_desk->untilPage(u"customers"_s);
    WELL();
    QVERIFY(!m_desk->find(u"paletteEdit"_s));
    QCOMPARE(m_desk->focusName(), u"customers.list"_s);
}

void TestKeyboard::escapeClosesThePaletteWhereverTheFocusIs()
{
    enter(u"1101"_s);
    m_desk->press(u"Ctrl+K"_s).untilFocused(u"paletteEdit"_s);
    m_desk->window().goTo(u"customers"_s); // as a notice might
    m_desk->press(u"Escape"_s);
    QVERIFY(!m_desk->find(u"paletteEdit"_s));
    m_desk->press(u"Ctrl+K"_s).untilFocused(u"paletteEdit"_s).press(u"Escape"_s);
    QVERIFY(!m_desk->find(u"paletteEdit"_s));
    WELL();
}

void TestKeyboard::commandIsFoundInEitherLanguage_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("found");
    QTest::newRow("English word") << u"> theme"_s << u"切换浅色/深色"_s;
    QTest::newRow("full pinyin") << u"> tuichu"_s << u"退出登录"_s;
    QTest::newRow("initials") << u"> tc"_s << u"退出登录"_s;
}

void TestKeyboard::commandIsFoundInEitherLanguage()
{
    QFETCH(QString, typed);
    QFETCH(QString, found);
    enter(u"1101"_s);
    ask(typed);
    const auto *list = m_desk->find<QListView>(u"paletteList"_s);
    QVERIFY(list);
    QStringList rows;
    for (int row = 0; row < list->model()->rowCount(); ++row)
        rows.append(list->model()->index(row, 0).data().toString());
    QVERIFY2(rows.contains(found), qPrintable(rows.join(u' ')));
}

void TestKeyboard::everyCommandOfAPageHasWordsOfBothLanguages()
{
    enter(u"1101"_s);
    QStringList without;
    for (const PageEntry &entry : pageList()) {
        Workspace *page = m_desk->window().page(entry.id);
        const QList<QAction *> actions = page ? page->pageActions() : QList<QAction *>();
        for (const QAction *action : actions) {
            if (searchWords(action->objectName()).isEmpty())
                without.append(action->objectName());
        }
    }
    QCOMPARE(without, QStringList());
}

void TestKeyboard::commandIsListedOnce()
{
    enter(u"1101"_s);
    m_desk->window().goTo(u"sync"_s);
    m_desk->untilPage(u"sync"_s);
    ask(u"> 立即同步"_s);
    QCOMPARE(m_desk->find<QListView>(u"paletteList"_s)->model()->rowCount(), 1);
}

void TestKeyboard::contactOpensItsCustomerAtTheContact()
{
    enter(u"1101"_s);
    ask(u"欧阳建国"_s);
    m_desk->press(u"Return"_s).untilPage(u"customers"_s);
    m_desk->untilFocused(u"customer360.people.list"_s);
    WELL();
    QCOMPARE(m_desk->find<RecordTable>(u"customer360.people.list"_s)->currentId(),
             m_contact.text());
}

void TestKeyboard::enterKeepsWhatSpaceTicked()
{
    enter(u"1101"_s);
    m_desk->window().openRecord(u"opportunity"_s, m_held.text());
    m_desk->untilPage(u"opportunities"_s).tabTo(u"opportunity.need_kinds"_s).press(u"Down"_s);
    m_desk->until(u"the words are shown"_s, [this] { return m_desk->find(u"choices"_s); });
    m_desk->press(u"Space"_s).press(u"Return"_s);
    m_desk->until(u"the words are put away"_s, [this] { return !m_desk->find(u"choices"_s); });
    WELL();
    auto *field = m_desk->find<ChoiceButton>(u"opportunity.need_kinds"_s);
    QCOMPARE(field->keys().size(), 1);
    const auto *line = m_desk->find<QLineEdit>(u"opportunity.next_step"_s);
    QVERIFY(line && std::abs(field->height() - line->height()) <= 2);
    QVERIFY(field->width() >= line->width());
}

void TestKeyboard::filterHandsOverToTheListAndEscClearsIt()
{
    enter(u"1101"_s);
    m_desk->window().goTo(u"customers"_s);
    m_desk->untilPage(u"customers"_s).press(u"Ctrl+F"_s).untilFocused(u"pageSearch"_s);
    m_desk->type(u"滇池"_s).press(u"Down"_s).untilFocused(u"customers.list"_s);
    const auto *list = m_desk->find<RecordTable>(u"customers.list"_s);
    m_desk->until(u"one is left"_s, [list] { return list->model()->rowCount() == 1; });
    m_desk->press(u"Ctrl+F"_s).press(u"Escape"_s);
    m_desk->until(u"all are back"_s, [list] { return list->model()->rowCount() == 2; });
    m_desk->untilFocused(u"pageSearch"_s).press(u"Escape"_s).untilFocused(u"customers.list"_s);
    WELL();
}

void TestKeyboard::listIsSortedFromItsMenu()
{
    enter(u"1101"_s);
    m_desk->window().goTo(u"customers"_s);
    m_desk->untilPage(u"customers"_s).press(u"Shift+F10"_s);
    m_desk->until(u"the menu is open"_s, [this] { return m_desk->find(u"listMenu"_s); });
    m_desk->press(u"Escape"_s);
    ask(u"> paixu"_s);
    m_desk->press(u"Return"_s);
    m_desk->until(u"the order is asked"_s, [this] { return m_desk->find(u"listMenu"_s); });
    m_desk->press(u"Return"_s);
    const auto *list = m_desk->find<RecordTable>(u"customers.list"_s);
    m_desk->until(u"it is sorted"_s,
                  [list] { return list->horizontalHeader()->sortIndicatorSection() == 0; });
    WELL();
}

void TestKeyboard::onlyMatchIsTaken()
{
    enter(u"1001"_s);
    m_desk->window().goTo(u"admin"_s);
    m_desk->untilPage(u"admin"_s).fill(u"staff.deputy_id"_s, u"1102"_s).press(u"Tab"_s);
    m_desk->until(u"the only match is taken"_s, [this] {
        return !m_desk->find<RecordPicker>(u"staff.deputy_id"_s)->currentId().isEmpty();
    });
    WELL();
}

void TestKeyboard::enterPressesAButton()
{
    enter(u"1101"_s);
    m_desk->window().openRecord(u"account"_s, m_account.text());
    m_desk->untilPage(u"customers"_s).tabTo(u"customer360.back"_s).press(u"Return"_s);
    m_desk->untilFocused(u"customers.list"_s);
    WELL();
}

void TestKeyboard::currentStageIsNoMistake()
{
    enter(u"1101"_s);
    m_desk->window().openRecord(u"opportunity"_s, m_held.text());
    m_desk->untilPage(u"opportunities"_s).tabTo(u"opportunity.steps"_s).press(u"Return"_s);
    m_desk->untilSettled();
    WELL();
    for (const InlineMessage *message : m_desk->window().findChildren<InlineMessage *>())
        QVERIFY2(!message->isVisible(), qPrintable(message->objectName()));
}

void TestKeyboard::refusalLeavesWithTheNextSuccess()
{
    enter(u"1101"_s);
    m_desk->window().openRecord(u"opportunity"_s, m_held.text());
    m_desk->untilPage(u"opportunities"_s).press(u"X"_s).untilFocused(u"ask.choice"_s);
    m_desk->press(u"Escape"_s);
    auto *message = m_desk->window().findChild<InlineMessage *>(u"opportunity.message"_s);
    QVERIFY(message);
    message->showMessage(BadgeKind::Danger, u"refused"_s);
    m_desk->fill(u"opportunity.next_step"_s, u"上门勘察"_s).press(u"Ctrl+S"_s).untilSettled();
    m_desk->until(u"the refusal is gone"_s, [message] { return !message->isVisible(); });
    WELL();
}

void TestKeyboard::editKeyGoesToTheFirstField()
{
    enter(u"1101"_s);
    m_desk->window().openRecord(u"opportunity"_s, m_held.text());
    m_desk->untilPage(u"opportunities"_s).untilFocused(u"opportunities.list"_s);
    m_desk->press(u"E"_s).untilFocused(u"opportunity.title"_s);
    WELL();
}

void TestKeyboard::windowFitsItsScreen()
{
    Workbench::Options options;
    options.dataDirectory = m_directory->path();
    Workbench workbench(std::move(options));
    MainWindow window(workbench, m_language, {});
    const QSize room = window.screen()->availableGeometry().size();
    QVERIFY(window.width() <= room.width());
    QVERIFY(window.height() < room.height());
}

void TestKeyboard::secondEnterDispatchesNothing()
{
    enter(u"1102"_s);
    m_desk->window().goTo(u"dispatch"_s);
    m_desk->untilPage(u"dispatch"_s).untilFocused(u"dispatch.list"_s);
    m_desk->press(u"Return"_s, 2).untilSettled();
    WELL();
    QCOMPARE(countOf(CustodyState::Dispatched), 1);
}

void TestKeyboard::severalAreDispatchedAfterAQuestion()
{
    enter(u"1102"_s);
    m_desk->window().goTo(u"dispatch"_s);
    m_desk->untilPage(u"dispatch"_s).untilFocused(u"dispatch.list"_s);
    m_desk->press(u"Ctrl+A"_s).press(u"Return"_s);
    m_desk->until(u"the question is asked"_s,
                  [this] { return m_desk->find(u"dispatch.batch.question"_s); });
    const auto *question = m_desk->find<QMessageBox>(u"dispatch.batch.question"_s);
    QVERIFY2(question && question->text().contains(u'2'), "the question names the number");
    m_desk->tabTo(u"dispatch.batch.yes"_s).press(u"Space"_s).untilSettled();
    WELL();
    QCOMPARE(countOf(CustodyState::Dispatched), 2);
}

void TestKeyboard::clockAndNumberLeadTheDispatchList()
{
    enter(u"1102"_s);
    m_desk->window().goTo(u"dispatch"_s);
    m_desk->untilPage(u"dispatch"_s);
    auto *pane = m_desk->window().page(u"dispatch"_s)->findChild<ListPane *>();
    QCOMPARE(pane->model().columnOf(u"dispatch_due"_s), 0);
    QCOMPARE(pane->model().columnOf(u"no"_s), 1);
    QVERIFY(!pane->table().isColumnHidden(0));
    QVERIFY(pane->model().index(0, 0).data(ClockRole).isValid());
    WELL();
}

void TestKeyboard::discardAtTheDeskAsksForAReasonCode()
{
    enter(u"1102"_s);
    m_desk->window().goTo(u"dispatch"_s);
    m_desk->untilPage(u"dispatch"_s).untilFocused(u"dispatch.list"_s).press(u"X"_s);
    m_desk->untilFocused(u"ask.choice"_s).press(u"Ctrl+Return"_s).untilSettled();
    WELL();
    QCOMPARE(countOf(CustodyState::Invalid), 1);
}

void TestKeyboard::visitMakesATaskOfTheNextStep()
{
    enter(u"1101"_s);
    m_desk->window().openRecord(u"account"_s, m_account.text());
    m_desk->untilPage(u"customers"_s).press(u"Ctrl+Shift+V"_s).untilFocused(u"visit.text"_s);
    m_desk->type(u"同意续约"_s);
    m_desk->fill(u"visit.next"_s, u"送合同"_s).fill(u"visit.nextOn"_s, u"+3"_s);
    m_desk->press(u"Ctrl+Return"_s).untilSettled();
    WELL();
    RowStore &store = m_desk->workbench().reader().store();
    QCOMPARE(store.select(m_catalog.entity(u"note"_s), "kind = 'visit'").size(), std::size_t(1));
    const auto tasks = store.select(m_catalog.entity(u"task"_s), "title = '送合同'");
    QCOMPARE(tasks.size(), std::size_t(1));
    QVERIFY(!fromRow<Task>(tasks.front()).dueAt.isNull());
}

void TestKeyboard::lockKeepsWhatIsTyped()
{
    enter(u"1101"_s);
    m_desk->window().openRecord(u"opportunity"_s, m_held.text());
    m_desk->untilPage(u"opportunities"_s).fill(u"opportunity.next_step"_s, u"未保存"_s);
    m_desk->press(u"Ctrl+L"_s).untilFocused(u"login.password"_s);
    QVERIFY(!m_desk->find(u"page.opportunities"_s));
    QVERIFY(m_desk->workbench().isSignedIn());
    m_desk->type(u"wrong"_s).press(u"Return"_s);
    m_desk->until(u"it is refused"_s, [this] {
        return m_desk->find<QLineEdit>(u"login.password"_s)->selectedText() == u"wrong";
    });
    m_desk->press(u"Ctrl+A"_s).type(u"secret"_s).press(u"Return"_s);
    m_desk->untilFocused(u"opportunity.next_step"_s);
    WELL();
    QCOMPARE(m_desk->find<QLineEdit>(u"opportunity.next_step"_s)->text(), u"未保存"_s);
}

void TestKeyboard::leavingSaysWhatIsNotSent()
{
    enter(u"1101"_s);
    m_desk->setCable(false);
    m_desk->window().goTo(u"today"_s);
    m_desk->untilPage(u"today"_s).untilFocused(u"today.list"_s).press(u"D"_s);
    m_desk->until(u"it waits"_s, [this] { return m_desk->workbench().queue().size() == 1; });
    ask(u"> tuichu"_s);
    m_desk->press(u"Return"_s);
    m_desk->until(u"it is said"_s, [this] { return m_desk->find(u"signOut.question"_s); });
    QVERIFY(m_desk->find<QMessageBox>(u"signOut.question"_s)->text().contains(u'1'));
    m_desk->press(u"Escape"_s);
    QVERIFY(m_desk->workbench().isSignedIn());
    WELL();
}

void TestKeyboard::idleWatchTellsOnce()
{
    qint64 now = 1'000'000;
    ClockTicker ticker([&now] { return now; });
    IdleWatch watch(ticker);
    QSignalSpy idle(&watch, &IdleWatch::idle);
    watch.setMinutes(10);
    now += 9 * minute;
    ticker.tick();
    QCOMPARE(idle.size(), 0);
    now += 2 * minute;
    ticker.tick();
    ticker.tick();
    QCOMPARE(idle.size(), 1);
    QWidget somebody;
    QTest::keyClick(&somebody, Qt::Key_A);
    now += 9 * minute;
    ticker.tick();
    QCOMPARE(idle.size(), 1);
    watch.setMinutes(0);
    now += 60 * minute;
    ticker.tick();
    QCOMPARE(idle.size(), 1);
}

void TestKeyboard::messagesAreOneOfAKindAndClearOfTheStatusLine()
{
    enter(u"1101"_s);
    m_desk->window().openRecord(u"opportunity"_s, m_held.text());
    m_desk->untilPage(u"opportunities"_s).untilFocused(u"opportunities.list"_s);
    m_desk->press(u"F"_s).untilSettled();
    m_desk->fill(u"opportunity.next_step"_s, u"上门"_s).press(u"Ctrl+S"_s).untilSettled();
    QList<Toast *> shown;
    for (Toast *toast : m_desk->window().findChildren<Toast *>()) {
        if (toast->isVisible())
            shown.append(toast);
    }
    WELL();
    QCOMPARE(shown.size(), 1);
    const QWidget *status = m_desk->find(u"statusLine"_s);
    const QPoint foot = shown.front()->mapTo(&m_desk->window(), shown.front()->rect().bottomLeft());
    QVERIFY(foot.y() < status->mapTo(&m_desk->window(), QPoint()).y());
}

void TestKeyboard::exportWritesEveryRowWithItsNumber()
{
    enter(u"1101"_s);
    RowQuery query;
    query.entity = u"opportunity"_s;
    query.fields = {u"no"_s, u"title"_s};
    query.limit = 1;
    RecordLookup lookup(m_desk->workbench().reader());
    CsvExport job(lookup, m_desk->workbench().reader());
    QSignalSpy finished(&job, &CsvExport::finished);
    const QString path = m_directory->path() + u"/out.csv"_s;
    QVERIFY(job.start(path, query));
    QTRY_COMPARE(finished.size(), 1);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto held = m_desk->workbench().reader().store().select(m_catalog.entity(
                                                                      u"opportunity"_s),
                                                                  "deleted_at IS NULL");
    QVERIFY(held.size() > 1);
    QCOMPARE(file.readAll().trimmed().count('\n'), int(held.size())); // a heading and the rows
    QVERIFY(job.start(m_directory->path() + u"/none.csv"_s, query));
    job.cancel();
    QVERIFY(!QFile::exists(m_directory->path() + u"/none.csv"_s));
}

void TestKeyboard::leaderSeesTheBoardOfHisScope()
{
    enter(u"1103"_s);
    m_desk->window().goTo(u"opportunities"_s);
    m_desk->untilPage(u"opportunities"_s).chooseView(u"board"_s);
    m_desk->until(u"a card is there"_s, [this] {
        const auto *column = m_desk->find<QListView>(u"kanban.talk"_s);
        return column && column->model()->rowCount() == 1;
    });
    QVERIFY(!m_desk->find(u"pageSearch"_s));
    WELL();
}

void TestKeyboard::customerListNamesTheManagerAndWhatIsOpen()
{
    enter(u"1101"_s);
    m_desk->window().goTo(u"customers"_s);
    m_desk->untilPage(u"customers"_s);
    auto *pane = m_desk->window().page(u"customers"_s)->findChild<ListPane *>();
    const int row = pane->model().rowOf(m_account.text());
    QCOMPARE(pane->model().textAt(row, u"owner_staff_id"_s), u"员工1101"_s);
    QVERIFY(pane->model().cellAt(row, u"open_count"_s).integer() > 0);
    WELL();
}

void TestKeyboard::orgChartFollowsWhoReportsToWhom()
{
    enter(u"1101"_s);
    m_desk->window().openRecord(u"account"_s, m_account.text());
    m_desk->untilPage(u"customers"_s).tabTo(u"view.people"_s).press(u"Right"_s, 5);
    m_desk->untilFocused(u"view.org"_s).press(u"Tab"_s).untilFocused(u"customer360.org"_s);
    WELL();
    const auto *chart = m_desk->find<QTreeWidget>(u"customer360.org"_s);
    QCOMPARE(chart->topLevelItemCount(), 1);
    QCOMPARE(chart->topLevelItem(0)->text(0), u"欧阳建国"_s);
    QCOMPARE(chart->topLevelItem(0)->childCount(), 1);
}

void TestKeyboard::newPersonIsThatPersonAtTheSecondSave()
{
    enter(u"1001"_s);
    m_desk->window().goTo(u"admin"_s);
    m_desk->untilPage(u"admin"_s).press(u"Ctrl+N"_s).untilFocused(u"staff.code"_s);
    m_desk->type(u"1188"_s).fill(u"staff.name"_s, u"新同事"_s);
    m_desk->tabTo(u"staff.roles"_s).press(u"Down"_s).press(u"Space"_s).press(u"Return"_s);
    m_desk->press(u"Ctrl+S"_s).untilSettled();
    m_desk->until(u"it is said how he signs in"_s,
                  [this] { return m_desk->find(u"admin.welcome"_s); });
    m_desk->fill(u"staff.station"_s, u"K-9"_s).press(u"Ctrl+S"_s).untilSettled();
    WELL();
    const auto people = m_office->store().select(m_catalog.entity(u"staff"_s), "code = '1188'");
    QCOMPARE(people.size(), std::size_t(1));
    QCOMPARE(fromRow<Staff>(people.front()).station, u"K-9"_s);
}

void TestKeyboard::taskIsPutOffUntilTomorrow()
{
    enter(u"1101"_s);
    m_desk->window().goTo(u"today"_s);
    m_desk->untilPage(u"today"_s).untilFocused(u"today.list"_s).press(u"Shift+L"_s).untilSettled();
    WELL();
    const auto asleep = m_office->store().select(m_catalog.entity(u"task"_s),
                                                 "snoozed_until IS NOT NULL");
    QCOMPARE(asleep.size(), std::size_t(1));
}

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
