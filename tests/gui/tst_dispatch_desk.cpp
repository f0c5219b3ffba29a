#include "gui/one_desk.h"

#include "base/both_words.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_transfer.h"
#include "ui/pages/ask_dialog.h"
#include "ui/pages/list_pane.h"
#include "ui/widgets/toast.h"

#include <QAction>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QTest>

#include <set>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// The dispatcher's desk: what is shown follows what others do, several at once are shared among the
// people, and a reason that was typed outlives a refusal.
class TestDispatchDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void detailFollowsAndKeepsTheChosenPerson();
    void severalAreSharedAmongThePeople();
    void refusedOfSeveralAreCountedAtTheEnd();
    void dispatchOfSeveralIsTakenBack();
    void reasonAgainstTheRulesStaysUntilItIsTaken();
    void noReturnIsOfferedOfWhatLiesHere();
    void returnReasonIsStoredInBothLanguages();
    void returnIsOfferedByTheCommandsRule();

private:
    /// One that waits for the dispatcher, of a customer nobody looks after.
    static RecordId addWaiting(OneDesk &at, const QString &title)
    {
        Opportunity waiting;
        waiting.title = title;
        waiting.areaId = at.area;
        waiting.capturedBy = at.agent;
        waiting.custodyState = CustodyState::Dispatching;
        waiting.queueId = at.queue;
        waiting.claimEpoch = 1;
        return at.office.add(waiting);
    }
    static DesktopDriver &sitDown(OneDesk &at)
    {
        DesktopDriver &person = at.enter(u"1151"_s);
        person.window().goTo(u"dispatch"_s);
        return person.untilPage(u"dispatch"_s).untilFocused(u"dispatch.list"_s).untilStill();
    }
    static void askForAll(DesktopDriver &person)
    {
        person.press(u"Ctrl+A"_s).press(u"B"_s).until(u"the question is asked"_s, [&] {
            return person.find(u"dispatch.batch.question"_s) != nullptr;
        });
    }
    static QStringList toastsOf(DesktopDriver &person)
    {
        QStringList words;
        for (const auto *toast : person.window().findChildren<Toast *>())
            words.append(toast->text());
        return words;
    }
    /// Somebody else asks the contact channel about it.
    static void askElsewhere(OneDesk &at, const RecordId &id)
    {
        RequestInfo ask;
        ask.opportunity = id;
        ask.question = u"几条？"_s;
        at.office.runAs(at.dispatcher, callOf(ask));
    }
    static CustodyState stateHere(DesktopDriver &person, const RecordId &id)
    {
        return person.workbench().reader().find<Opportunity>(id)->custodyState;
    }
};

#define WELL(person) QVERIFY2((person).problem().isEmpty(), qPrintable((person).problem()))

void TestDispatchDesk::detailFollowsAndKeepsTheChosenPerson()
{
    OneDesk at;
    const RecordId id = addWaiting(at, u"新装专线"_s);
    DesktopDriver &person = sitDown(at);
    person.press(u"A"_s).untilFocused(u"dispatch.people"_s).press(u"Down"_s);
    auto *people = person.find<QListWidget>(u"dispatch.people"_s);
    QVERIFY(people);
    QCOMPARE(people->currentRow(), 1);
    const QVariant chosen = people->currentItem()->data(Qt::UserRole);
    QVERIFY(person.find(u"dispatch.accept"_s)->isEnabled());
    askElsewhere(at, id);
    person.until(u"the detail shows it"_s,
                 [&] { return !person.find(u"dispatch.accept"_s)->isEnabled(); });
    QVERIFY(people->currentItem());
    QCOMPARE(people->currentItem()->data(Qt::UserRole), chosen);
    WELL(person);
}

void TestDispatchDesk::severalAreSharedAmongThePeople()
{
    OneDesk at;
    addWaiting(at, u"新装专线"_s);
    addWaiting(at, u"短号集群网"_s);
    DesktopDriver &person = sitDown(at);
    askForAll(person);
    person.tabTo(u"dispatch.batch.yes"_s).press(u"Space"_s).untilSettled();
    WELL(person);
    std::set<QString> people;
    for (const Opportunity &one : at.allOnServer<Opportunity>("custody_state = 'dispatched'"))
        people.insert(one.assigneeId.text());
    QCOMPARE(people.size(), std::size_t(2));
    QVERIFY(toastsOf(person).contains(u"2 dispatched"_s));
}

void TestDispatchDesk::refusedOfSeveralAreCountedAtTheEnd()
{
    OneDesk at;
    const RecordId asked = addWaiting(at, u"新装专线"_s);
    addWaiting(at, u"短号集群网"_s);
    DesktopDriver &person = sitDown(at);
    askForAll(person);
    askElsewhere(at, asked);
    person.until(u"it is known here"_s,
                 [&] { return stateHere(person, asked) == CustodyState::NeedsInfo; });
    person.tabTo(u"dispatch.batch.yes"_s).press(u"Space"_s).untilSettled();
    WELL(person);
    const QString said = toastsOf(person).join(u'|');
    QVERIFY2(said.contains(u"1 dispatched\n1 refused: "_s), qPrintable(said));
}

void TestDispatchDesk::dispatchOfSeveralIsTakenBack()
{
    OneDesk at;
    const RecordId first = addWaiting(at, u"新装专线"_s);
    const RecordId second = addWaiting(at, u"短号集群网"_s);
    DesktopDriver &person = sitDown(at);
    askForAll(person);
    person.tabTo(u"dispatch.batch.yes"_s).press(u"Space"_s).untilSettled();
    person.window().findChild<QAction *>(u"window.undo"_s)->trigger();
    person.until(u"it is said"_s, [&] { return toastsOf(person).contains(u"2 taken back"_s); });
    person.untilSettled();
    WELL(person);
    for (const RecordId &id : {first, second})
        QCOMPARE(keyOf(at.onServer<Opportunity>(id).custodyState), keyOf(CustodyState::Returned));
}

void TestDispatchDesk::reasonAgainstTheRulesStaysUntilItIsTaken()
{
    OneDesk at;
    Staff away;
    away.code = u"1103"_s;
    away.name = u"外出的人"_s;
    away.roles.keys = {keyOf(Role::AccountManager)};
    away.areaId = at.area;
    away.absentUntil = QDate(2999, 1, 1);
    at.office.add(away);
    const RecordId id = addWaiting(at, u"新装专线"_s);
    DesktopDriver &person = sitDown(at);
    person.press(u"P"_s).until(u"the picker is open"_s, [&] { return person.find(u"picker"_s); });
    person.fill(u"picker.filter"_s, u"外出"_s).press(u"Return"_s).untilFocused(u"ask.text"_s);
    person.type(u"客户点名要他"_s);
    askElsewhere(at, id);
    person.until(u"it is known here"_s,
                 [&] { return stateHere(person, id) == CustodyState::NeedsInfo; });
    person.press(u"Ctrl+Return"_s);
    person.until(u"the refusal is shown"_s, [&] { return person.find(u"ask.message"_s); });
    QCOMPARE(person.find<QPlainTextEdit>(u"ask.text"_s)->toPlainText(), u"客户点名要他"_s);
    QVERIFY(person.workbench().draft(u"ask/against/"_s + id.text()).contains(u"客户点名要他"_s));
    WELL(person);
}

void TestDispatchDesk::noReturnIsOfferedOfWhatLiesHere()
{
    OneDesk at;
    addWaiting(at, u"新装专线"_s);
    DesktopDriver &person = sitDown(at);
    person.press(u"R"_s).untilStill();
    QVERIFY(!person.find(u"ask"_s));
    person.press(u"Q"_s).untilFocused(u"ask.text"_s);
    WELL(person);
}

void TestDispatchDesk::returnReasonIsStoredInBothLanguages()
{
    OneDesk at;
    const RecordId id = at.office.add(at.owned(u"新装专线"_s));
    DesktopDriver &person = at.enter(u"1101"_s);
    person.window().openRecord(u"opportunity"_s, id.text());
    person.untilPage(u"opportunities"_s).press(u"R"_s).untilFocused(u"ask.choice"_s);
    person.fill(u"ask.text"_s, u"医院在苏州"_s).press(u"Ctrl+Return"_s).untilSettled();
    WELL(person);
    const QString stored = at.onServer<Opportunity>(id).returnReason;
    const Label first = returnReasons().constFirst();
    QCOMPARE(chosenWords(stored, QLocale::Chinese),
             first.text(QLocale::Chinese) + u"：医院在苏州"_s);
    QCOMPARE(chosenWords(stored, QLocale::English),
             first.text(QLocale::English) + u": 医院在苏州"_s);
}

void TestDispatchDesk::returnIsOfferedByTheCommandsRule()
{
    OneDesk at;
    const RecordId open = at.office.add(at.owned(u"新装专线"_s));
    Opportunity done = at.owned(u"短号集群网"_s);
    done.custodyState = CustodyState::Closed;
    const RecordId closed = at.office.add(done);
    DesktopDriver &person = at.enter(u"1101"_s);
    person.window().openRecord(u"opportunity"_s, open.text());
    person.untilPage(u"opportunities"_s).untilStill();
    const auto *act = person.window().findChild<QAction *>(u"opportunity.return"_s);
    QVERIFY(act && act->isEnabled());
    person.window().openRecord(u"opportunity"_s, closed.text());
    person.untilStill();
    QVERIFY(!act->isEnabled());
    WELL(person);
}

QTEST_MAIN(TestDispatchDesk)
#include "tst_dispatch_desk.moc"
