#include "gui/one_desk.h"

#include "ui/pages/list_pane.h"
#include "ui/widgets/text_label.h"

#include <QLineEdit>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// What is opened is what is shown: no list that is read meanwhile puts another record in its place,
// for the next key acts on what stands there.
class TestOpenRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closedDealOpensFromTheInbox();
    void textInTheFilterHidesNothingThatIsOpened();
    void captureOfATechnicalSeatOpens();
    void personIsOpenedOverANarrowedList();
};

#define WELL(person) QVERIFY2((person).problem().isEmpty(), qPrintable((person).problem()))

namespace {

QString shownTitle(DesktopDriver &person)
{
    const auto *title = person.find<TextLabel>(u"opportunity.title"_s);
    return title ? title->text() : QString();
}

ListPane *listOf(DesktopDriver &person)
{
    return person.window().page(u"opportunities"_s)->findChild<ListPane *>(u"opportunities.pane"_s);
}

} // namespace

void TestOpenRecord::closedDealOpensFromTheInbox()
{
    OneDesk at;
    Opportunity closed = at.owned(u"已办结的专线"_s);
    closed.custodyState = CustodyState::Closed;
    closed.closedAt = {SystemClock().now().ms - hour};
    const RecordId id = at.office.add(closed);
    for (int i = 0; i < 3; ++i)
        at.office.add(at.owned(u"在办%1"_s.arg(i)));
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilPage(u"today"_s);
    manager.window().goTo(u"opportunities"_s);
    manager.untilPage(u"opportunities"_s).untilStill();
    QCOMPARE(listOf(manager)->model().rowCount(), 3); // the inbox holds what is open
    manager.window().openRecord(u"opportunity"_s, id.text());
    manager.untilStill();
    WELL(manager);
    QCOMPARE(shownTitle(manager), u"已办结的专线"_s);
    QCOMPARE(listOf(manager)->currentId(), id.text());
}

void TestOpenRecord::textInTheFilterHidesNothingThatIsOpened()
{
    OneDesk at;
    const RecordId id = at.office.add(at.owned(u"扩容专线"_s));
    at.office.add(at.owned(u"移动总机"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilPage(u"today"_s);
    manager.window().goTo(u"opportunities"_s);
    manager.untilPage(u"opportunities"_s).chooseView(u"table"_s);
    manager.tabTo(u"opportunities.list"_s)
        .press(u"Ctrl+F"_s)
        .type(u"总机"_s)
        .press(u"Return"_s)
        .untilStill();
    QTRY_COMPARE(listOf(manager)->model().rowCount(), 1);
    manager.window().openRecord(u"opportunity"_s, id.text());
    manager.untilStill();
    WELL(manager);
    QCOMPARE(shownTitle(manager), u"扩容专线"_s);
    QTRY_COMPARE(listOf(manager)->currentId(), id.text());
}

void TestOpenRecord::captureOfATechnicalSeatOpens()
{
    OneDesk at;
    const RecordId seat = at.addPerson(u"1135"_s, Role::TechSeat);
    Opportunity captured = at.owned(u"故障中听到的需求"_s);
    captured.capturedBy = seat;
    const RecordId id = at.office.add(captured);
    DesktopDriver &technician = at.enter(u"1135"_s);
    technician.untilPage(u"today"_s);
    technician.window().openRecord(u"opportunity"_s, id.text());
    technician.untilPage(u"opportunities"_s);
    WELL(technician);
    QCOMPARE(shownTitle(technician), u"故障中听到的需求"_s);
}

void TestOpenRecord::personIsOpenedOverANarrowedList()
{
    OneDesk at;
    at.addPerson(u"1001"_s, Role::Administrator);
    DesktopDriver &administrator = at.enter(u"1001"_s);
    administrator.window().goTo(u"admin"_s);
    administrator.untilPage(u"admin"_s).tabTo(u"admin.staff.list"_s);
    administrator.press(u"Ctrl+F"_s).type(u"1101"_s).press(u"Return"_s).untilStill();
    const auto *code = administrator.find<QLineEdit>(u"staff.code"_s);
    QVERIFY(code);
    QTRY_COMPARE(code->text(), u"1101"_s);
    administrator.window().openRecord(u"staff"_s, at.colleague.text());
    QCOMPARE(code->text(), u"1102"_s);
    administrator.untilPage(u"admin"_s).untilStill();
    WELL(administrator);
    QCOMPARE(code->text(), u"1102"_s);
}

QTEST_MAIN(TestOpenRecord)
#include "tst_open_record.moc"
