#include "gui/one_desk.h"

#include "commands/edit_record.h"
#include "domain/task.h"
#include "ui/pages/list_pane.h"
#include "ui/widgets/toast.h"

#include <QAbstractButton>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// A form while its saving is under way, refused or followed by a change from elsewhere, and a form
// of somebody who may not save at all.
class TestSaving : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordTypedAfterSavingStaysWithTheRecordLeft();
    void wordTypedOnAfterSavingMeetsNoConflict();
    void refusalOfTheRecordLeftMarksNothingHere();
    void personTypedOnWhileSavedKeepsTheWords();
    void caretAndWayBackOutliveASaving();
    void selectionOutlivesALiveUpdate();
    void readerCannotTypeIntoAnOpportunity();

private:
    static QLineEdit *edit(const DesktopDriver &person, const char *name)
    {
        return person.find<QLineEdit>(QString::fromLatin1(name));
    }
    static void open(DesktopDriver &person, const RecordId &opportunity)
    {
        person.window().openRecord(u"opportunity"_s, opportunity.text());
        person.untilPage(u"opportunities"_s);
    }
    // The answer comes by the event loop, so both happen before it.
    static void saveAndType(const DesktopDriver &person, const char *save, QLineEdit &field,
                            const QString &more)
    {
        auto *button = person.find<QAbstractButton>(QString::fromLatin1(save));
        QVERIFY(button && button->isEnabled());
        button->click();
        QTest::keyClicks(&field, more);
    }
    static void save(DesktopDriver &person)
    {
        person.press(u"Ctrl+S"_s).until(u"it is saved"_s, [&] {
            return !person.find(u"opportunity.save.unsaved"_s);
        });
        person.untilSettled();
    }
    static QStringList toastsOf(DesktopDriver &person)
    {
        QStringList words;
        for (const auto *toast : person.window().findChildren<Toast *>())
            words.append(toast->text());
        return words;
    }
};

#define WELL(person) QVERIFY2((person).problem().isEmpty(), qPrintable((person).problem()))

void TestSaving::wordTypedAfterSavingStaysWithTheRecordLeft()
{
    OneDesk at;
    const RecordId first = at.office.add(at.owned(u"新装专线"_s));
    const RecordId second = at.office.add(at.owned(u"短号集群网"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    open(manager, first);
    manager.fill(u"opportunity.next_step"_s, u"周五送方案"_s);
    QLineEdit *time = edit(manager, "opportunity.contact_time");
    QVERIFY(time);
    saveAndType(manager, "opportunity.save", *time, u"9-11"_s);
    manager.window().openRecord(u"opportunity"_s, second.text());
    manager.untilSettled();
    open(manager, first);
    WELL(manager);
    QCOMPARE(edit(manager, "opportunity.contact_time")->text(), u"9-11"_s);
    QCOMPARE(at.onServer<Opportunity>(first).nextStep, u"周五送方案"_s);
    const QString draft = manager.workbench().draft(u"opportunity/"_s + first.text());
    QVERIFY2(!draft.contains(u"周五送方案"_s), "what was saved is still a draft");
}

void TestSaving::wordTypedOnAfterSavingMeetsNoConflict()
{
    OneDesk at;
    const RecordId first = at.office.add(at.owned(u"新装专线"_s));
    const RecordId second = at.office.add(at.owned(u"短号集群网"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    open(manager, first);
    manager.fill(u"opportunity.next_step"_s, u"周五送方案"_s);
    QLineEdit *step = edit(manager, "opportunity.next_step");
    QVERIFY(step);
    saveAndType(manager, "opportunity.save", *step, u" v2"_s);
    manager.window().openRecord(u"opportunity"_s, second.text());
    manager.untilSettled();
    open(manager, first);
    QCOMPARE(edit(manager, "opportunity.next_step")->text(), u"周五送方案 v2"_s);
    save(manager);
    WELL(manager);
    QCOMPARE(at.onServer<Opportunity>(first).nextStep, u"周五送方案 v2"_s);
    QVERIFY(manager.workbench().rejected().empty());
}

void TestSaving::refusalOfTheRecordLeftMarksNothingHere()
{
    OneDesk at;
    const RecordId first = at.office.add(at.owned(u"新装专线"_s));
    const RecordId second = at.office.add(at.owned(u"短号集群网"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    open(manager, first);
    manager.fill(u"opportunity.next_step"_s, QString(30'000, u'长'));
    QLineEdit *step = edit(manager, "opportunity.next_step");
    QVERIFY(step);
    saveAndType(manager, "opportunity.save", *step, {});
    manager.window().openRecord(u"opportunity"_s, second.text());
    manager.until(u"the refusal is told"_s,
                  [&] { return toastsOf(manager).join(u'\n').contains(u"新装专线"_s); });
    manager.untilStill();
    WELL(manager);
    QCOMPARE(step->text(), QString());
    QVERIFY(!step->property("invalid").toBool());
    for (const auto *label : manager.window().findChildren<QLabel *>())
        QVERIFY(!label->isVisible() || !label->text().contains(u"长长长长"_s));
}

void TestSaving::personTypedOnWhileSavedKeepsTheWords()
{
    OneDesk at;
    at.addPerson(u"1001"_s, Role::Administrator);
    DesktopDriver &admin = at.enter(u"1001"_s);
    admin.window().openRecord(u"staff"_s, at.manager.text());
    admin.untilPage(u"admin"_s).fill(u"staff.station"_s, u"A3"_s);
    QLineEdit *mail = edit(admin, "staff.email");
    QVERIFY(mail);
    saveAndType(admin, "admin.staff.save", *mail, u"a@b.cn"_s);
    admin.untilSettled();
    WELL(admin);
    QCOMPARE(mail->text(), u"a@b.cn"_s);
    QCOMPARE(at.onServer<Staff>(at.manager).station, u"A3"_s);
    QVERIFY(admin.find(u"admin.staff.save.unsaved"_s));
    QVERIFY(admin.workbench().draft(u"staff/"_s + at.manager.text()).contains(u"a@b.cn"_s));
}

void TestSaving::caretAndWayBackOutliveASaving()
{
    OneDesk at;
    const RecordId first = at.office.add(at.owned(u"新装专线"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    open(manager, first);
    manager.fill(u"opportunity.next_step"_s, u"周五送方案"_s).press(u"Left"_s);
    save(manager);
    WELL(manager);
    QCOMPARE(at.onServer<Opportunity>(first).nextStep, u"周五送方案"_s);
    QCOMPARE(manager.focusName(), u"opportunity.next_step"_s);
    QCOMPARE(edit(manager, "opportunity.next_step")->cursorPosition(), 4);
    QVERIFY(edit(manager, "opportunity.next_step")->isUndoAvailable());
}

void TestSaving::selectionOutlivesALiveUpdate()
{
    OneDesk at;
    Opportunity known = at.owned(u"新装专线"_s);
    known.nextStep = u"周五送方案"_s;
    const RecordId first = at.office.add(known);
    DesktopDriver &manager = at.enter(u"1101"_s);
    open(manager, first);
    manager.tabTo(u"opportunity.next_step"_s).press(u"Ctrl+A"_s);
    EditRecord change;
    change.entity = u"opportunity"_s;
    change.record = first;
    change.patch = {{u"contact_time"_s, Cell(u"每天下午"_s)}};
    at.office.runAs(at.manager, callOf(change));
    manager.until(u"the change is shown"_s, [&] {
        return edit(manager, "opportunity.contact_time")->text() == u"每天下午"_s;
    });
    WELL(manager);
    QCOMPARE(edit(manager, "opportunity.next_step")->selectedText(), u"周五送方案"_s);
}

void TestSaving::readerCannotTypeIntoAnOpportunity()
{
    OneDesk at;
    const RecordId first = at.office.add(at.owned(u"新装专线"_s));
    DesktopDriver &reader = at.enter(u"1131"_s);
    EditRecord edits;
    edits.entity = u"opportunity"_s;
    edits.record = first;
    QVERIFY(!reader.workbench().mayRun(callOf(edits)));
    open(reader, first);
    WELL(reader);
    QVERIFY(edit(reader, "opportunity.next_step"));
    QVERIFY(!edit(reader, "opportunity.next_step")->isEnabled());
    QVERIFY(!reader.window().findChild<QAction *>(u"opportunity.edit"_s)->isEnabled());
}

QTEST_MAIN(TestSaving)
#include "tst_saving.moc"
