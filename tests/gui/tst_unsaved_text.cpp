#include "gui/one_desk.h"

#include "commands/edit_record.h"
#include "domain/note.h"
#include "ui/pages/note_edit.h"

#include <QAbstractButton>
#include <QLineEdit>
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

QTEST_MAIN(TestUnsavedText)
#include "tst_unsaved_text.moc"
