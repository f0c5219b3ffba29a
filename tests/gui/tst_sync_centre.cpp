#include "gui/one_desk.h"

#include "base/date_text.h"
#include "commands/edit_record.h"
#include "commands/export_command.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_stage.h"
#include "commands/record_commands.h"
#include "commands/staff_commands.h"
#include "ui/pages/command_text.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/sync_chip.h"

#include <QAbstractButton>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// Conflicts are settled by the person, field by field and by keys, and nothing is written over
// somebody else's value before.
class TestSyncCentre : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unsettledConflictIsNotSentAgain();
    void settledByKeyFromTheListItIsSent();
    void choiceOutlivesNewsFromTheServer();
    void chipKeepsTheQueueBesideWhatNeedsThePerson();
    void queuedNoteDoesNotMakeAnOwnedOneDoubtful();
    void typedTextIsDiscardedOnlyAfterAQuestion();
    void discardKeyIsTheLists();
    void refusedAnswerIsSettledFieldByField();
    void argumentsAreWordedByTheirKind();

private:
    /// Two people changed title and remarks of one opportunity; the manager's change is refused.
    static RecordId conflict(OneDesk &at, DesktopDriver *&manager)
    {
        RecordId id = at.office.add(at.owned(u"新装专线"_s));
        manager = &at.enter(u"1101"_s);
        manager->setCable(false);
        const auto change = [&id](const QString &title) {
            EditRecord edit;
            edit.entity = u"opportunity"_s;
            edit.record = id;
            edit.patch = {{u"title"_s, Cell(title)}};
            edit.seen = {{u"title"_s, Cell(u"新装专线"_s)}};
            return callOf(edit);
        };
        manager->workbench().run(change(u"新装专线两条"_s));
        manager->until(u"it is queued"_s, [&] { return manager->workbench().queue().size() == 1; });
        at.office.runAs(at.manager, change(u"新装专线三条"_s));
        manager->setCable(true).untilSettled();
        manager->until(u"it is refused"_s,
                       [&] { return manager->workbench().rejected().size() == 1; });
        manager->window().goTo(u"sync"_s);
        manager->untilPage(u"sync"_s).tabTo(u"sync.list"_s).press(u"Ctrl+Home"_s);
        for (int i = 0; i < 4 && !manager->find(u"sync.diff.title"_s); ++i)
            manager->press(u"Down"_s);
        return id;
    }
};

#define WELL(person) QVERIFY2((person).problem().isEmpty(), qPrintable((person).problem()))

void TestSyncCentre::unsettledConflictIsNotSentAgain()
{
    OneDesk at;
    DesktopDriver *manager = nullptr;
    const RecordId id = conflict(at, manager);
    QVERIFY(manager->find(u"sync.diff.title"_s));
    QVERIFY(!manager->find<QAbstractButton>(u"sync.retry"_s)->isEnabled());
    manager->press(u"R"_s).untilSettled();
    WELL(*manager);
    QCOMPARE(at.onServer<Opportunity>(id).title, u"新装专线三条"_s);
    QCOMPARE(manager->workbench().rejected().size(), std::size_t(1));
}

void TestSyncCentre::settledByKeyFromTheListItIsSent()
{
    OneDesk at;
    DesktopDriver *manager = nullptr;
    const RecordId id = conflict(at, manager);
    QCOMPARE(manager->focusName(), u"sync.list"_s);
    manager->press(u"1"_s);
    QVERIFY(manager->find<QAbstractButton>(u"sync.retry"_s)->isEnabled());
    manager->press(u"R"_s);
    manager->until(u"it is accepted"_s,
                   [&] { return at.onServer<Opportunity>(id).title == u"新装专线两条"_s; });
    manager->untilSettled();
    WELL(*manager);
    QVERIFY(manager->workbench().rejected().empty());
}

void TestSyncCentre::choiceOutlivesNewsFromTheServer()
{
    OneDesk at;
    DesktopDriver *manager = nullptr;
    conflict(at, manager);
    manager->press(u"2"_s);
    QVERIFY(manager->find<QAbstractButton>(u"sync.retry"_s)->isEnabled());
    manager->press(u"Alt+1"_s).untilPage(u"today"_s);
    manager->window().goTo(u"sync"_s);
    manager->untilPage(u"sync"_s).untilStill();
    QVERIFY(manager->find<QAbstractButton>(u"sync.retry"_s)->isEnabled());
    WELL(*manager);
}

void TestSyncCentre::chipKeepsTheQueueBesideWhatNeedsThePerson()
{
    SyncChip chip;
    chip.setState(SyncChip::State::NeedsYou, 1, 3);
    QVERIFY2(chip.words().contains(u'3') && chip.words().contains(u'1'), qPrintable(chip.words()));
}

void TestSyncCentre::queuedNoteDoesNotMakeAnOwnedOneDoubtful()
{
    OneDesk at;
    const RecordId id = at.office.add(at.owned(u"新装专线"_s));
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.window().openRecord(u"opportunity"_s, id.text());
    manager.untilPage(u"opportunities"_s).setCable(false);
    AddNote note;
    note.entity = u"opportunity"_s;
    note.record = id;
    note.body = u"已联系"_s;
    manager.workbench().run(callOf(note));
    manager.until(u"it is queued"_s, [&] { return manager.workbench().queue().size() == 1; });
    manager.untilStill();
    const auto *badges = manager.find<BadgeLabel>(u"opportunity.badges"_s);
    QVERIFY(badges);
    QVERIFY2(!badges->accessibleName().contains(u"not yours"_s),
             qPrintable(badges->accessibleName()));
    WELL(manager);
}

void TestSyncCentre::typedTextIsDiscardedOnlyAfterAQuestion()
{
    OneDesk at;
    DesktopDriver *manager = nullptr;
    conflict(at, manager);
    manager->press(u"X"_s).untilFocused(u"ask.discard.no"_s).press(u"Return"_s);
    manager->until(u"it is closed"_s, [&] { return !manager->find(u"ask.discard"_s); });
    QCOMPARE(manager->workbench().rejected().size(), std::size_t(1));
    manager->press(u"X"_s).untilFocused(u"ask.discard.no"_s);
    manager->tabTo(u"ask.discard.yes"_s).press(u"Return"_s);
    manager->until(u"it is discarded"_s, [&] { return manager->workbench().rejected().empty(); });
    WELL(*manager);
}

void TestSyncCentre::discardKeyIsTheLists()
{
    OneDesk at;
    DesktopDriver *manager = nullptr;
    conflict(at, manager);
    manager->tabTo(u"sync.discard"_s).press(u"X"_s).untilSettled();
    WELL(*manager);
    QVERIFY(!manager->find(u"ask.discard"_s));
    QCOMPARE(manager->workbench().rejected().size(), std::size_t(1));
}

void TestSyncCentre::refusedAnswerIsSettledFieldByField()
{
    OneDesk at;
    Opportunity asked = at.owned(u"新装专线"_s);
    asked.custodyState = CustodyState::NeedsInfo;
    asked.capturedBy = at.manager;
    asked.ownerId = asked.assigneeId = {};
    asked.claimedAt = {};
    asked.queueId = at.queue;
    asked.contactName = u"刘主任"_s;
    const RecordId id = at.office.add(asked);
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.setCable(false);
    AnswerInfo answer;
    answer.opportunity = id;
    answer.answer = u"联系人已换"_s;
    answer.values = {{u"contact_name"_s, Cell(u"王主任"_s)}};
    answer.seen = {{u"contact_name"_s, Cell(u"刘主任"_s)}};
    manager.workbench().run(callOf(answer));
    manager.until(u"it is queued"_s, [&] { return manager.workbench().queue().size() == 1; });
    EditRecord edit;
    edit.entity = u"opportunity"_s;
    edit.record = id;
    edit.patch = {{u"contact_name"_s, Cell(u"陈主任"_s)}};
    at.office.runAs(at.dispatcher, callOf(edit));
    QTRY_COMPARE(at.onServer<Opportunity>(id).contactName, u"陈主任"_s);
    manager.setCable(true).until(u"it is refused"_s,
                                 [&] { return manager.workbench().rejected().size() == 1; });
    manager.untilSettled().window().goTo(u"sync"_s);
    manager.untilPage(u"sync"_s).tabTo(u"sync.list"_s).press(u"End"_s);
    QVERIFY(manager.find(u"sync.diff.contact_name"_s));
    QVERIFY(!manager.find<QAbstractButton>(u"sync.retry"_s)->isEnabled());
    manager.press(u"1"_s).press(u"R"_s);
    manager.until(u"it is accepted"_s,
                  [&] { return at.onServer<Opportunity>(id).contactName == u"王主任"_s; });
    manager.untilSettled();
    WELL(manager);
    QVERIFY(manager.workbench().rejected().empty());
    QCOMPARE(at.onServer<Opportunity>(id).infoAnswer, u"联系人已换"_s);
}

void TestSyncCentre::argumentsAreWordedByTheirKind()
{
    OneDesk at;
    DesktopDriver &manager = at.enter(u"1101"_s);
    const RecordLookup lookup(manager.workbench().reader());
    const auto textOf = [&](const CommandCall &call, const QString &label) {
        for (const TypedLine &line : commandLines(call, manager.workbench(), lookup)) {
            if (line.label == label)
                return line.text;
        }
        return QString();
    };
    ExportRecords exported;
    exported.entity = u"account"_s;
    exported.rows = 42;
    QCOMPARE(textOf(callOf(exported), u"Rows"_s), u"42"_s);
    SaveStaff disable;
    disable.staff = at.colleague;
    disable.status = u"disabled"_s;
    QCOMPARE(textOf(callOf(disable), u"Status"_s), labelOf(StaffStatus::Disabled));
    MarkFirstContact contacted;
    contacted.at = {1'700'000'000'000};
    QCOMPARE(textOf(callOf(contacted), u"At"_s), formatInstant(contacted.at, businessZone()));
}

QTEST_MAIN(TestSyncCentre)
#include "tst_sync_centre.moc"
