#include "gui/one_desk.h"

#include "commands/edit_record.h"
#include "domain/contact.h"
#include "domain/note.h"
#include "domain/task.h"
#include "ui/pages/note_edit.h"
#include "ui/widgets/date_edit.h"
#include "ui/widgets/instant_edit.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// Nothing typed is lost (architecture, promise 3): what is not saved stays with its record.
class TestUnsavedText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void editedFieldStaysWithItsOpportunity();
    void discardedTextIsGone();
    void savedTextIsNoDraft();
    void halfTypedNoteStaysWithItsOpportunity();
    void noteAddedTwiceIsOneNote();
    void editedFieldStaysWithItsCustomer();
    void wordTypedWhileItIsSavedIsKept();
    void unreadableDateIsKeptAsTyped();
    void changeBySomebodyElseUnderADraftIsAConflict();
    void closedFormOfANewRecordKeepsItsText();
    void discardedFormOfANewRecordBeginsAnew();
    void closedVisitKeepsItsText();
    void refusedNextStepStaysInTheVisit();
    void halfTypedTimeIsKept();

private:
    static void save(DesktopDriver &person)
    {
        person.press(u"Ctrl+S"_s).until(u"it is saved"_s, [&] {
            return !person.find(u"opportunity.save.unsaved"_s);
        });
        person.untilSettled();
    }
    static QString textOf(const DesktopDriver &person, const QString &edit)
    {
        const auto *found = person.find<QLineEdit>(edit);
        return found ? found->text() : u"(no such field)"_s;
    }
};

#define WELL(person) QVERIFY2((person).problem().isEmpty(), qPrintable((person).problem()))

void TestUnsavedText::editedFieldStaysWithItsOpportunity()
{
    OneDesk at;
    const RecordId first = at.office.add(at.owned(u"新装专线"_s));
    const RecordId second = at.office.add(at.owned(u"短号集群网"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.window().openRecord(u"opportunity"_s, first.text());
    manager.untilPage(u"opportunities"_s).fill(u"opportunity.next_step"_s, u"周五送方案"_s);
    QVERIFY(manager.find(u"opportunity.save.unsaved"_s));
    manager.window().openRecord(u"opportunity"_s, second.text());
    manager.untilStill();
    QCOMPARE(textOf(manager, u"opportunity.next_step"_s), QString());
    QVERIFY(!manager.find(u"opportunity.save.unsaved"_s));
    manager.window().openRecord(u"opportunity"_s, first.text());
    manager.untilStill();
    QCOMPARE(textOf(manager, u"opportunity.next_step"_s), u"周五送方案"_s);
    QVERIFY(manager.find(u"opportunity.save.unsaved"_s));
    save(manager);
    WELL(manager);
    QCOMPARE(at.onServer<Opportunity>(first).nextStep, u"周五送方案"_s);
    QCOMPARE(at.onServer<Opportunity>(second).nextStep, QString());
}

void TestUnsavedText::discardedTextIsGone()
{
    OneDesk at;
    const RecordId first = at.office.add(at.owned(u"新装专线"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.window().openRecord(u"opportunity"_s, first.text());
    manager.untilPage(u"opportunities"_s).fill(u"opportunity.next_step"_s, u"周五送方案"_s);
    manager.tabTo(u"opportunity.save.discard"_s).press(u"Space"_s);
    WELL(manager);
    QCOMPARE(textOf(manager, u"opportunity.next_step"_s), QString());
    QCOMPARE(manager.workbench().draft(u"opportunity/"_s + first.text()), QString());
}

void TestUnsavedText::savedTextIsNoDraft()
{
    OneDesk at;
    const RecordId first = at.office.add(at.owned(u"新装专线"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.window().openRecord(u"opportunity"_s, first.text());
    manager.untilPage(u"opportunities"_s).fill(u"opportunity.next_step"_s, u"周五送方案"_s);
    save(manager);
    QCOMPARE(manager.workbench().draft(u"opportunity/"_s + first.text()), QString());
    WELL(manager);
}

void TestUnsavedText::halfTypedNoteStaysWithItsOpportunity()
{
    OneDesk at;
    const RecordId first = at.office.add(at.owned(u"新装专线"_s));
    const RecordId second = at.office.add(at.owned(u"短号集群网"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.window().openRecord(u"opportunity"_s, first.text());
    manager.untilPage(u"opportunities"_s).press(u"N"_s).untilFocused(u"opportunity.note"_s);
    manager.type(u"客户说价格"_s);
    manager.window().openRecord(u"opportunity"_s, second.text());
    manager.untilStill();
    QCOMPARE(textOf(manager, u"opportunity.note"_s), QString());
    manager.window().openRecord(u"opportunity"_s, first.text());
    manager.untilStill();
    QCOMPARE(textOf(manager, u"opportunity.note"_s), u"客户说价格"_s);
    WELL(manager);
}

void TestUnsavedText::noteAddedTwiceIsOneNote()
{
    OneDesk at;
    const RecordId first = at.office.add(at.owned(u"新装专线"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.window().openRecord(u"opportunity"_s, first.text());
    manager.untilPage(u"opportunities"_s).press(u"N"_s).type(u"院长出差"_s);
    auto *note = manager.find<NoteEdit>(u"opportunity.note"_s);
    QVERIFY(note);
    note->add(); // faster than any answer
    note->add();
    manager.untilSettled();
    WELL(manager);
    QCOMPARE(note->text(), QString());
    QCOMPARE(at.allOnServer<Note>().size(), std::size_t(1));
}

void TestUnsavedText::editedFieldStaysWithItsCustomer()
{
    OneDesk at;
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.window().openRecord(u"account"_s, at.hospital.text());
    manager.untilPage(u"customers"_s).fill(u"account.address"_s, u"翠湖路1号"_s);
    manager.fill(u"customer360.note"_s, u"院长出差"_s);
    manager.window().openRecord(u"account"_s, at.factory.text());
    manager.untilStill();
    QCOMPARE(textOf(manager, u"account.address"_s), QString());
    QCOMPARE(textOf(manager, u"customer360.note"_s), QString());
    manager.window().openRecord(u"account"_s, at.hospital.text());
    manager.untilStill();
    QCOMPARE(textOf(manager, u"account.address"_s), u"翠湖路1号"_s);
    QCOMPARE(textOf(manager, u"customer360.note"_s), u"院长出差"_s);
    WELL(manager);
}

void TestUnsavedText::wordTypedWhileItIsSavedIsKept()
{
    OneDesk at;
    const RecordId first = at.office.add(at.owned(u"新装专线"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.window().openRecord(u"opportunity"_s, first.text());
    manager.untilPage(u"opportunities"_s).fill(u"opportunity.next_step"_s, u"周五送方案"_s);
    auto *other = manager.find<QLineEdit>(u"opportunity.contact_time"_s);
    auto *saveIt = manager.find<QAbstractButton>(u"opportunity.save"_s);
    QVERIFY(other && saveIt);
    saveIt->click();
    QTest::keyClicks(other, u"9-11"_s); // before any answer
    manager.untilSettled();
    WELL(manager);
    QCOMPARE(at.onServer<Opportunity>(first).nextStep, u"周五送方案"_s);
    QCOMPARE(textOf(manager, u"opportunity.next_step"_s), u"周五送方案"_s);
    QCOMPARE(textOf(manager, u"opportunity.contact_time"_s), u"9-11"_s);
    save(manager);
    QCOMPARE(at.onServer<Opportunity>(first).contactTime, u"9-11"_s);
    QVERIFY(manager.workbench().rejected().empty());
}

void TestUnsavedText::unreadableDateIsKeptAsTyped()
{
    OneDesk at;
    const RecordId first = at.office.add(at.owned(u"新装专线"_s));
    const RecordId second = at.office.add(at.owned(u"短号集群网"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.window().openRecord(u"opportunity"_s, first.text());
    manager.untilPage(u"opportunities"_s).fill(u"opportunity.next_step_on"_s, u"过完年"_s);
    manager.window().openRecord(u"opportunity"_s, second.text());
    manager.untilStill();
    manager.window().openRecord(u"opportunity"_s, first.text());
    manager.untilStill();
    QCOMPARE(textOf(manager, u"opportunity.next_step_on"_s), u"过完年"_s);
    WELL(manager);
}

void TestUnsavedText::changeBySomebodyElseUnderADraftIsAConflict()
{
    OneDesk at;
    const RecordId first = at.office.add(at.owned(u"新装专线"_s));
    const RecordId second = at.office.add(at.owned(u"短号集群网"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.window().openRecord(u"opportunity"_s, first.text());
    manager.untilPage(u"opportunities"_s).fill(u"opportunity.contact_time"_s, u"工作日上午"_s);
    manager.window().openRecord(u"opportunity"_s, second.text());
    EditRecord edit;
    edit.entity = u"opportunity"_s;
    edit.record = first;
    edit.patch = {{u"contact_time"_s, Cell(u"每天下午"_s)}};
    at.office.runAs(at.manager, callOf(edit));
    manager.untilSettled();
    manager.window().openRecord(u"opportunity"_s, first.text());
    manager.untilStill();
    QCOMPARE(textOf(manager, u"opportunity.contact_time"_s), u"工作日上午"_s);
    save(manager);
    WELL(manager);
    QCOMPARE(at.onServer<Opportunity>(first).contactTime, u"每天下午"_s);
    QCOMPARE(manager.workbench().rejected().size(), std::size_t(1));
}

void TestUnsavedText::closedFormOfANewRecordKeepsItsText()
{
    OneDesk at;
    DesktopDriver &manager = at.enter(u"1101"_s);
    const auto isOpen = [&] { return manager.find(u"create.contact"_s) != nullptr; };
    manager.window().openRecord(u"account"_s, at.hospital.text());
    manager.untilPage(u"customers"_s).tabTo(u"customer360.people.list"_s).press(u"Ins"_s);
    manager.until(u"the form is open"_s, isOpen).fill(u"contact.name"_s, u"刘主任"_s);
    manager.press(u"Escape"_s).until(u"the form is gone"_s, [&] { return !isOpen(); });
    manager.press(u"Ins"_s).until(u"the form is open again"_s, isOpen);
    QCOMPARE(textOf(manager, u"contact.name"_s), u"刘主任"_s);
    manager.press(u"Ctrl+Return"_s).untilSettled();
    QCOMPARE(at.allOnServer<Contact>().size(), std::size_t(1));
    manager.tabTo(u"customer360.people.list"_s).press(u"Ins"_s);
    manager.until(u"the form is open for the next"_s, isOpen);
    QCOMPARE(textOf(manager, u"contact.name"_s), QString());
    WELL(manager);
}

void TestUnsavedText::discardedFormOfANewRecordBeginsAnew()
{
    OneDesk at;
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.window().openRecord(u"account"_s, at.hospital.text());
    manager.untilPage(u"customers"_s).tabTo(u"customer360.timeline"_s).press(u"T"_s);
    manager.until(u"the form is open"_s, [&] { return manager.find(u"create.task"_s); });
    auto *due = manager.find<InstantEdit>(u"task.due_at"_s);
    QVERIFY(due);
    const auto begin = due->value();
    QVERIFY(begin && !manager.find(u"create.task.discard"_s));
    manager.fill(u"task.title"_s, u"送合同"_s);
    due->setValue(std::nullopt);
    manager.tabTo(u"create.task.discard"_s).press(u"Space"_s);
    WELL(manager);
    QCOMPARE(textOf(manager, u"task.title"_s), QString());
    QVERIFY(due->value() && due->value()->ms == begin->ms);
    QCOMPARE(manager.workbench().draft(u"dialog/create.task/"_s + at.hospital.text()), QString());
}

void TestUnsavedText::closedVisitKeepsItsText()
{
    OneDesk at;
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.window().openRecord(u"account"_s, at.hospital.text());
    manager.untilPage(u"customers"_s).press(u"Ctrl+Shift+V"_s).untilFocused(u"visit.text"_s);
    manager.type(u"同意续约"_s).fill(u"visit.next"_s, u"送合同"_s);
    manager.fill(u"visit.nextOn"_s, u"过完年"_s).press(u"Escape"_s);
    manager.until(u"the form is gone"_s, [&] { return !manager.find(u"visit"_s); });
    manager.press(u"Ctrl+Shift+V"_s).untilFocused(u"visit.text"_s);
    WELL(manager);
    QCOMPARE(manager.find<QPlainTextEdit>(u"visit.text"_s)->toPlainText(), u"同意续约"_s);
    QCOMPARE(textOf(manager, u"visit.next"_s), u"送合同"_s);
    QCOMPARE(textOf(manager, u"visit.nextOn"_s), u"过完年"_s);
    manager.fill(u"visit.nextOn"_s, u"+3"_s).press(u"Ctrl+Return"_s).untilSettled();
    manager.until(u"the form is gone"_s, [&] { return !manager.find(u"visit"_s); });
    WELL(manager);
    QCOMPARE(manager.workbench().draft(u"visit/"_s + at.hospital.text()), QString());
    QCOMPARE(at.allOnServer<Note>().size(), std::size_t(1));
}

void TestUnsavedText::refusedNextStepStaysInTheVisit()
{
    OneDesk at;
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.window().openRecord(u"account"_s, at.hospital.text());
    manager.untilPage(u"customers"_s).press(u"Ctrl+Shift+V"_s).untilFocused(u"visit.text"_s);
    manager.type(u"同意续约"_s).fill(u"visit.next"_s, QString(20'000, u'长'));
    manager.press(u"Ctrl+Return"_s).untilSettled();
    QVERIFY(manager.find(u"visit"_s));
    QVERIFY(!manager.find(u"visit.text"_s)->isEnabled());
    manager.fill(u"visit.next"_s, u"送合同"_s).press(u"Ctrl+Return"_s).untilSettled();
    manager.until(u"the form is gone"_s, [&] { return !manager.find(u"visit"_s); });
    WELL(manager);
    QCOMPARE(at.allOnServer<Note>().size(), std::size_t(1));
    QCOMPARE(at.allOnServer<Task>("title = '送合同'").size(), std::size_t(1));
}

void TestUnsavedText::halfTypedTimeIsKept()
{
    OneDesk at;
    DesktopDriver &manager = at.enter(u"1101"_s);
    const auto isOpen = [&] { return manager.find(u"create.task"_s) != nullptr; };
    manager.window().openRecord(u"account"_s, at.hospital.text());
    manager.untilPage(u"customers"_s).tabTo(u"customer360.timeline"_s).press(u"T"_s);
    manager.until(u"the form is open"_s, isOpen).fill(u"task.due_at"_s, u"过完年"_s);
    manager.press(u"Escape"_s).until(u"the form is gone"_s, [&] { return !isOpen(); });
    manager.press(u"T"_s).until(u"the form is open again"_s, isOpen);
    WELL(manager);
    auto *due = manager.find<InstantEdit>(u"task.due_at"_s);
    QVERIFY(due);
    QCOMPARE(due->dateEdit().text(), u"过完年"_s);
    QCOMPARE(due->timeEdit().text(), u"09:00"_s);
}

QTEST_MAIN(TestUnsavedText)
#include "tst_unsaved_text.moc"
