#include "gui/record_list.h"
#include "models/roles.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/language.h"
#include "ui/widgets/record_table.h"
#include "ui/widgets/state_pane.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace keydesk;

namespace {

/// How many rows of \a strip hold more than one colour: the height of what is written there.
int inkHeight(const QImage &strip)
{
    int rows = 0;
    for (int y = 0; y < strip.height(); ++y) {
        int x = 1;
        while (x < strip.width() && strip.pixel(x, y) == strip.pixel(0, y))
            ++x;
        rows += x < strip.width() ? 1 : 0;
    }
    return rows;
}

} // namespace

class tst_RecordTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
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
    void stretchColumnTakesWhatOthersLeave();
    void stretchColumnKeepsItsWidthInANarrowList();
    void listNameTellsTheNumberOfRows();
    void headingShowsTheTailsOfItsLetters();
    void statePaneOffersOneStep_data();
    void statePaneOffersOneStep();
    void errorDetailsGoToTheClipboard();

private:
    KeydeskStyle *m_style = nullptr;
    Language *m_language = nullptr;
};

void tst_RecordTable::initTestCase()
{
    m_style = &KeydeskStyle::install();
    m_language = new Language(this);
}

void tst_RecordTable::init()
{
    m_style->setTheme(Theme{});
    m_language->install(QLocale::English);
}

void tst_RecordTable::singleLetterKeyWorksOnlyInTheList()
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

void tst_RecordTable::tabLeavesTheList()
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

void tst_RecordTable::letterDoesNotJumpInTheList()
{
    RecordTable table;
    table.setModel(listOf(5, &table));
    table.model()->setData(table.model()->index(4, 0), u"zebra"_s);
    QTest::keyClick(&table, Qt::Key_Z);
    QCOMPARE(table.currentId(), u"id0"_s);
}

void tst_RecordTable::listKeepsARowCurrent()
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

void tst_RecordTable::currentRowSurvivesAReset()
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

void tst_RecordTable::enterOpensTheCurrentRecord()
{
    RecordTable table;
    table.setModel(listOf(3, &table));
    QSignalSpy opened(&table, &RecordTable::opened);
    QTest::keyClick(&table, Qt::Key_Down);
    QTest::keyClick(&table, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().toString(), u"id1"_s);
}

void tst_RecordTable::emptyListShowsItsState()
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

void tst_RecordTable::filledListIsNotBlankedByLoading()
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

void tst_RecordTable::noPermissionCoversRows()
{
    RecordTable table;
    table.setModel(listOf(3, &table));
    PaneState refused;
    refused.kind = PaneState::NoPermission;
    table.setState(refused);
    QVERIFY(table.statePane().isVisibleTo(&table));
}

void tst_RecordTable::columnsAreChosenAndRestored()
{
    RecordTable first;
    first.setModel(listOf(1, &first));
    first.setHiddenByDefault({2});
    QVERIFY(first.isColumnHidden(2));
    QMenu menu;
    first.fillColumnMenu(menu);
    QCOMPARE(menu.actions().constFirst()->text(), u"Name"_s);
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

void tst_RecordTable::stateOfAnotherColumnSetIsRefused()
{
    RecordTable two;
    two.setModel(new QStandardItemModel(0, 2, &two));
    RecordTable three;
    three.setModel(listOf(1, &three));
    QVERIFY(!three.restoreState(two.saveState()));
    QVERIFY(!three.restoreState("nonsense"));
    QVERIFY(!three.isColumnHidden(0));
}

void tst_RecordTable::lastColumnCannotBeHidden()
{
    RecordTable table;
    table.setModel(listOf(1, &table));
    table.setHiddenByDefault({1, 2});
    QMenu menu;
    table.fillColumnMenu(menu);
    QVERIFY(!menu.actions().constFirst()->isEnabled());
    QVERIFY(menu.actions().at(1)->isEnabled());
}

void tst_RecordTable::stretchColumnTakesWhatOthersLeave()
{
    RecordTable table;
    table.setModel(listOf(3, &table));
    table.setStretchColumn(0);
    table.setColumnWidths({200, 90, 110});
    table.resize(900, 300);
    table.show();
    QVERIFY(QTest::qWaitForWindowExposed(&table));
    QCOMPARE(table.columnWidth(0), table.viewport()->width() - 200);
    table.setColumnShown(1, false);
    QCOMPARE(table.columnWidth(0), table.viewport()->width() - 110);
}

void tst_RecordTable::stretchColumnKeepsItsWidthInANarrowList()
{
    RecordTable table;
    table.setModel(listOf(3, &table));
    table.setStretchColumn(0);
    table.setColumnWidths({200, 90, 110});
    table.resize(260, 300);
    table.show();
    QVERIFY(QTest::qWaitForWindowExposed(&table));
    QCOMPARE(table.columnWidth(0), 200);
}

void tst_RecordTable::listNameTellsTheNumberOfRows()
{
    RecordTable table;
    table.setListName(u"Opportunities"_s);
    QStandardItemModel *model = listOf(2, &table);
    table.setModel(model);
    QCOMPARE(table.accessibleName(), u"Opportunities, 2 rows"_s);
    model->removeRow(0);
    QCOMPARE(table.accessibleName(), u"Opportunities, 1 row"_s);
}

void tst_RecordTable::headingShowsTheTailsOfItsLetters()
{
    RecordTable table;
    QStandardItemModel *model = listOf(1, &table);
    model->setHorizontalHeaderLabels({u"gyjpq"_s});
    table.setModel(model);
    table.show();
    QHeaderView *header = table.horizontalHeader();
    const QImage heading = header->grab().toImage();
    const QRect words = header->fontMetrics().tightBoundingRect(u"gyjpq"_s);
    QImage free(200, 200, QImage::Format_RGB32);
    free.fill(Qt::white);
    QPainter painter(&free);
    painter.setFont(header->font());
    painter.drawText(20, 100, u"gyjpq"_s);
    painter.end();
    QVERIFY(inkHeight(free) >= words.height() - 1);
    QCOMPARE(inkHeight(heading.copy(4, 0, words.width() + 8, heading.height())), inkHeight(free));
}

void tst_RecordTable::statePaneOffersOneStep_data()
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

void tst_RecordTable::statePaneOffersOneStep()
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

void tst_RecordTable::errorDetailsGoToTheClipboard()
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

QTEST_MAIN(tst_RecordTable)
#include "tst_record_table.moc"
