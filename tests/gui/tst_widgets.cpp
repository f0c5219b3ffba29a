#include "models/roles.h"
#include "ui/gallery/gallery.h"
#include "ui/widgets/action_source.h"
#include "ui/widgets/amount_text.h"
#include "ui/widgets/badges.h"
#include "ui/widgets/candidate_source.h"
#include "ui/widgets/clock_ticker.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/date_edit.h"
#include "ui/widgets/date_text.h"
#include "ui/widgets/diff_row.h"
#include "ui/widgets/field_form.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/filter_chips.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/kanban_board.h"
#include "ui/widgets/kanban_column.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/language.h"
#include "ui/widgets/live_region.h"
#include "ui/widgets/masked_label.h"
#include "ui/widgets/money_edit.h"
#include "ui/widgets/nav_rail.h"
#include "ui/widgets/record_picker.h"
#include "ui/widgets/record_table.h"
#include "ui/widgets/state_pane.h"
#include "ui/widgets/step_bar.h"
#include "ui/widgets/sync_chip.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/toast_host.h"
#include "ui/widgets/tokens.h"

#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace keydesk;

namespace {

constexpr qint64 oneMinute = 60'000;

// A list of `rows` records with ids "id0", "id1" … and three columns.
QStandardItemModel *listOf(int rows, QObject *parent)
{
    auto *model = new QStandardItemModel(0, 3, parent);
    model->setHorizontalHeaderLabels({u"Name"_s, u"Level"_s, u"Owner"_s});
    for (int i = 0; i < rows; ++i) {
        QList<QStandardItem *> cells;
        for (int column = 0; column < 3; ++column)
            cells += new QStandardItem(u"cell %1"_s.arg(i));
        cells.first()->setData(u"id%1"_s.arg(i), IdRole);
        model->appendRow(cells);
    }
    return model;
}

// Answers only when told to, as a worker thread would.
class SlowSource final : public PaletteSource
{
public:
    explicit SlowSource(QChar prefix = {})
        : m_prefix(prefix)
    {
    }

    QString title() const override { return u"Customers"_s; }
    QChar prefix() const override { return m_prefix; }
    void query(const QString &text, int generation) override
    {
        asked += text;
        lastGeneration = generation;
    }
    void activate(const QString &id, bool alternate) override
    {
        activated += id;
        wasAlternate = alternate;
    }
    void answer(int generation, const QStringList &titles)
    {
        QList<Candidate> candidates;
        for (const QString &title : titles)
            candidates += Candidate{title, title, {}, {}, {}, {}, {}};
        Q_EMIT found(generation, candidates);
    }

    QStringList asked;
    QStringList activated;
    int lastGeneration = 0;
    bool wasAlternate = false;

private:
    QChar m_prefix;
};

QColor pixelAt(QWidget &widget, const QPoint &point)
{
    return widget.grab().toImage().pixelColor(point);
}

} // namespace

class tst_Widgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    // colours
    void everyTokenPairHasItsContrast_data();
    void everyTokenPairHasItsContrast();
    void contrastFormulaIsThatOfWcag();
    void themeSwitchReachesWidgetsThatExist();
    void textScaleEnlargesRowsAndControls_data();
    void textScaleEnlargesRowsAndControls();

    // style and icons
    void fieldOutlineIsVisible_data();
    void fieldOutlineIsVisible();
    void invalidFieldIsOutlinedInDanger();
    void primaryButtonIsFilled();
    void iconFollowsThemeAndDisabledState();

    // badges and clocks
    void clockTellsItsStep_data();
    void clockTellsItsStep();
    void clockSpeaksTheLanguage();

    // table
    void singleLetterKeyWorksOnlyInTheList();
    void tabLeavesTheList();
    void letterDoesNotJumpInTheList();
    void listKeepsARowCurrent();
    void currentRowSurvivesAReset();
    void enterOpensTheCurrentRecord();
    void emptyListShowsItsState();
    void filledListIsNotBlankedByLoading();
    void noPermissionCoversRows();
    void columnsAreChosenAndRestored();
    void stateOfAnotherColumnSetIsRefused();
    void lastColumnCannotBeHidden();
    void listNameTellsTheNumberOfRows();

    // other widgets
    void railMovesByArrowsAndGoesByEnter();
    void railIsOneTabStop();
    void railCollapsesInASmallWindow();
    void statePaneOffersOneStep_data();
    void statePaneOffersOneStep();
    void errorDetailsGoToTheClipboard();
    void chipIsRemovedByDelete();
    void paletteShowsAnswersAsTheyCome();
    void paletteDropsAnswersOfAnOlderGeneration();
    void palettePrefixAsksOneSourceOnly();
    void paletteKeepsTheChoiceWhenMoreArrives();
    void paletteGivesTheFocusBack();
    void paletteRunsActionsAndShowsTheirKeys();
    void undoRunsOnce();
    void toastDoesNotTakeTheFocus();
    void announcementIsANotification();
    void pickerHoldsOnlyWhatWasChosen();
    void diffIsSettledByKeys();
    void maskedValueIsShownThroughTheCallbackOnly();
    void fieldRowTellsItsErrorToScreenReaders();
    void stepBarAsksForAStep();
    void boardMovesBetweenColumnsByArrows();

    // values
    void moneyIsReadAsPeopleWriteIt_data();
    void moneyIsReadAsPeopleWriteIt();
    void dateIsReadAsPeopleWriteIt_data();
    void dateIsReadAsPeopleWriteIt();
    void wrongDateStaysAndIsNotAValue();

    // language
    void wordsChangeWithoutRestart();
    void englishHasPluralsAndNoHan();
    void everyGalleryPageIsNamedForScreenReaders();

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

void tst_Widgets::everyTokenPairHasItsContrast_data()
{
    QTest::addColumn<ContrastPair>("pair");
    QTest::addColumn<bool>("dark");
    for (const bool dark : {false, true}) {
        for (const ContrastPair &pair : contrastPairs())
            QTest::addRow("%s on %s, %s", tokenName(pair.foreground), tokenName(pair.background),
                          dark ? "dark" : "light")
                << pair << dark;
    }
}

void tst_Widgets::everyTokenPairHasItsContrast()
{
    QFETCH(ContrastPair, pair);
    QFETCH(bool, dark);
    const ThemeMode mode = dark ? ThemeMode::Dark : ThemeMode::Light;
    const double ratio = contrastRatio(tokenColor(pair.foreground, mode),
                                       tokenColor(pair.background, mode));
    QVERIFY2(ratio >= pair.minimum, qPrintable(QString::number(ratio)));
}

void tst_Widgets::contrastFormulaIsThatOfWcag()
{
    QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
    QVERIFY(qAbs(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01);
}

void tst_Widgets::themeSwitchReachesWidgetsThatExist()
{
    QWidget window;
    window.resize(40, 40);
    window.show();
    const QColor light = pixelAt(window, {5, 5});
    Theme dark;
    dark.mode = ThemeMode::Dark;
    m_style->setTheme(dark);
    QCOMPARE(light, tokenColor(Token::Window, ThemeMode::Light));
    QTRY_COMPARE(pixelAt(window, {5, 5}), tokenColor(Token::Window, ThemeMode::Dark));
}

void tst_Widgets::textScaleEnlargesRowsAndControls_data()
{
    QTest::addColumn<int>("percent");
    for (const int percent : Theme::textPercents)
        QTest::addRow("%d %%", percent) << percent;
}

void tst_Widgets::textScaleEnlargesRowsAndControls()
{
    QFETCH(int, percent);
    Theme theme;
    theme.textPercent = percent;
    m_style->setTheme(theme);
    RecordTable table;
    table.setModel(listOf(3, &table));
    QLineEdit field;
    const int textHeight = QFontMetrics(theme.font()).lineSpacing();
    QVERIFY(table.rowHeight(0) >= textHeight + 9);
    QVERIFY(field.sizeHint().height() >= textHeight + 8);
    QVERIFY(table.horizontalHeader()->sizeHint().height() >= textHeight);
}

void tst_Widgets::fieldOutlineIsVisible_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void tst_Widgets::fieldOutlineIsVisible()
{
    QFETCH(bool, dark);
    Theme theme;
    theme.mode = dark ? ThemeMode::Dark : ThemeMode::Light;
    m_style->setTheme(theme);
    QWidget window;
    auto *field = new QLineEdit(&window);
    field->setGeometry(10, 10, 120, 30);
    const QImage image = window.grab().toImage();
    const QColor outline = image.pixelColor(10, 25);
    QVERIFY(contrastRatio(outline, image.pixelColor(5, 25)) >= 3.0);
    QVERIFY(contrastRatio(outline, image.pixelColor(14, 14)) >= 3.0);
}

void tst_Widgets::invalidFieldIsOutlinedInDanger()
{
    QLineEdit field;
    field.resize(120, 30);
    KeydeskStyle::setInvalid(&field, true);
    QCOMPARE(pixelAt(field, {0, 15}), Theme{}.color(Token::DangerFg));
    KeydeskStyle::setInvalid(&field, false);
    QCOMPARE(pixelAt(field, {0, 15}), Theme{}.color(Token::BorderControl));
}

void tst_Widgets::primaryButtonIsFilled()
{
    QPushButton button(u"Save"_s);
    button.resize(100, 30);
    KeydeskStyle::setProminence(&button, Prominence::Primary);
    QCOMPARE(pixelAt(button, {6, 15}), Theme{}.color(Token::Accent));
}

void tst_Widgets::iconFollowsThemeAndDisabledState()
{
    const QIcon phone = icon(u"phone"_s);
    const auto hasInk = [&phone](QIcon::Mode mode, const QColor &ink) {
        const QImage image = phone.pixmap(QSize(48, 48), mode).toImage();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y) == ink)
                    return true;
            }
        }
        return false;
    };
    QVERIFY(hasInk(QIcon::Normal, Theme{}.color(Token::Text2)));
    QVERIFY(hasInk(QIcon::Disabled, Theme{}.color(Token::Disabled)));
    Theme dark;
    dark.mode = ThemeMode::Dark;
    m_style->setTheme(dark);
    QVERIFY(hasInk(QIcon::Normal, dark.color(Token::Text2)));
}

void tst_Widgets::clockTellsItsStep_data()
{
    QTest::addColumn<qint64>("left");
    QTest::addColumn<BadgeKind>("kind");
    QTest::addColumn<QString>("text");
    QTest::newRow("more than half is neutral")
        << 150 * oneMinute << BadgeKind::Neutral << u"2:30 left"_s;
    QTest::newRow("half is info") << 120 * oneMinute << BadgeKind::Info << u"2:00 left"_s;
    QTest::newRow("a fifth is a warning") << 48 * oneMinute << BadgeKind::Warn << u"0:48 left"_s;
    QTest::newRow("below ten minutes it shows seconds")
        << 9 * oneMinute + 41'000 << BadgeKind::Warn << u"0:09:41 left"_s;
    QTest::newRow("past is danger") << -12 * oneMinute << BadgeKind::Danger << u"0:12 over"_s;
    QTest::newRow("days have no minutes")
        << 52 * 60 * oneMinute << BadgeKind::Neutral << u"2 d 4 h left"_s;
}

void tst_Widgets::clockTellsItsStep()
{
    QFETCH(qint64, left);
    QFETCH(BadgeKind, kind);
    QFETCH(QString, text);
    const qint64 now = 1'700'000'000'000;
    const Badge face = clockFace({now + left, 240 * oneMinute, {}}, now);
    QCOMPARE(face.text, text);
    QCOMPARE(face.kind, kind);
}

void tst_Widgets::clockSpeaksTheLanguage()
{
    m_language->install(QLocale::Chinese);
    QCOMPARE(clockFace({100 * oneMinute, 0, {}}, 1).text, u"剩 1:39"_s);
    QCOMPARE(clockFace({1, 0, {}}, 12 * oneMinute + 1).text, u"逾期 0:12"_s);
    QCOMPARE(clockFace({1, 0, u"暂停"_s}, 5).text, u"暂停"_s);
    QVERIFY(clockFace({}, 5).text.isEmpty());
}

void tst_Widgets::singleLetterKeyWorksOnlyInTheList()
{
    QWidget page;
    auto *column = new QVBoxLayout(&page);
    auto *table = new RecordTable;
    table->setModel(listOf(3, table));
    auto *field = new QLineEdit;
    column->addWidget(table);
    column->addWidget(field);
    QAction claim(u"Claim"_s);
    claim.setShortcut(Qt::Key_C);
    table->addKey(&claim);
    QSignalSpy claimed(&claim, &QAction::triggered);
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    field->setFocus();
    QTest::keyClick(field, Qt::Key_C);
    QCOMPARE(claimed.size(), 0);
    QCOMPARE(field->text(), u"c"_s);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_C);
    QCOMPARE(claimed.size(), 1);
    QVERIFY(!table->testAttribute(Qt::WA_InputMethodEnabled));
}

void tst_Widgets::tabLeavesTheList()
{
    QWidget page;
    auto *column = new QVBoxLayout(&page);
    auto *table = new RecordTable;
    table->setModel(listOf(3, table));
    auto *field = new QLineEdit;
    column->addWidget(table);
    column->addWidget(field);
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Tab);
    QVERIFY(field->hasFocus());
}

void tst_Widgets::letterDoesNotJumpInTheList()
{
    RecordTable table;
    table.setModel(listOf(5, &table));
    table.model()->setData(table.model()->index(4, 0), u"zebra"_s);
    QTest::keyClick(&table, Qt::Key_Z);
    QCOMPARE(table.currentId(), u"id0"_s);
}

void tst_Widgets::listKeepsARowCurrent()
{
    RecordTable table;
    QStandardItemModel *model = listOf(0, &table);
    table.setModel(model);
    QVERIFY(table.currentId().isEmpty());
    QStandardItemModel *rows = listOf(2, &table);
    model->appendRow(rows->takeRow(0));
    QCOMPARE(table.currentId(), u"id0"_s);
    model->appendRow(rows->takeRow(0));
    QVERIFY(table.selectId(u"id1"_s));
    model->removeRow(1);
    QCOMPARE(table.currentId(), u"id0"_s);
}

void tst_Widgets::currentRowSurvivesAReset()
{
    // A model that resets although it should not: the row is found again by its id.
    class Resetting final : public QAbstractTableModel
    {
    public:
        QStringList ids{u"a"_s, u"b"_s, u"c"_s};
        void reverse()
        {
            beginResetModel();
            std::reverse(ids.begin(), ids.end());
            endResetModel();
        }
        int rowCount(const QModelIndex &) const override { return int(ids.size()); }
        int columnCount(const QModelIndex &) const override { return 2; }
        QVariant data(const QModelIndex &index, int role) const override
        {
            return role == IdRole ? ids.at(index.row()) : QVariant();
        }
    };
    Resetting model;
    RecordTable table;
    table.setModel(&model);
    QVERIFY(table.selectId(u"c"_s));
    model.reverse();
    QCOMPARE(table.currentId(), u"c"_s);
    QCOMPARE(table.currentIndex().row(), 0);
}

void tst_Widgets::enterOpensTheCurrentRecord()
{
    RecordTable table;
    table.setModel(listOf(3, &table));
    QSignalSpy opened(&table, &RecordTable::opened);
    QTest::keyClick(&table, Qt::Key_Down);
    QTest::keyClick(&table, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().toString(), u"id1"_s);
}

void tst_Widgets::emptyListShowsItsState()
{
    RecordTable table;
    QStandardItemModel *model = listOf(0, &table);
    table.setModel(model);
    table.resize(400, 300);
    PaneState state;
    state.title = u"No visits yet"_s;
    table.setState(state);
    QVERIFY(table.statePane().isVisibleTo(&table));
    model->appendRow(new QStandardItem(u"first"_s));
    QVERIFY(!table.statePane().isVisibleTo(&table));
    model->removeRow(0);
    QVERIFY(table.statePane().isVisibleTo(&table));
    table.clearState();
    QVERIFY(!table.statePane().isVisibleTo(&table));
}

void tst_Widgets::filledListIsNotBlankedByLoading()
{
    RecordTable table;
    table.setModel(listOf(3, &table));
    PaneState loading;
    loading.kind = PaneState::Loading;
    table.setState(loading);
    QTest::qSleep(0);
    QVERIFY(!table.statePane().isVisibleTo(&table));
    table.setModel(listOf(0, &table));
    QTRY_VERIFY(table.statePane().isVisibleTo(&table));
}

void tst_Widgets::noPermissionCoversRows()
{
    RecordTable table;
    table.setModel(listOf(3, &table));
    PaneState refused;
    refused.kind = PaneState::NoPermission;
    table.setState(refused);
    QVERIFY(table.statePane().isVisibleTo(&table));
}

void tst_Widgets::columnsAreChosenAndRestored()
{
    RecordTable first;
    first.setModel(listOf(1, &first));
    first.setHiddenByDefault({2});
    QVERIFY(first.isColumnHidden(2));
    QMenu menu;
    first.fillColumnMenu(menu);
    QCOMPARE(menu.actions().first()->text(), u"Name"_s);
    menu.actions().at(1)->trigger();
    menu.actions().at(2)->trigger();
    QVERIFY(first.isColumnHidden(1));
    QVERIFY(!first.isColumnHidden(2));

    RecordTable second;
    second.setModel(listOf(1, &second));
    QVERIFY(second.restoreState(first.saveState()));
    QVERIFY(second.isColumnHidden(1));
    QVERIFY(!second.isColumnHidden(2));
}

void tst_Widgets::stateOfAnotherColumnSetIsRefused()
{
    RecordTable two;
    two.setModel(new QStandardItemModel(0, 2, &two));
    RecordTable three;
    three.setModel(listOf(1, &three));
    QVERIFY(!three.restoreState(two.saveState()));
    QVERIFY(!three.restoreState("nonsense"));
    QVERIFY(!three.isColumnHidden(0));
}

void tst_Widgets::lastColumnCannotBeHidden()
{
    RecordTable table;
    table.setModel(listOf(1, &table));
    table.setHiddenByDefault({1, 2});
    QMenu menu;
    table.fillColumnMenu(menu);
    QVERIFY(!menu.actions().first()->isEnabled());
    QVERIFY(menu.actions().at(1)->isEnabled());
}

void tst_Widgets::listNameTellsTheNumberOfRows()
{
    RecordTable table;
    table.setListName(u"Opportunities"_s);
    QStandardItemModel *model = listOf(2, &table);
    table.setModel(model);
    QCOMPARE(table.accessibleName(), u"Opportunities, 2 rows"_s);
    model->removeRow(0);
    QCOMPARE(table.accessibleName(), u"Opportunities, 1 row"_s);
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

void tst_Widgets::statePaneOffersOneStep_data()
{
    QTest::addColumn<PaneState::Kind>("kind");
    QTest::addColumn<bool>("hasStep");
    QTest::newRow("first use without a step") << PaneState::EmptyFirstUse << false;
    QTest::newRow("a filter can be cleared") << PaneState::EmptyByFilter << true;
    QTest::newRow("reading can be cancelled") << PaneState::Loading << true;
    QTest::newRow("offline can be tried again") << PaneState::Offline << true;
    QTest::newRow("old data can be synced") << PaneState::Stale << true;
    QTest::newRow("an error can be tried again") << PaneState::Error << true;
    QTest::newRow("no permission has no step") << PaneState::NoPermission << false;
}

void tst_Widgets::statePaneOffersOneStep()
{
    QFETCH(PaneState::Kind, kind);
    QFETCH(bool, hasStep);
    StatePane pane;
    PaneState state;
    state.kind = kind;
    pane.setState(state);
    auto *action = pane.findChild<QPushButton *>(u"stateAction"_s);
    QCOMPARE(action->isVisibleTo(&pane), hasStep);
    QVERIFY(!pane.accessibleName().isEmpty());
    QSignalSpy asked(&pane, &StatePane::actionTriggered);
    action->click();
    QCOMPARE(asked.size(), 1);
}

void tst_Widgets::errorDetailsGoToTheClipboard()
{
    StatePane pane;
    PaneState state;
    state.kind = PaneState::Error;
    state.title = u"Could not save"_s;
    state.text = u"Your text is kept."_s;
    state.code = u"STORAGE-17"_s;
    pane.setState(state);
    pane.findChild<QPushButton *>(u"stateCopy"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(),
             u"Could not save\nYour text is kept.\nSTORAGE-17"_s);
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

void tst_Widgets::paletteShowsAnswersAsTheyCome()
{
    QWidget window;
    SlowSource fast, slow;
    CommandPalette palette(&window);
    palette.addSource(&fast);
    palette.addSource(&slow);
    palette.open();
    palette.lineEdit().setText(u"gsyh"_s);
    QCOMPARE(slow.asked.last(), u"gsyh"_s);
    slow.answer(slow.lastGeneration, {u"late section"_s});
    QCOMPARE(palette.list().model()->rowCount(), 1);
    fast.answer(fast.lastGeneration, {u"ICBC"_s, u"ICBC Kunming"_s});
    QCOMPARE(palette.list().model()->rowCount(), 3);
    // Sections keep the order of their sources, whoever answers first.
    QCOMPARE(palette.list().model()->index(0, 0).data().toString(), u"ICBC"_s);
}

void tst_Widgets::paletteDropsAnswersOfAnOlderGeneration()
{
    QWidget window;
    SlowSource source;
    CommandPalette palette(&window);
    palette.addSource(&source);
    palette.open();
    palette.lineEdit().setText(u"g"_s);
    const int old = source.lastGeneration;
    palette.lineEdit().setText(u"gs"_s);
    source.answer(old, {u"stale"_s});
    QCOMPARE(palette.list().model()->rowCount(), 0);
}

void tst_Widgets::palettePrefixAsksOneSourceOnly()
{
    QWidget window;
    SlowSource customers, people(u'@');
    CommandPalette palette(&window);
    palette.addSource(&customers);
    palette.addSource(&people);
    palette.open();
    const auto before = customers.asked.size();
    palette.lineEdit().setText(u"@ li"_s);
    QCOMPARE(customers.asked.size(), before);
    QCOMPARE(people.asked.last(), u"li"_s);
}

void tst_Widgets::paletteKeepsTheChoiceWhenMoreArrives()
{
    QWidget window;
    SlowSource first, second;
    CommandPalette palette(&window);
    palette.addSource(&first);
    palette.addSource(&second);
    palette.open(u"x"_s);
    second.answer(second.lastGeneration, {u"b1"_s, u"b2"_s});
    QTest::keyClick(&palette.lineEdit(), Qt::Key_Down);
    first.answer(first.lastGeneration, {u"a1"_s});
    QTest::keyClick(&palette.lineEdit(), Qt::Key_Return, Qt::AltModifier);
    QCOMPARE(second.activated, QStringList{u"b2"_s});
    QVERIFY(second.wasAlternate);
}

void tst_Widgets::paletteGivesTheFocusBack()
{
    QWidget window;
    QLineEdit field(&window);
    CommandPalette palette(&window);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    field.setFocus();
    palette.open();
    QVERIFY(palette.lineEdit().hasFocus());
    QTest::keyClick(&palette.lineEdit(), Qt::Key_Escape);
    QVERIFY(!palette.isVisible());
    QVERIFY(field.hasFocus());
}

void tst_Widgets::paletteRunsActionsAndShowsTheirKeys()
{
    QAction claim(u"认领(&C)"_s), hidden(u"Hidden"_s);
    claim.setShortcut(Qt::Key_C);
    hidden.setVisible(false);
    ActionSource source;
    source.addActions({&claim, &hidden});
    QSignalSpy found(&source, &CandidateSource::found);
    QSignalSpy run(&claim, &QAction::triggered);
    source.query({}, 7);
    const auto rows = found.first().at(1).value<QList<Candidate>>();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().title, u"认领"_s);
    QCOMPARE(rows.first().shortcut, u"C"_s);
    source.activate(rows.first().id, false);
    QCOMPARE(run.size(), 1);
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

void tst_Widgets::pickerHoldsOnlyWhatWasChosen()
{
    QWidget window;
    auto *picker = new RecordPicker(&window);
    auto *other = new QLineEdit(&window);
    SlowSource source;
    picker->setSource(&source);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    picker->setFocus();
    QTest::keyClicks(picker, u"icbc"_s);
    QVERIFY(picker->currentId().isEmpty());
    source.answer(source.lastGeneration, {u"ICBC Kunming"_s, u"ICBC Dali"_s});
    QVERIFY(picker->isPopupOpen());
    QTest::keyClick(picker, Qt::Key_Down);
    QTest::keyClick(picker, Qt::Key_Return);
    QCOMPARE(picker->currentId(), u"ICBC Dali"_s);
    QTest::keyClicks(picker, u"x"_s);
    QVERIFY(picker->currentId().isEmpty());
    other->setFocus();
    QVERIFY(picker->currentId().isEmpty());
    QCOMPARE(picker->text(), u"ICBC Dalix"_s);
}

void tst_Widgets::diffIsSettledByKeys()
{
    DiffRow row;
    row.setValue({u"Phone"_s, {u"0"_s, {}}, {u"1"_s, {}}, {u"9"_s, {}}});
    row.show();
    QVERIFY(QTest::qWaitForWindowActive(&row));
    QSignalSpy chosen(&row, &DiffRow::chosen);
    row.setFocus();
    QTest::keyClick(&row, Qt::Key_2);
    QCOMPARE(row.chosenValue(), u"9"_s);
    QTest::keyClick(&row, Qt::Key_1);
    QCOMPARE(row.chosenValue(), u"1"_s);
    QTest::keyClick(&row, Qt::Key_3);
    QWidget *editor = QApplication::focusWidget();
    QTest::keyClicks(editor, u"512"_s);
    QCOMPARE(row.choice(), DiffRow::Choice::Mine);
    QTest::keyClick(editor, Qt::Key_Return);
    QCOMPARE(row.choice(), DiffRow::Choice::Edited);
    QCOMPARE(row.chosenValue(), u"512"_s);
    QCOMPARE(chosen.size(), 3);
}

void tst_Widgets::maskedValueIsShownThroughTheCallbackOnly()
{
    MaskedLabel label;
    int asked = 0;
    label.setMasked(u"138****1234"_s, u"phone"_s, [&asked]() -> std::optional<QString> {
        ++asked;
        return u"13800001234"_s;
    });
    QCOMPARE(asked, 0);
    QCOMPARE(label.text(), u"138****1234"_s);
    label.reveal();
    QCOMPARE(label.text(), u"13800001234"_s);
    label.conceal();
    QCOMPARE(label.text(), u"138****1234"_s);
    QCOMPARE(asked, 1);
    label.setMasked(u"138****1234"_s, u"phone"_s, [] { return std::optional<QString>(); });
    label.reveal();
    QCOMPARE(label.text(), u"138****1234"_s);
}

void tst_Widgets::fieldRowTellsItsErrorToScreenReaders()
{
    FieldForm form;
    auto *field = new QLineEdit;
    FieldRow *row = form.addRow(u"电话(&P)"_s, field, true);
    QCOMPARE(field->accessibleName(), u"电话, required"_s);
    row->setError(u"A phone number is needed."_s);
    QCOMPARE(field->accessibleDescription(), u"A phone number is needed."_s);
    QVERIFY(row->hasError());
    form.clearErrors();
    QVERIFY(field->accessibleDescription().isEmpty());
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

void tst_Widgets::moneyIsReadAsPeopleWriteIt_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("fen");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"1284000"_s << 128'400'000LL << u"1,284,000.00"_s;
    QTest::newRow("with separators and sign") << u"¥1,284.5"_s << 128'450LL << u"1,284.50"_s;
    QTest::newRow("ten thousands") << u"1.2万"_s << 1'200'000LL << u"12,000.00"_s;
    QTest::newRow("hundred millions") << u"3亿元"_s << 30'000'000'000LL << u"300,000,000.00"_s;
    QTest::newRow("millions") << u"1.28m"_s << 128'000'000LL << u"1,280,000.00"_s;
    QTest::newRow("negative") << u"-5"_s << -500LL << u"-5.00"_s;
    QTest::newRow("less than a yuan, negative") << u"-0.05"_s << -5LL << u"-0.05"_s;
    QTest::newRow("nothing") << QString() << -1LL << QString();
    QTest::newRow("words") << u"many"_s << -1LL << QString();
    QTest::newRow("a third decimal") << u"1.005"_s << -1LL << QString();
    QTest::newRow("too large") << u"9999999999999999亿"_s << -1LL << QString();
}

void tst_Widgets::moneyIsReadAsPeopleWriteIt()
{
    QFETCH(QString, text);
    QFETCH(qint64, fen);
    QFETCH(QString, shown);
    const std::optional<Money> read = moneyFromText(text);
    QCOMPARE(read.has_value(), !shown.isEmpty());
    if (!read)
        return;
    QCOMPARE(read->fen, fen);
    QCOMPARE(moneyText(*read), shown);
}

void tst_Widgets::dateIsReadAsPeopleWriteIt_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("date");
    QTest::newRow("in full") << u"2026-11-21"_s << u"2026-11-21"_s;
    QTest::newRow("digits alone") << u"20261121"_s << u"2026-11-21"_s;
    QTest::newRow("Chinese") << u"2026年1月5日"_s << u"2026-01-05"_s;
    QTest::newRow("month and day") << u"11-21"_s << u"2026-11-21"_s;
    QTest::newRow("in three days") << u"+3"_s << u"2026-11-28"_s;
    QTest::newRow("tomorrow") << u"明天"_s << u"2026-11-26"_s;
    QTest::newRow("today's weekday is today") << u"周三"_s << u"2026-11-25"_s;
    QTest::newRow("a weekday gone by is next week's") << u"周二"_s << u"2026-12-01"_s;
    QTest::newRow("next week begins on Monday") << u"下周一"_s << u"2026-11-30"_s;
    QTest::newRow("Sunday ends the week") << u"星期日"_s << u"2026-11-29"_s;
    QTest::newRow("English") << u"next tue"_s << u"2026-12-01"_s;
    QTest::newRow("no such day") << u"2026-02-30"_s << QString();
    QTest::newRow("words") << u"soon"_s << QString();
}

void tst_Widgets::dateIsReadAsPeopleWriteIt()
{
    QFETCH(QString, text);
    QFETCH(QString, date);
    const QDate wednesday(2026, 11, 25);
    const std::optional<QDate> read = dateFromText(text, wednesday);
    QCOMPARE(read ? read->toString(Qt::ISODate) : QString(), date);
}

void tst_Widgets::wrongDateStaysAndIsNotAValue()
{
    DateEdit edit;
    edit.setToday([] { return QDate(2026, 11, 25); });
    QTest::keyClicks(&edit, u"2026-13-01"_s);
    QTest::keyClick(&edit, Qt::Key_Return);
    QCOMPARE(edit.text(), u"2026-13-01"_s);
    QVERIFY(!edit.date());
    QVERIFY(!edit.hasAcceptableText());
    edit.setText(u"+1"_s);
    QTest::keyClick(&edit, Qt::Key_Return);
    QCOMPARE(edit.text(), u"2026-11-26"_s);
    QTest::keyClick(&edit, Qt::Key_Up);
    QCOMPARE(edit.text(), u"2026-11-27"_s);
}

void tst_Widgets::wordsChangeWithoutRestart()
{
    SyncChip chip;
    chip.setState(SyncChip::State::Queued, 3);
    RecordTable table;
    table.setListName(u"List"_s);
    StatePane pane;
    PaneState state;
    state.kind = PaneState::EmptyByFilter;
    pane.setState(state);
    m_language->install(QLocale::Chinese);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(chip.accessibleName(), u"3 项待同步"_s);
    QCOMPARE(table.accessibleName(), u"List，0 行"_s);
    QCOMPARE(pane.findChild<QPushButton *>(u"stateAction"_s)->text(), u"清除筛选"_s);
    QCOMPARE(QLocale().language(), QLocale::Chinese);
}

void tst_Widgets::englishHasPluralsAndNoHan()
{
    SyncChip chip;
    chip.setState(SyncChip::State::NeedsYou, 1);
    QCOMPARE(chip.words(), u"1 needs you"_s);
    chip.setState(SyncChip::State::NeedsYou, 2);
    QCOMPARE(chip.words(), u"2 need you"_s);
}

void tst_Widgets::everyGalleryPageIsNamedForScreenReaders()
{
    Gallery gallery(*m_language);
    gallery.show();
    const QStringList pages = gallery.pageIds();
    for (const QString &id : pages) {
        gallery.showPage(id);
        QCoreApplication::processEvents();
        const QList<QWidget *> widgets = gallery.findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)
                || qobject_cast<const QAbstractScrollArea *>(widget->parent())
                || qobject_cast<const QAbstractSpinBox *>(widget->parent()))
                continue;
            QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(
                const_cast<QWidget *>(widget));
            QVERIFY(spoken);
            const bool named = !spoken->text(QAccessible::Name).isEmpty()
                || !spoken->text(QAccessible::Value).isEmpty();
            QVERIFY2(named,
                     qPrintable(id + u": "_s
                                + QString::fromLatin1(widget->metaObject()->className()) + u' '
                                + widget->objectName()));
        }
    }
}

QTEST_MAIN(tst_Widgets)
#include "tst_widgets.moc"
