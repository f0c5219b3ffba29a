#include "gui/record_list.h"
#include "models/roles.h"
#include "ui/widgets/filter_chips.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/kanban_board.h"
#include "ui/widgets/kanban_column.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/language.h"
#include "ui/widgets/live_region.h"
#include "ui/widgets/nav_rail.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/step_bar.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/toast_host.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QLayout>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace keydesk;

class tst_Widgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void railMovesByArrowsAndGoesByEnter();
    void railIsOneTabStop();
    void railCollapsesInASmallWindow();
    void chipIsRemovedByDelete();
    void undoRunsOnce();
    void toastDoesNotTakeTheFocus();
    void announcementIsANotification();
    void stepBarAsksForAStep();
    void boardMovesBetweenColumnsByArrows();
    void headerButtonsShowTheirWordsOrTheirIconsOnly();

private:
    KeydeskStyle *m_style = nullptr;
    Language *m_language = nullptr;
};

void tst_Widgets::initTestCase()
{
    m_style = &KeydeskStyle::install();
    m_language = new Language(this);
}

void tst_Widgets::init()
{
    m_style->setTheme(Theme{});
    m_language->install(QLocale::English);
}

void tst_Widgets::railMovesByArrowsAndGoesByEnter()
{
    NavRail rail;
    rail.setItems({{u"today"_s, u"Today"_s, u"sun"_s, u"Alt+1"_s, false},
                   {u"customers"_s, u"Customers"_s, u"building-2"_s, u"Alt+2"_s, false},
                   {u"admin"_s, u"Administration"_s, u"settings"_s, {}, true}});
    rail.setCurrent(u"today"_s);
    QSignalSpy activated(&rail, &NavRail::activated);
    rail.show();
    QVERIFY(QTest::qWaitForWindowActive(&rail));
    rail.findChild<QWidget *>(u"nav.today"_s)->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QCOMPARE(activated.size(), 0);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(rail.current(), u"admin"_s);
}

void tst_Widgets::railIsOneTabStop()
{
    NavRail rail;
    rail.setItems({{u"a"_s, u"A"_s, {}, {}, false}, {u"b"_s, u"B"_s, {}, {}, false}});
    rail.setCurrent(u"b"_s);
    QCOMPARE(rail.findChild<QWidget *>(u"nav.a"_s)->focusPolicy(), Qt::NoFocus);
    QCOMPARE(rail.findChild<QWidget *>(u"nav.b"_s)->focusPolicy(), Qt::TabFocus);
}

void tst_Widgets::railCollapsesInASmallWindow()
{
    NavRail rail;
    rail.setItems({{u"a"_s, u"A"_s, {}, {}, false}});
    rail.followWindowWidth(1366);
    QVERIFY(rail.width() >= NavRail::expandedWidth);
    rail.followWindowWidth(1080);
    QCOMPARE(rail.width(), int(NavRail::collapsedWidth));
    rail.followWindowWidth(1366);
    QVERIFY(!rail.isCollapsed());
}

void tst_Widgets::chipIsRemovedByDelete()
{
    FilterChips chips;
    chips.setChips({{u"mine"_s, u"Mine"_s, true, false, false, -1},
                    {u"region"_s, u"Kunming"_s, true, true, false, -1}});
    QSignalSpy removed(&chips, &FilterChips::removed);
    QSignalSpy toggled(&chips, &FilterChips::toggled);
    QTest::keyClick(chips.button(u"mine"_s), Qt::Key_Delete);
    QCOMPARE(removed.size(), 0);
    QTest::keyClick(chips.button(u"region"_s), Qt::Key_Delete);
    QCOMPARE(removed.size(), 1);
    QTest::keyClick(chips.button(u"mine"_s), Qt::Key_Space);
    QCOMPARE(toggled.size(), 1);
    QCOMPARE(toggled.first().at(1).toBool(), false);
}

void tst_Widgets::undoRunsOnce()
{
    QWidget window;
    ToastHost toasts(&window);
    int undone = 0;
    toasts.show(u"Saved"_s);
    QVERIFY(!toasts.canUndo());
    toasts.showUndo(u"Claimed"_s, [&undone] { ++undone; });
    toasts.show(u"Synced"_s);
    QVERIFY(toasts.undoLast());
    QVERIFY(!toasts.undoLast());
    QCOMPARE(undone, 1);
}

void tst_Widgets::toastDoesNotTakeTheFocus()
{
    QWidget window;
    QLineEdit field(&window);
    ToastHost toasts(&window);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    field.setFocus();
    toasts.showUndo(u"Claimed"_s, [] {});
    QVERIFY(field.hasFocus());
    QVERIFY(window.findChild<Toast *>()->isVisible());
}

void tst_Widgets::announcementIsANotification()
{
    QWidget window;
    LiveRegion region(&window);
    region.announce(u"Claimed SJ-0412."_s);
    QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(&region);
    QVERIFY(spoken);
    QCOMPARE(spoken->role(), QAccessible::Notification);
    QCOMPARE(spoken->text(QAccessible::Name), u"Claimed SJ-0412."_s);
    QCOMPARE(region.focusPolicy(), Qt::NoFocus);
}

void tst_Widgets::stepBarAsksForAStep()
{
    StepBar bar;
    bar.setSteps({{u"a"_s, u"Survey"_s, {}, Step::State::Done},
                  {u"b"_s, u"Install"_s, {}, Step::State::Current},
                  {u"c"_s, u"Accept"_s, {}, Step::State::Waiting}});
    QSignalSpy asked(&bar, &StepBar::stepActivated);
    QTest::keyClick(&bar, Qt::Key_Right);
    QTest::keyClick(&bar, Qt::Key_Return);
    QCOMPARE(asked.first().first().toString(), u"c"_s);
    QVERIFY(bar.accessibleName().contains(u"Install (now)"_s));
}

void tst_Widgets::boardMovesBetweenColumnsByArrows()
{
    KanbanBoard board;
    for (const int cards : {2, 0, 1}) {
        const QString id = QString::number(board.columns().size());
        KanbanColumn *column = board.addColumn(id, u"Stage "_s + id);
        column->setModel(listOf(cards, column));
    }
    board.resize(800, 400);
    board.show();
    QVERIFY(QTest::qWaitForWindowActive(&board));
    board.columns().first()->list().setFocus();
    QTest::keyClick(&board.columns().first()->list(), Qt::Key_Right);
    QVERIFY(board.columns().at(2)->list().hasFocus());
    QVERIFY(board.columns().first()->list().selectionModel()->selectedIndexes().isEmpty());
}

void tst_Widgets::headerButtonsShowTheirWordsOrTheirIconsOnly()
{
    QWidget page;
    PageHeader header(&page); // without a layout, which would keep it from being narrow
    for (const QString &word : {u"导出"_s, u"新增"_s, u"修改"_s, u"删除"_s})
        header.addButton(new QAction(icon(u"plus"_s), word, &header), Prominence::Quiet);
    page.resize(800, 100);
    page.show();
    const auto buttons = header.findChildren<QPushButton *>();
    bool wereWords = false;
    for (int width = 280; width < 700; width += 10) {
        header.resize(width, 80);
        QString seen;
        for (int round = 0; round < 4; ++round) {
            QCoreApplication::processEvents();
            const QString words = buttons.constLast()->text();
            QVERIFY2(round == 0 || words == seen, qPrintable(u"flips at %1"_s.arg(width)));
            seen = words;
            header.layout()->activate();
            for (const QPushButton *button : buttons)
                QVERIFY2(!button->isVisible() || button->width() >= button->sizeHint().width(),
                         qPrintable(u"cut at %1"_s.arg(width)));
        }
        wereWords = wereWords || !seen.isEmpty();
    }
    QVERIFY(wereWords);
}

QTEST_MAIN(tst_Widgets)
#include "tst_widgets.moc"
