#include "gui/one_desk.h"

#include "commands/edit_record.h"
#include "commands/opportunity_stage.h"
#include "domain/product_offering.h"
#include "ui/pages/opportunity_detail.h"
#include "ui/widgets/kanban_board.h"
#include "ui/widgets/kanban_column.h"
#include "ui/widgets/text_label.h"

#include <QListView>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

namespace {

/// An opportunity that may go to Need and on to PreProposal.
Opportunity readyToMove(OneDesk &at, const QString &title, SalesStage stage)
{
    ProductOffering product;
    product.code = u"P-"_s + title;
    product.name = u"专线"_s;
    Opportunity opportunity = at.owned(title);
    opportunity.salesStage = stage;
    opportunity.contactName = u"刘主任"_s;
    opportunity.needKinds.keys = {u"new_business"_s};
    opportunity.productId = at.office.add(product);
    opportunity.needSummary = u"两条专线"_s;
    opportunity.keyPersonName = u"刘主任"_s;
    opportunity.valueFen = {10'000'00};
    return opportunity;
}

QListView *column(DesktopDriver &person, SalesStage stage)
{
    return person.find<QListView>(u"kanban."_s + keyOf(stage));
}

int cardsIn(DesktopDriver &person, SalesStage stage)
{
    const QListView *list = column(person, stage);
    return list ? list->model()->rowCount() : -1;
}

QString shown(DesktopDriver &person)
{
    const auto *detail = person.window().findChild<OpportunityDetail *>(u"opportunity.detail"_s);
    return detail ? detail->currentId() : QString();
}

CommandCall lost(const QString &id)
{
    CloseOpportunity close;
    close.opportunity = RecordId(id);
    close.outcome = SalesStage::Lost;
    close.lostReason = LostReason::Price;
    return callOf(close);
}

/// The words beside the heading of the stage Need.
QString sumOf(DesktopDriver &person)
{
    const auto *board = person.window().findChild<KanbanBoard *>();
    QStringList words;
    for (const auto *label : board->column(u"need"_s)->findChildren<TextLabel *>())
        words.append(label->text());
    return words.value(2);
}

void openBoard(DesktopDriver &person)
{
    person.untilPage(u"today"_s);
    person.window().goTo(u"opportunities"_s);
    person.untilPage(u"opportunities"_s).chooseView(u"board"_s);
}

} // namespace

// The board: the current card stays the current one wherever it goes, and figures are those of the
// cards below them.
class TestBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secondKeyMovesTheSameCard();
    void cardThatLeavesChoosesNoOther();
    void boardOutOfSightChangesNothing();
    void recordThatIsShownIsMarkedInTheOtherView();
    void sumFollowsAValueAndTheLanguage();
};

#define WELL(person) QVERIFY2((person).problem().isEmpty(), qPrintable((person).problem()))

void TestBoard::secondKeyMovesTheSameCard()
{
    OneDesk at;
    const RecordId ids[] = {at.office.add(readyToMove(at, u"一"_s, SalesStage::Talk)),
                            at.office.add(readyToMove(at, u"二"_s, SalesStage::Talk))};
    DesktopDriver &manager = at.enter(u"1101"_s);
    openBoard(manager);
    manager.tabTo(u"kanban.talk"_s);
    const QString moved = shown(manager);
    const RecordId other = ids[moved == ids[0].text() ? 1 : 0];
    manager.press(u"Ctrl+Right"_s);
    manager.until(u"one card is left"_s, [&] { return cardsIn(manager, SalesStage::Talk) == 1; });
    manager.until(u"the card has arrived"_s,
                  [&] { return cardsIn(manager, SalesStage::Need) == 1; });
    QCOMPARE(shown(manager), moved);
    QCOMPARE(manager.focusName(), u"kanban.need"_s);
    manager.press(u"Ctrl+Right"_s).untilSettled();
    WELL(manager);
    QCOMPARE(shown(manager), moved);
    QCOMPARE(keyOf(at.onServer<Opportunity>(RecordId(moved)).salesStage),
             keyOf(SalesStage::PreProposal));
    QCOMPARE(keyOf(at.onServer<Opportunity>(other).salesStage), keyOf(SalesStage::Talk));
}

void TestBoard::cardThatLeavesChoosesNoOther()
{
    OneDesk at;
    for (const QString &title : {u"一"_s, u"二"_s, u"三"_s})
        at.office.add(readyToMove(at, title, SalesStage::Talk));
    DesktopDriver &manager = at.enter(u"1101"_s);
    openBoard(manager);
    manager.tabTo(u"kanban.talk"_s);
    const QListView *list = column(manager, SalesStage::Talk);
    QVERIFY(list);
    QCOMPARE(list->currentIndex().row(), 0);
    const QString gone = shown(manager);
    const QString neighbour = list->model()->index(1, 0).data(IdRole).toString();
    manager.workbench().run(lost(gone));
    manager.until(u"two cards are left"_s, [&] { return cardsIn(manager, SalesStage::Talk) == 2; });
    QCOMPARE(shown(manager), gone);
    QVERIFY(!list->selectionModel()->hasSelection());
    manager.press(u"Down"_s);
    WELL(manager);
    QCOMPARE(shown(manager), neighbour);
}

void TestBoard::boardOutOfSightChangesNothing()
{
    OneDesk at;
    for (const QString &title : {u"一"_s, u"二"_s})
        at.office.add(readyToMove(at, title, SalesStage::Talk));
    const RecordId far = at.office.add(readyToMove(at, u"三"_s, SalesStage::Need));
    DesktopDriver &manager = at.enter(u"1101"_s);
    openBoard(manager);
    manager.tabTo(u"kanban.talk"_s);
    const QString card = shown(manager);
    manager.chooseView(u"table"_s);
    manager.window().openRecord(u"opportunity"_s, far.text());
    manager.untilStill();
    QCOMPARE(shown(manager), far.text());
    manager.workbench().run(lost(card));
    auto *board = manager.window().findChild<QListView *>(u"kanban.talk"_s);
    QVERIFY(board);
    manager.until(u"one card is left"_s, [&] { return board->model()->rowCount() == 1; });
    manager.untilStill();
    WELL(manager);
    QCOMPARE(shown(manager), far.text());
}

void TestBoard::recordThatIsShownIsMarkedInTheOtherView()
{
    OneDesk at;
    RecordId ids[2];
    for (RecordId &id : ids)
        id = at.office.add(readyToMove(at, u"新装专线"_s, SalesStage::Need));
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilPage(u"today"_s);
    for (const RecordId &id : ids) {
        manager.window().openRecord(u"opportunity"_s, id.text());
        manager.untilPage(u"opportunities"_s).chooseView(u"board"_s);
        WELL(manager);
        QCOMPARE(shown(manager), id.text());
        QCOMPARE(column(manager, SalesStage::Need)->currentIndex().data(IdRole).toString(),
                 id.text());
    }
}

void TestBoard::sumFollowsAValueAndTheLanguage()
{
    OneDesk at;
    const RecordId id = at.office.add(readyToMove(at, u"新装专线"_s, SalesStage::Need));
    DesktopDriver &manager = at.enter(u"1101"_s);
    openBoard(manager);
    manager.until(u"the sum is shown"_s, [&] { return sumOf(manager).contains(u"10"_s); });
    const QString before = sumOf(manager);
    EditRecord edit;
    edit.entity = u"opportunity"_s;
    edit.record = id;
    edit.patch = {{u"value_fen"_s, Cell(qint64(55'000'00))}};
    manager.workbench().run(callOf(edit));
    manager.until(u"it is another sum"_s, [&] { return sumOf(manager) != before; });
    const QString english = sumOf(manager);
    manager.press(u"Alt+L"_s).untilStill();
    WELL(manager);
    QVERIFY2(sumOf(manager) != english, qPrintable(english));
}

QTEST_MAIN(TestBoard)
#include "tst_board.moc"
