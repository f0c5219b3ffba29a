#include "gui/one_desk.h"

#include "rules/routing_facts.h"
#include "ui/pages/list_pane.h"
#include "ui/widgets/bar_chart.h"

#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

#define WELL(person) QVERIFY2((person).problem().isEmpty(), qPrintable((person).problem()))

// Who carries how much, on the dispatch desk: the figures routing itself goes by, and the records
// behind each.
class TestLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loadIsWhatRoutingCounts();
    void enterOpensTheOpportunitiesBehindALine();
};

namespace {

// Two claimed ones, of classes A and B, and one that waits for the claim.
void giveThree(OneDesk &at)
{
    Opportunity large = at.owned(u"新装专线"_s);
    large.valueClass = ValueClass::A;
    at.office.add(large);
    Opportunity middle = at.owned(u"扩容专线"_s);
    middle.valueClass = ValueClass::B;
    at.office.add(middle);
    Opportunity offered = at.owned(u"移动总机"_s);
    offered.valueClass = ValueClass::C;
    offered.custodyState = CustodyState::Dispatched;
    offered.ownerId = {};
    at.office.add(offered);
    Opportunity closed = at.owned(u"已办结"_s);
    closed.custodyState = CustodyState::Closed;
    at.office.add(closed);
}

} // namespace

void TestLoad::loadIsWhatRoutingCounts()
{
    OneDesk at;
    giveThree(at);
    DesktopDriver &dispatcher = at.enter(u"1151"_s);
    dispatcher.untilPage(u"today"_s);
    dispatcher.window().goTo(u"dispatch"_s);
    dispatcher.untilPage(u"dispatch"_s).chooseView(u"load"_s).untilStill();
    WELL(dispatcher);
    auto *list =
        dispatcher.window().page(u"dispatch"_s)->findChild<ListPane *>(u"dispatch.load.pane"_s);
    QVERIFY(list);
    const RecordTableModel &rows = list->model();
    QTRY_COMPARE(rows.rowCount(), 2); // those who may be given opportunities
    const int row = rows.rowOf(at.manager.text());
    QCOMPARE(row, 0); // who carries most is first
    QCOMPARE(rows.cellAt(row, u"held"_s).integer(), 2);
    QCOMPARE(rows.cellAt(row, u"offered"_s).integer(), 1);
    RoutingFacts facts(at.office.store(), SystemClock().now());
    RoutingQuestion question;
    question.areas = {at.area};
    const auto candidate = facts.candidate(at.manager, question);
    QVERIFY(candidate);
    QCOMPARE(rows.cellAt(row, u"load"_s).integer(), candidate->load);
    auto *chart = dispatcher.find<BarChart>(u"dispatch.load.chart"_s);
    QVERIFY(chart);
    QVERIFY2(chart->accessibleName().contains(u"2 claimed"_s), qPrintable(chart->accessibleName()));
}

void TestLoad::enterOpensTheOpportunitiesBehindALine()
{
    OneDesk at;
    giveThree(at);
    DesktopDriver &dispatcher = at.enter(u"1151"_s);
    dispatcher.untilPage(u"today"_s);
    dispatcher.window().goTo(u"dispatch"_s);
    dispatcher.untilPage(u"dispatch"_s).chooseView(u"load"_s).untilStill();
    dispatcher.tabTo(u"dispatch.load.list"_s).press(u"Return"_s).untilPage(u"opportunities"_s);
    WELL(dispatcher);
    auto *list = dispatcher.window()
                     .page(u"opportunities"_s)
                     ->findChild<ListPane *>(u"opportunities.pane"_s);
    QVERIFY(list);
    QTRY_COMPARE(list->model().rowCount(), 3);
    WELL(dispatcher);
}

QTEST_MAIN(TestLoad)
#include "tst_load.moc"
