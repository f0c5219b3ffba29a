#include "support/desktop/demo_office.h"
#include "support/desktop/desktop_driver.h"

#include "domain/opportunity.h"
#include "domain/task.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/record_picker.h"
#include "ui/widgets/record_table.h"
#include "ui/widgets/state_pane.h"
#include "ui/widgets/toast.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

namespace {

int rowsOf(const DesktopDriver &person, const QString &list)
{
    const auto *view = person.find<QAbstractItemView>(list);
    return view && view->model() ? view->model()->rowCount() : 0;
}

bool hasHan(const QString &text)
{
    return std::any_of(text.begin(), text.end(),
                       [](QChar one) { return one.script() == QChar::Script_Han; });
}

/// Buttons that show something of a record, and the one of a message that was said before.
constexpr const char *dataButtons[] = {"status.person", "today.card.customer",
                                       "opportunity.customer", "toastAction"};

/// What the page says by itself: buttons, headings of columns, hints. Not what it shows of records.
QStringList wordsOf(const QWidget &page)
{
    QStringList words;
    for (const auto *button : page.findChildren<QAbstractButton *>()) {
        const bool isData = std::any_of(std::begin(dataButtons), std::end(dataButtons),
                                        [button](const char *name) {
                                            return button->objectName() == QLatin1StringView(name);
                                        });
        if (button->isVisible() && !isData)
            words.append(button->text());
    }
    for (const auto *header : page.findChildren<QHeaderView *>()) {
        const bool across = header->orientation() == Qt::Horizontal && header->isVisible();
        for (int i = 0; across && header->model() && i < header->count(); ++i)
            words.append(header->model()->headerData(i, Qt::Horizontal).toString());
    }
    for (const auto *line : page.findChildren<QLineEdit *>())
        words.append(line->placeholderText());
    words.removeAll(QString());
    return words;
}

} // namespace

// Every page at a real desktop, by keyboard: how it is reached, that its keys reach their commands,
// what it shows when there is nothing to show, and that language and theme switch while it is open.
class TestPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();

    void altDigitOpensThePage_data();
    void altDigitOpensThePage();
    void paletteOpensThePage_data();
    void paletteOpensThePage();
    void paletteOpensACustomerByInitials();
    void f6VisitsEveryPartAndReturns();
    void keySheetNamesTheKeysOfThePage();

    void todayCompletesATask();
    void todaySnoozesATask();
    void inboxReturnsAfterAReason();
    void inboxClaimsAndTakesItBack();
    void customerOpensAndClosesByKeyboard();
    void customerTakesANote();
    void customerLogsAVisit();
    void dispatcherDispatchesByEnter();
    void administratorSavesAPerson();
    void supervisorAssignsACustomer();

    void pageSaysWhyItIsEmpty();
    void offlineIsSaidOnEveryPage();
    void listThatCannotBeReadSaysSo();
    void hiddenPageIsNotOpened();
    void administratorIsToldWhoSeesAssignments();
    void languageSwitchRelabelsThePage_data();
    void languageSwitchRelabelsThePage();
    void themeSwitchRepaintsThePage();

private:
    DesktopDriver &desktop(const QString &user);
    QString currentIdIn(DesktopDriver &person, const QString &list);
    /// Moves down the list to the first record of which this is true; its id.
    RecordId goTo(DesktopDriver &person, const QString &list,
                  const std::function<bool(const RecordId &)> &isIt);
    RecordId goToOpportunity(DesktopDriver &person, const QString &list, CustodyState state);

    Language m_language;
    QTemporaryDir m_desktops;
    std::unique_ptr<DemoOffice> m_office;
    std::map<QString, std::unique_ptr<DesktopDriver>> m_open;
};

#define WELL(person) QVERIFY2((person).problem().isEmpty(), qPrintable((person).problem()))

void TestPages::initTestCase()
{
    KeydeskStyle::install();
    m_language.install(QLocale::Chinese);
    m_office = std::make_unique<DemoOffice>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    const QString problem = m_office->open();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

// A test that failed leaves nothing open for the next.
void TestPages::cleanup()
{
    for (const auto &[user, person] : m_open) {
        if (!person->takeProblem().isEmpty())
            person->press(u"Escape"_s);
    }
}

DesktopDriver &TestPages::desktop(const QString &user)
{
    auto &person = m_open[user];
    if (!person) {
        person = std::make_unique<DesktopDriver>(user, m_language, m_desktops.path() + u'/' + user);
        person->signIn(m_office->address(), user, DemoOffice::password(),
                       m_office->enrolmentOf(user));
    }
    return *person;
}

QString TestPages::currentIdIn(DesktopDriver &person, const QString &list)
{
    const auto *view = person.find<RecordTable>(list);
    return view ? view->currentId() : QString();
}

RecordId TestPages::goTo(DesktopDriver &person, const QString &list,
                         const std::function<bool(const RecordId &)> &isIt)
{
    person.tabTo(list).press(u"Ctrl+Home"_s);
    for (int row = 0; row < rowsOf(person, list); ++row) {
        RecordId id(currentIdIn(person, list));
        if (isIt(id))
            return id;
        person.press(u"Down"_s);
    }
    person.fail(u"no such row in "_s + list);
    return {};
}

RecordId TestPages::goToOpportunity(DesktopDriver &person, const QString &list, CustodyState state)
{
    return goTo(person, list, [&](const RecordId &id) {
        const auto found = person.workbench().reader().find<Opportunity>(id);
        return found && found->custodyState == state;
    });
}

void TestPages::altDigitOpensThePage_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QStringList>("pages");
    QTest::newRow("account manager")
        << u"1101"_s
        << QStringList{u"today"_s, u"customers"_s, u"opportunities"_s, u"hotline"_s, u"sync"_s};
    QTest::newRow("hotline agent")
        << u"1131"_s
        << QStringList{u"today"_s, u"customers"_s, u"opportunities"_s, u"hotline"_s, u"sync"_s};
    QTest::newRow("dispatcher") << u"1151"_s
                                << QStringList{u"today"_s, u"customers"_s, u"opportunities"_s,
                                               u"dispatch"_s, u"sync"_s};
    QTest::newRow("supervisor") << u"1161"_s
                                << QStringList{u"today"_s, u"customers"_s, u"opportunities"_s,
                                               u"sync"_s, u"admin"_s};
    QTest::newRow("administrator") << u"1001"_s << QStringList{u"today"_s, u"sync"_s, u"admin"_s};
}

void TestPages::altDigitOpensThePage()
{
    QFETCH(QString, user);
    QFETCH(QStringList, pages);
    DesktopDriver &person = desktop(user);
    for (qsizetype digit = pages.size(); digit > 0; --digit) {
        person.press(u"Alt+%1"_s.arg(digit)).untilPage(pages.at(digit - 1));
        WELL(person);
    }
}

void TestPages::paletteOpensThePage_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("page");
    QTest::newRow("customers") << u"> 客户"_s << u"customers"_s;
    QTest::newRow("opportunities by initials") << u"> sj"_s << u"opportunities"_s;
    QTest::newRow("sync centre") << u"> 同步中心"_s << u"sync"_s;
    QTest::newRow("today") << u"> 今日"_s << u"today"_s;
}

void TestPages::paletteOpensThePage()
{
    QFETCH(QString, typed);
    QFETCH(QString, page);
    DesktopDriver &person = desktop(u"1101"_s);
    person.press(u"Ctrl+K"_s).untilFocused(u"paletteEdit"_s).type(typed);
    person.until(u"a command is found"_s, [&] { return rowsOf(person, u"paletteList"_s) > 0; });
    person.press(u"Return"_s).untilPage(page);
    WELL(person);
}

void TestPages::paletteOpensACustomerByInitials()
{
    DesktopDriver &person = desktop(u"1101"_s);
    person.press(u"Alt+2"_s).untilPage(u"customers"_s).press(u"Ctrl+Home"_s);
    const auto *list = person.find<QAbstractItemView>(u"customers.list"_s);
    QVERIFY(list && list->model()->rowCount() > 0);
    const QString name = list->model()->index(0, 0).data().toString();
    person.press(u"Alt+1"_s).untilPage(u"today"_s);
    person.press(u"Ctrl+K"_s).untilFocused(u"paletteEdit"_s).type(name);
    person.until(u"the customer is found"_s, [&] { return rowsOf(person, u"paletteList"_s) > 0; });
    person.press(u"Return"_s).untilPage(u"customers"_s);
    person.until(u"its page is shown"_s, [&] { return person.find(u"customer360"_s) != nullptr; });
    person.press(u"Escape"_s).untilFocused(u"customers.list"_s);
    WELL(person);
}

void TestPages::f6VisitsEveryPartAndReturns()
{
    DesktopDriver &person = desktop(u"1101"_s);
    person.press(u"Alt+3"_s).untilPage(u"opportunities"_s);
    QStringList visited;
    for (int i = 0; i < 4; ++i) {
        person.press(u"F6"_s);
        visited.append(person.focusName());
    }
    WELL(person);
    QCOMPARE(QSet<QString>(visited.begin(), visited.end()).size(), 4);
    QCOMPARE(visited.last(), u"opportunities.list"_s);
}

void TestPages::keySheetNamesTheKeysOfThePage()
{
    DesktopDriver &person = desktop(u"1101"_s);
    person.press(u"Alt+3"_s).untilPage(u"opportunities"_s).press(u"Ctrl+/"_s);
    person.until(u"the sheet is shown"_s, [&] { return person.find(u"keySheet"_s) != nullptr; });
    QStringList keys;
    if (const auto *table = person.find<QWidget>(u"keySheet"_s)->findChild<QAbstractItemView *>()) {
        for (int row = 0; row < table->model()->rowCount(); ++row)
            keys.append(table->model()->index(row, 0).data().toString());
    }
    person.press(u"Escape"_s);
    WELL(person);
    for (const char *key : {"C", "R", "F", "T", "X", "Ctrl+Right", "Ctrl+K", "F6"})
        QVERIFY2(keys.contains(
                     QKeySequence(QString::fromLatin1(key)).toString(QKeySequence::NativeText)),
                 key);
}

void TestPages::todayCompletesATask()
{
    DesktopDriver &person = desktop(u"1101"_s);
    person.press(u"Alt+1"_s).untilPage(u"today"_s).press(u"Ctrl+Home"_s);
    const RecordId task(currentIdIn(person, u"today.list"_s));
    QVERIFY(!task.isNull());
    person.press(u"D"_s).until(u"the task is done"_s, [&] {
        const auto found = person.workbench().reader().find<Task>(task);
        return found && found->state == TaskState::Done;
    });
    person.untilSettled();
    QVERIFY(person.workbench().rejected().empty());
    WELL(person);
}

void TestPages::todaySnoozesATask()
{
    DesktopDriver &person = desktop(u"1101"_s);
    person.press(u"Alt+1"_s).untilPage(u"today"_s).press(u"Ctrl+Home"_s);
    const RecordId task(currentIdIn(person, u"today.list"_s));
    QVERIFY(!task.isNull());
    person.press(u"L"_s).until(u"the task sleeps"_s, [&] {
        const auto found = person.workbench().reader().find<Task>(task);
        return found && !found->snoozedUntil.isNull();
    });
    WELL(person);
}

void TestPages::inboxReturnsAfterAReason()
{
    DesktopDriver &person = desktop(u"1102"_s);
    person.press(u"Alt+3"_s).untilPage(u"opportunities"_s);
    const RecordId opportunity = goToOpportunity(person, u"opportunities.list"_s,
                                                 CustodyState::Claimed);
    WELL(person);
    person.press(u"R"_s).untilFocused(u"ask.choice"_s).tabTo(u"ask.text"_s);
    person.type(u"客户属于其他分公司"_s).press(u"Ctrl+Return"_s);
    person.until(u"it is returned"_s, [&] {
        const auto found = person.workbench().reader().find<Opportunity>(opportunity);
        return !found || found->custodyState == CustodyState::Returned;
    });
    person.untilSettled();
    WELL(person);
    QVERIFY(person.workbench().rejected().empty());
}

void TestPages::inboxClaimsAndTakesItBack()
{
    DesktopDriver &person = desktop(u"1101"_s);
    person.press(u"Alt+3"_s).untilPage(u"opportunities"_s);
    const RecordId opportunity = goToOpportunity(person, u"opportunities.list"_s,
                                                 CustodyState::Dispatched);
    WELL(person);
    const auto stateIs = [&](CustodyState state) {
        const auto found = person.workbench().reader().find<Opportunity>(opportunity);
        return found && found->custodyState == state;
    };
    person.press(u"C"_s).until(u"it is claimed"_s, [&] { return stateIs(CustodyState::Claimed); });
    // The way back is offered once the claim is queued, a moment after it is seen; that of
    // something done before may still be on the screen.
    person.until(u"the way back is offered"_s, [&] {
        const auto toasts = person.window().findChildren<Toast *>();
        return std::any_of(toasts.begin(), toasts.end(),
                           [](const Toast *one) { return one->text().contains(u"已认领"_s); });
    });
    person.press(u"Ctrl+Z"_s).until(u"it waits again"_s, [&] {
        return stateIs(CustodyState::Dispatched);
    });
    person.untilSettled();
    WELL(person);
    QVERIFY(person.workbench().rejected().empty());
}

void TestPages::customerOpensAndClosesByKeyboard()
{
    DesktopDriver &person = desktop(u"1101"_s);
    person.press(u"Alt+2"_s).untilPage(u"customers"_s);
    person.tabTo(u"customers.list"_s).press(u"Ctrl+Home"_s).press(u"Return"_s);
    person.until(u"the customer is shown"_s, [&] { return person.find(u"customer360"_s); });
    const auto *name = person.find<QLabel>(u"customer360.name"_s);
    QVERIFY(name);
    const QString first = name->text();
    person.press(u"Ctrl+Down"_s).until(u"the next customer is shown"_s, [&] {
        return name->text() != first;
    });
    person.press(u"Escape"_s).until(u"the list is back"_s, [&] {
        return person.find(u"customers.list"_s);
    });
    person.untilFocused(u"customers.list"_s);
    WELL(person);
}

void TestPages::customerTakesANote()
{
    DesktopDriver &person = desktop(u"1101"_s);
    person.press(u"Alt+2"_s).untilPage(u"customers"_s);
    person.tabTo(u"customers.list"_s).press(u"Ctrl+Home"_s).press(u"Return"_s);
    person.fill(u"customer360.note"_s, u"已告知资费调整"_s).press(u"Return"_s);
    const EntityInfo &notes = person.workbench().catalog().entity(u"note"_s);
    person.until(u"the note is written down"_s, [&] {
        return !person.workbench()
                    .reader()
                    .store()
                    .select(notes, "body = '已告知资费调整'")
                    .empty();
    });
    person.press(u"Escape"_s);
    WELL(person);
}

void TestPages::customerLogsAVisit()
{
    DesktopDriver &person = desktop(u"1101"_s);
    person.press(u"Alt+2"_s).untilPage(u"customers"_s).press(u"Ctrl+Home"_s).press(u"Return"_s);
    person.untilFocused(u"customer360.timeline"_s).press(u"V"_s).untilFocused(u"visit.text"_s);
    person.type(u"与信息中心主任面谈，同意续约"_s).press(u"Ctrl+Return"_s);
    const EntityInfo &notes = person.workbench().catalog().entity(u"note"_s);
    person.until(u"the visit is written down"_s, [&] {
        return !person.workbench()
                    .reader()
                    .store()
                    .select(notes, "kind = 'visit' AND body LIKE '与信息中心主任面谈%'")
                    .empty();
    });
    person.until(u"the form is gone"_s, [&] { return !person.find(u"visit"_s); });
    person.press(u"Escape"_s);
    WELL(person);
}

void TestPages::dispatcherDispatchesByEnter()
{
    DesktopDriver &person = desktop(u"1151"_s);
    person.press(u"Alt+4"_s).untilPage(u"dispatch"_s);
    const auto *people = person.find<QListWidget>(u"dispatch.people"_s);
    QVERIFY(people);
    const RecordId opportunity = goTo(person, u"dispatch.list"_s, [&](const RecordId &) {
        return people->currentItem() && !people->currentItem()->data(Qt::UserRole).isNull();
    });
    WELL(person);
    person.press(u"Return"_s).until(u"it is dispatched"_s, [&] {
        const auto found = person.workbench().reader().find<Opportunity>(opportunity);
        return found && found->custodyState == CustodyState::Dispatched;
    });
    person.untilSettled();
    WELL(person);
    QVERIFY(person.workbench().rejected().empty());
}

void TestPages::administratorSavesAPerson()
{
    DesktopDriver &person = desktop(u"1001"_s);
    person.press(u"Alt+3"_s).untilPage(u"admin"_s);
    person.tabTo(u"admin.staff.list"_s).press(u"Ctrl+Home"_s).press(u"Down"_s, 2);
    const RecordId somebody(currentIdIn(person, u"admin.staff.list"_s));
    person.fill(u"staff.station"_s, u"K-17"_s).press(u"Ctrl+S"_s);
    person.until(u"the station is saved"_s, [&] {
        const auto found = person.workbench().reader().find<Staff>(somebody);
        return found && found->station == u"K-17";
    });
    person.untilSettled();
    WELL(person);
    QVERIFY(person.workbench().rejected().empty());
}

void TestPages::supervisorAssignsACustomer()
{
    DesktopDriver &person = desktop(u"1161"_s);
    person.press(u"Alt+5"_s).untilPage(u"admin"_s).chooseView(u"assignments"_s);
    const int before = rowsOf(person, u"admin.assignments.list"_s);
    QVERIFY(before > 0);
    const auto choose = [&](const QString &field, const QString &text) {
        person.fill(field, text);
        person.until(text + u" is offered"_s, [&] {
            auto *picker = person.find<RecordPicker>(field);
            return picker && picker->isPopupOpen();
        });
        person.press(u"Return"_s).until(text + u" is chosen"_s, [&] {
            auto *picker = person.find<RecordPicker>(field);
            return picker && !picker->currentId().isEmpty();
        });
    };
    const auto *list = person.find<QAbstractItemView>(u"admin.assignments.list"_s);
    choose(u"assignment.account_id"_s, list->model()->index(0, 0).data().toString());
    choose(u"assignment.staff_id"_s, u"1103"_s);
    person.tabTo(u"assignment.role"_s).press(u"Down"_s);
    person.fill(u"assignment.valid_from"_s, u"今天"_s);
    person.press(u"Ctrl+S"_s);
    person.until(u"the assignment stands in the list"_s,
                 [&] { return rowsOf(person, u"admin.assignments.list"_s) > before; });
    person.untilSettled();
    WELL(person);
    QVERIFY(person.workbench().rejected().empty());
}

void TestPages::pageSaysWhyItIsEmpty()
{
    DesktopDriver &person = desktop(u"1101"_s);
    person.press(u"Alt+2"_s).untilPage(u"customers"_s);
    person.press(u"Ctrl+F"_s).type(u"没有这个客户"_s);
    const auto *list = person.find<RecordTable>(u"customers.list"_s);
    person.until(u"the filter is said"_s, [&] {
        return list->findChild<StatePane *>()->isVisible()
            && list->findChild<StatePane *>()->state().kind == PaneState::EmptyByFilter;
    });
    person.press(u"Ctrl+A"_s).press(u"Delete"_s);
    person.until(u"the list is full again"_s,
                 [&] { return rowsOf(person, u"customers.list"_s) > 0; });
    WELL(person);
}

void TestPages::offlineIsSaidOnEveryPage()
{
    DesktopDriver &person = desktop(u"1101"_s);
    person.setCable(false);
    for (const char *page : {"1", "2", "3", "5"}) {
        person.press(u"Alt+"_s + QLatin1StringView(page)).untilStill();
        const auto *chip = person.find(u"status.sync"_s);
        QVERIFY(chip);
        QVERIFY2(chip->accessibleName().contains(u"离线"_s), qPrintable(chip->accessibleName()));
    }
    person.setCable(true);
    WELL(person);
}

void TestPages::listThatCannotBeReadSaysSo()
{
    DesktopDriver person(u"broken"_s, m_language, m_desktops.path() + u"/broken"_s);
    person.signIn(m_office->address(), u"1103"_s, DemoOffice::password(),
                  m_office->enrolmentOf(u"1103"_s));
    person.breakReplica("account");
    person.press(u"Alt+2"_s).until(u"the list says that it could not be read"_s, [&] {
        const auto *list = person.find<RecordTable>(u"customers.list"_s);
        return list && list->findChild<StatePane *>()->isVisible()
            && list->findChild<StatePane *>()->state().kind == PaneState::Error;
    });
    WELL(person);
}

void TestPages::hiddenPageIsNotOpened()
{
    DesktopDriver &person = desktop(u"1131"_s);
    person.press(u"Alt+1"_s).untilPage(u"today"_s);
    person.press(u"Alt+6"_s).press(u"Alt+9"_s).untilStill();
    QCOMPARE(person.window().currentPage(), u"today"_s);
    person.window().goTo(u"dispatch"_s);
    QCOMPARE(person.window().currentPage(), u"today"_s);
    WELL(person);
}

void TestPages::administratorIsToldWhoSeesAssignments()
{
    DesktopDriver &person = desktop(u"1001"_s);
    person.press(u"Alt+3"_s).untilPage(u"admin"_s).chooseView(u"assignments"_s);
    const auto *list = person.find<RecordTable>(u"admin.assignments.list"_s);
    QVERIFY(list);
    const auto *pane = list->findChild<StatePane *>();
    QVERIFY(pane->isVisible());
    QCOMPARE(pane->state().kind, PaneState::NoPermission);
    person.chooseView(u"staff"_s);
    WELL(person);
}

void TestPages::languageSwitchRelabelsThePage_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("chord");
    QTest::addColumn<QString>("page");
    QTest::newRow("today") << u"1101"_s << u"Alt+1"_s << u"today"_s;
    QTest::newRow("customers") << u"1101"_s << u"Alt+2"_s << u"customers"_s;
    QTest::newRow("opportunities") << u"1101"_s << u"Alt+3"_s << u"opportunities"_s;
    QTest::newRow("hotline") << u"1131"_s << u"Alt+4"_s << u"hotline"_s;
    QTest::newRow("dispatch") << u"1151"_s << u"Alt+4"_s << u"dispatch"_s;
    QTest::newRow("sync centre") << u"1101"_s << u"Alt+5"_s << u"sync"_s;
    QTest::newRow("administration") << u"1001"_s << u"Alt+3"_s << u"admin"_s;
}

void TestPages::languageSwitchRelabelsThePage()
{
    QFETCH(QString, user);
    QFETCH(QString, chord);
    QFETCH(QString, page);
    DesktopDriver &person = desktop(user);
    person.press(chord).untilPage(page);
    const QStringList before = wordsOf(person.window());
    person.press(u"Alt+L"_s).until(u"English is shown"_s, [&] {
        return m_language.current() == QLocale::English;
    });
    person.untilStill();
    const QStringList english = wordsOf(person.window());
    person.press(u"Alt+L"_s).untilStill();
    WELL(person);
    for (const QString &word : english)
        QVERIFY2(!hasHan(word), qPrintable(word));
    QCOMPARE(wordsOf(person.window()), before);
}

void TestPages::themeSwitchRepaintsThePage()
{
    DesktopDriver &person = desktop(u"1101"_s);
    person.press(u"Alt+1"_s).untilPage(u"today"_s);
    const auto corner = [&] {
        const QImage image = person.picture().toImage();
        return image.pixelColor(image.width() / 2, image.height() - 60);
    };
    const QColor light = corner();
    const auto switchTheme = [&] {
        const ThemeMode before = Theme::current().mode;
        person.press(u"Ctrl+K"_s).untilFocused(u"paletteEdit"_s).type(u"> 浅色"_s);
        person.until(u"the command is found"_s,
                     [&] { return rowsOf(person, u"paletteList"_s) > 0; });
        person.press(u"Return"_s).until(u"the theme is another"_s, [&] {
            return Theme::current().mode != before;
        });
    };
    switchTheme();
    const QColor dark = corner();
    switchTheme();
    WELL(person);
    QVERIFY2(dark.lightness() < 80 && light.lightness() > 180,
             qPrintable(dark.name() + u' ' + light.name()));
    QCOMPARE(corner(), light);
}

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
