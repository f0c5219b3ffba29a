#include "gui/one_desk.h"

#include "domain/caller_card.h"
#include "domain/contact.h"
#include "domain/product_offering.h"
#include "ui/widgets/record_picker.h"
#include "ui/widgets/toast.h"

#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// The capture page of a seat: what a call is recorded as, whose number it carries, and what is said
// about what became of it.
class TestHotline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chosenProductAndTypedNeedAreTheirFacts();
    void untickedFactStaysUnticked();
    void mereContactIsAskedAboutBeforeItIsSent();
    void contactRecordIsSaidToBeOne();
    void contactRecordIsPromotedInItsForm();
    void nextCallerBringsHisOwnNumber();
    void typedFormOfTheLastCallerIsAskedAbout();
    void recordAskedForTwiceIsRecordedOnce();
    void nothingIsTypedIntoAFormThatIsBeingSent();
    void anotherCustomersCardDoesNotTakeTheTypedForm();
    void numberOfOneCustomerIsNotGivenToAnother();
    void callerIsKeptBeforeAnythingIsTyped();
    void choosingAmongSeveralKeepsTheFocusUntilEnter();
    void formEmptiedForTheNextCallIsHadBack();
    void undoLeavesWhatIsTypedForTheNextCall();
    void wordsThatCannotBeReadYetAreHadBack();

private:
    DesktopDriver &sitDown(OneDesk &at);
    static bool isTicked(const DesktopDriver &person, const QString &box)
    {
        const auto *found = person.find<QCheckBox>(box);
        return found && found->isChecked();
    }
    static QString textOf(const DesktopDriver &person, const QString &edit)
    {
        const auto *found = person.find<QLineEdit>(edit);
        return found ? found->text() : u"(no such field)"_s;
    }
    static void undo(DesktopDriver &person)
    {
        person.window().findChild<QAction *>(u"window.undo"_s)->trigger();
        person.untilStill();
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

DesktopDriver &TestHotline::sitDown(OneDesk &at)
{
    ProductOffering product;
    product.code = u"DDN"_s;
    product.name = u"数字专线"_s;
    at.office.add(product);
    for (const auto &[name, phone, account] :
         {std::tuple{u"李工"_s, u"13800138000"_s, at.hospital},
          std::tuple{u"王工"_s, u"13900139000"_s, at.factory}}) {
        Contact contact;
        contact.name = name;
        contact.phone = phone;
        contact.accountId = account;
        contact.areaId = at.area;
        at.office.add(contact);
    }
    // A manager sees his customers' numbers and may record a call as well.
    DesktopDriver &person = at.enter(u"1101"_s);
    return person.press(u"Alt+4"_s).untilPage(u"hotline"_s).untilFocused(u"hotline.number"_s);
}

void TestHotline::chosenProductAndTypedNeedAreTheirFacts()
{
    OneDesk at;
    DesktopDriver &agent = sitDown(at);
    agent.fill(u"opportunity.need_summary"_s, u"两条专线"_s);
    QVERIFY(isTicked(agent, u"opportunity.need_stated"_s));
    QVERIFY(!isTicked(agent, u"opportunity.product_named"_s));
    agent.fill(u"opportunity.product_id"_s, u"数字"_s);
    auto *picker = agent.find<RecordPicker>(u"opportunity.product_id"_s);
    QVERIFY(picker);
    agent.until(u"the product is found"_s, [&] {
        return agent.press(u"Return"_s).workbench().isReady() && !picker->currentId().isEmpty();
    });
    QVERIFY(isTicked(agent, u"opportunity.product_named"_s));
    WELL(agent);
}

void TestHotline::untickedFactStaysUnticked()
{
    OneDesk at;
    DesktopDriver &agent = sitDown(at);
    agent.fill(u"opportunity.need_summary"_s, u"打听资费"_s);
    agent.tabTo(u"opportunity.need_stated"_s).press(u"Space"_s);
    QVERIFY(!isTicked(agent, u"opportunity.need_stated"_s));
    agent.fill(u"opportunity.need_summary"_s, u"打听资费和时限"_s);
    QVERIFY(!isTicked(agent, u"opportunity.need_stated"_s));
    WELL(agent);
}

void TestHotline::mereContactIsAskedAboutBeforeItIsSent()
{
    OneDesk at;
    DesktopDriver &agent = sitDown(at);
    agent.type(u"13800138000"_s).press(u"Return"_s);
    agent.fill(u"opportunity.need_summary"_s, u"两条专线"_s).press(u"Ctrl+Return"_s);
    agent.untilFocused(u"hotline.willing.yes"_s);
    QCOMPARE(agent.workbench().queue().size(), std::size_t(0));
    agent.press(u"Return"_s).untilSettled();
    WELL(agent);
    const auto recorded = at.allOnServer<Opportunity>();
    QCOMPARE(recorded.size(), std::size_t(1));
    QVERIFY(recorded.front().willing);
    QCOMPARE(keyOf(recorded.front().kind), keyOf(OpportunityKind::Lead));
    QVERIFY(recorded.front().custodyState != CustodyState::Captured);
}

void TestHotline::contactRecordIsSaidToBeOne()
{
    OneDesk at;
    DesktopDriver &agent = sitDown(at);
    agent.type(u"13800138000"_s).press(u"Return"_s);
    agent.fill(u"opportunity.need_summary"_s, u"打听资费"_s).press(u"Ctrl+Return"_s);
    agent.untilFocused(u"hotline.willing.yes"_s).tabTo(u"hotline.willing.no"_s);
    agent.press(u"Space"_s).untilSettled();
    WELL(agent);
    QCOMPARE(keyOf(at.allOnServer<Opportunity>().front().custodyState),
             keyOf(CustodyState::Captured));
    const QStringList said = toastsOf(agent);
    QVERIFY(!said.isEmpty());
    QVERIFY2(said.last().contains(u"contact record"_s), qPrintable(said.join(u'|')));
}

void TestHotline::contactRecordIsPromotedInItsForm()
{
    OneDesk at;
    Opportunity contact = at.owned(u"打听资费"_s);
    contact.custodyState = CustodyState::Captured;
    contact.transferCount = 0;
    contact.ownerId = contact.assigneeId = {};
    contact.claimedAt = {};
    contact.capturedBy = at.manager;
    contact.needSummary = u"两条专线"_s;
    contact.contactPhone = u"13800138000"_s;
    const RecordId id = at.office.add(contact);
    DesktopDriver &person = sitDown(at);
    person.window().openRecord(u"opportunity"_s, id.text());
    person.untilPage(u"opportunities"_s).tabTo(u"opportunity.willing"_s);
    person.press(u"Space"_s).press(u"Ctrl+S"_s).until(u"it is saved"_s, [&] {
        return !person.find(u"opportunity.save.unsaved"_s);
    });
    person.untilSettled();
    WELL(person);
    QCOMPARE(keyOf(at.onServer<Opportunity>(id).kind), keyOf(OpportunityKind::Lead));
    QVERIFY(at.onServer<Opportunity>(id).custodyState != CustodyState::Captured);
}

void TestHotline::nextCallerBringsHisOwnNumber()
{
    OneDesk at;
    DesktopDriver &agent = sitDown(at);
    agent.type(u"13800138000"_s).press(u"Return"_s).untilStill();
    QCOMPARE(textOf(agent, u"opportunity.contact_phone"_s), u"13800138000"_s);
    agent.fill(u"hotline.number"_s, u"13900139000"_s).press(u"Return"_s).untilStill();
    QCOMPARE(textOf(agent, u"opportunity.contact_phone"_s), u"13900139000"_s);
    QVERIFY(!agent.find(u"hotline.otherCaller"_s));
    WELL(agent);
}

void TestHotline::typedFormOfTheLastCallerIsAskedAbout()
{
    OneDesk at;
    DesktopDriver &agent = sitDown(at);
    agent.type(u"13800138000"_s).press(u"Return"_s);
    agent.fill(u"opportunity.need_summary"_s, u"两条专线"_s);
    agent.fill(u"hotline.number"_s, u"13900139000"_s).press(u"Return"_s);
    agent.until(u"it is asked whose it is"_s,
                [&] { return agent.find(u"hotline.otherCaller"_s) != nullptr; });
    QCOMPARE(textOf(agent, u"opportunity.contact_phone"_s), u"13900139000"_s);
    agent.press(u"Alt+N"_s).untilStill();
    QVERIFY(!agent.find(u"hotline.otherCaller"_s));
    QCOMPARE(textOf(agent, u"opportunity.contact_phone"_s), u"13900139000"_s);
    QVERIFY(!isTicked(agent, u"opportunity.need_stated"_s));
    agent.press(u"Return"_s);
    WELL(agent);
}

void TestHotline::recordAskedForTwiceIsRecordedOnce()
{
    OneDesk at;
    DesktopDriver &agent = sitDown(at);
    agent.type(u"13800138000"_s).press(u"Return"_s);
    agent.fill(u"opportunity.need_summary"_s, u"两条专线"_s);
    agent.tabTo(u"opportunity.willing"_s).press(u"Space"_s);
    auto *record = agent.window().findChild<QAction *>(u"hotline.record"_s);
    QVERIFY(record && !record->autoRepeat());
    record->trigger(); // faster than any answer
    record->trigger();
    agent.untilSettled();
    WELL(agent);
    QCOMPARE(at.allOnServer<Opportunity>().size(), std::size_t(1));
}

void TestHotline::nothingIsTypedIntoAFormThatIsBeingSent()
{
    OneDesk at;
    DesktopDriver &agent = sitDown(at);
    agent.type(u"13800138000"_s).press(u"Return"_s);
    agent.fill(u"opportunity.need_summary"_s, u"两条专线"_s);
    agent.tabTo(u"opportunity.willing"_s).press(u"Space"_s);
    agent.window().findChild<QAction *>(u"hotline.record"_s)->trigger();
    for (const auto &name : {u"hotline.number"_s, u"opportunity.need_summary"_s})
        QVERIFY2(!agent.find(name)->isEnabled(), qPrintable(name));
    agent.untilFocused(u"hotline.number"_s);
    QVERIFY(agent.find(u"opportunity.need_summary"_s)->isEnabled());
    WELL(agent);
}

void TestHotline::anotherCustomersCardDoesNotTakeTheTypedForm()
{
    OneDesk at;
    const auto addCard = [&at](const RecordId &account, const QString &name) {
        CallerCard card;
        card.accountId = account;
        card.accountName = name;
        card.areaId = at.area;
        return at.office.add(card);
    };
    const RecordId first = addCard(at.hospital, u"春城医院"_s);
    const RecordId second = addCard(at.factory, u"滇池机床厂"_s);
    DesktopDriver &agent = at.enter(u"1131"_s);
    agent.window().openRecord(u"caller_card"_s, first.text());
    agent.untilPage(u"hotline"_s).fill(u"opportunity.need_summary"_s, u"两条专线"_s);
    agent.window().openRecord(u"caller_card"_s, second.text());
    agent.untilStill();
    auto *caller = agent.find<QLabel>(u"hotline.caller"_s);
    QVERIFY(caller);
    QVERIFY2(caller->text().contains(u"春城医院"_s), qPrintable(caller->text()));
    agent.press(u"Ctrl+N"_s).untilStill();
    agent.window().openRecord(u"caller_card"_s, second.text());
    agent.untilStill();
    QVERIFY2(caller->text().contains(u"滇池机床厂"_s), qPrintable(caller->text()));
    WELL(agent);
}

void TestHotline::numberOfOneCustomerIsNotGivenToAnother()
{
    OneDesk at;
    DesktopDriver &agent = sitDown(at);
    agent.type(u"13800138000"_s).press(u"Return"_s).untilStill();
    QCOMPARE(textOf(agent, u"opportunity.contact_phone"_s), u"13800138000"_s);
    agent.window().page(u"hotline"_s)->showFiltered(u"account/"_s + at.factory.text());
    QCOMPARE(textOf(agent, u"hotline.number"_s), QString());
    QCOMPARE(textOf(agent, u"opportunity.contact_phone"_s), QString());
    WELL(agent);
}

void TestHotline::callerIsKeptBeforeAnythingIsTyped()
{
    OneDesk at;
    DesktopDriver &agent = sitDown(at);
    agent.type(u"13800138000"_s).press(u"Return"_s).untilStill();
    const QString draft = agent.workbench().draft(u"hotline"_s);
    QVERIFY2(draft.contains(u"13800138000"_s), qPrintable(draft));
    QVERIFY2(draft.contains(at.hospital.text()), qPrintable(draft));
    agent.press(u"Ctrl+N"_s);
    QCOMPARE(agent.workbench().draft(u"hotline"_s), QString());
    WELL(agent);
}

void TestHotline::choosingAmongSeveralKeepsTheFocusUntilEnter()
{
    OneDesk at;
    Contact second;
    second.name = u"张工"_s;
    second.phone = u"13800138000"_s;
    second.accountId = at.factory;
    second.areaId = at.area;
    at.office.add(second);
    DesktopDriver &agent = sitDown(at);
    agent.type(u"13800138000"_s).press(u"Return"_s).untilStill();
    agent.tabTo(u"hotline.matches"_s).press(u"Down"_s, 2).untilStill();
    QCOMPARE(agent.focusName(), u"hotline.matches"_s);
    agent.press(u"Return"_s).untilFocused(u"opportunity.need_kinds"_s);
    WELL(agent);
}

void TestHotline::formEmptiedForTheNextCallIsHadBack()
{
    OneDesk at;
    DesktopDriver &agent = sitDown(at);
    agent.type(u"13800138000"_s).press(u"Return"_s);
    agent.fill(u"opportunity.contact_time"_s, u"工作日上午"_s).press(u"Ctrl+N"_s).untilStill();
    QCOMPARE(textOf(agent, u"opportunity.contact_time"_s), QString());
    undo(agent);
    QCOMPARE(textOf(agent, u"hotline.number"_s), u"13800138000"_s);
    QCOMPARE(textOf(agent, u"opportunity.contact_time"_s), u"工作日上午"_s);
    QCOMPARE(textOf(agent, u"opportunity.contact_phone"_s), u"13800138000"_s);
    QVERIFY(agent.find<QLabel>(u"hotline.caller"_s)->text().contains(u"春城医院"_s));
    QVERIFY(agent.workbench().draft(u"hotline"_s).contains(u"工作日上午"_s));
    WELL(agent);
}

void TestHotline::undoLeavesWhatIsTypedForTheNextCall()
{
    OneDesk at;
    DesktopDriver &agent = sitDown(at);
    agent.fill(u"opportunity.contact_time"_s, u"工作日上午"_s).press(u"Ctrl+N"_s);
    agent.fill(u"opportunity.contact_time"_s, u"每天下午"_s);
    undo(agent);
    QVERIFY2(toastsOf(agent).constLast().contains(u"record it first"_s), "it is not said why");
    QCOMPARE(textOf(agent, u"opportunity.contact_time"_s), u"每天下午"_s);
    WELL(agent);
}

void TestHotline::wordsThatCannotBeReadYetAreHadBack()
{
    OneDesk at;
    DesktopDriver &agent = sitDown(at);
    agent.fill(u"opportunity.value_fen"_s, u"约12"_s);
    agent.fill(u"opportunity.product_id"_s, u"没有的产品"_s);
    agent.press(u"Ctrl+N"_s).untilStill();
    QCOMPARE(textOf(agent, u"opportunity.value_fen"_s), QString());
    undo(agent);
    WELL(agent);
    QCOMPARE(textOf(agent, u"opportunity.value_fen"_s), u"约12"_s);
    QCOMPARE(textOf(agent, u"opportunity.product_id"_s), u"没有的产品"_s);
    QVERIFY(agent.workbench().draft(u"hotline"_s).contains(u"没有的产品"_s));
}

QTEST_MAIN(TestHotline)
#include "tst_hotline.moc"
