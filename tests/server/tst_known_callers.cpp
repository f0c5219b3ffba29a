#include "support/city.h"

#include "base/both_words.h"
#include "commands/edit_record.h"
#include "commands/opportunity_capture.h"
#include "commands/record_commands.h"
#include "domain/account_tally.h"
#include "domain/caller_card.h"
#include "domain/contact.h"
#include "domain/note.h"
#include "rules/caller_key.h"
#include "store/derived_text.h"

#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// A number leads to its customer: in the directory, and when a call is recorded.
class TestKnownCallers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDirectoryKnowsTheCallerButShowsNoNumber();
    void whatIsOpenIsCountedInOneLineHoweverManyNumbers();
    void aNewCustomerWithAKnownNumberIsTheKnownOne();
    void aCallerOfACustomerKnownByNameIsFoundInItsFile();
    void aNewCallerOfACustomerKnownByNameGoesIntoItsFile();
    void aNumberOfSeveralCustomersIsLeftToTheDispatcher();
    void theDispatchersNoteReadsInBothLanguages();
};

void TestKnownCallers::theDirectoryKnowsTheCallerButShowsNoNumber()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    CreateRecord create;
    create.entity = u"contact"_s;
    create.values = {{u"account_id"_s, city.bank.id.text()},
                     {u"name"_s, u"王处长"_s},
                     {u"phone"_s, u"13800138000"_s}};
    QVERIFY(city.desk.run(city.manager, create));
    const RecordId contact = city.desk.born(born::Record);
    auto cards = city.desk.all<CallerCard>();
    QCOMPARE(cards.size(), 1u);
    QCOMPARE(cards.front().numberKey, callerKey(u"+8613800138000"_s, city.kunming.id));
    QCOMPARE(cards.front().contactInitial, u"王"_s);
    QCOMPARE(cards.front().amName, u"manager"_s);
    for (const Cell &cell : toRow(cards.front()))
        QVERIFY(!cell.text().contains(u"13800138000"_s));

    (void)city.recorded(city.bank);
    QCOMPARE(city.desk.get<AccountTally>(AccountTally::idOf(city.bank.id)).openOpportunities, 1);

    EditRecord edit;
    edit.entity = u"contact"_s;
    edit.record = contact;
    edit.patch = {{u"phone"_s, Cell()}};
    QVERIFY(city.desk.run(city.manager, edit));
    QVERIFY(city.desk.all<CallerCard>().empty());
    edit.patch = {{u"phone"_s, u"13900139000"_s}};
    QVERIFY(city.desk.run(city.manager, edit));
    cards = city.desk.all<CallerCard>();
    QCOMPARE(cards.size(), 1u);
    QCOMPARE(cards.front().numberKey, callerKey(u"+8613900139000"_s, city.kunming.id));
}

void TestKnownCallers::whatIsOpenIsCountedInOneLineHoweverManyNumbers()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    for (const QString &phone : {u"13800138000"_s, u"13900139000"_s}) {
        CreateRecord create;
        create.entity = u"contact"_s;
        create.values = {{u"account_id"_s, city.bank.id.text()},
                         {u"name"_s, u"王"_s},
                         {u"phone"_s, phone}};
        QVERIFY(city.desk.run(city.manager, create));
    }
    QVERIFY(city.desk.all<AccountTally>().empty()); // nothing was ever open
    const auto cards = city.desk.all<CallerCard>();
    QCOMPARE(cards.size(), 2u);

    const Opportunity recorded = city.recorded(city.bank);
    QCOMPARE(city.desk.all<AccountTally>().size(), 1u);
    const auto open = city.desk.get<AccountTally>(AccountTally::idOf(city.bank.id));
    QCOMPARE(open.openOpportunities, 1);
    QCOMPARE(open.accountId.text(), city.bank.id.text());
    QCOMPARE(open.areaId.text(), city.kunming.id.text());
    for (const CallerCard &card : cards)
        QVERIFY(toRow(card) == toRow(city.desk.get<CallerCard>(card.id)));

    MarkInvalid discard;
    discard.opportunity = recorded.id;
    discard.reason = CustodyReason::Duplicate;
    discard.note = u"误报"_s;
    QVERIFY(city.desk.run(city.dispatcher, discard));
    QCOMPARE(city.desk.all<AccountTally>().front().openOpportunities, 0);
}

void TestKnownCallers::aNewCustomerWithAKnownNumberIsTheKnownOne()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    CreateRecord create;
    create.entity = u"contact"_s;
    create.values = {{u"account_id"_s, city.bank.id.text()},
                     {u"name"_s, u"李工"_s},
                     {u"phone"_s, u"13800138000"_s}};
    QVERIFY(city.desk.run(city.manager, create));
    const RecordId contact = city.desk.born(born::Record);
    const auto accounts = city.desk.all<Account>().size();
    RecordOpportunity call = city.call(city.bank);
    call.values.erase(u"account_id"_s);
    call.values[u"ent_name"_s] = u"云南银行股份"_s;
    QVERIFY(city.desk.run(city.seat, call));
    const auto recorded = city.desk.get<Opportunity>(city.desk.born(born::Record));
    QCOMPARE(recorded.accountId.text(), city.bank.id.text());
    QCOMPARE(recorded.contactId.text(), contact.text());
    QCOMPARE(recorded.assigneeId.text(), city.manager.id.text());
    QCOMPARE(city.desk.all<Account>().size(), accounts);
    QVERIFY(city.desk.all<Note>().empty());
    // A stranger to the customer does not learn whose number it is.
    QVERIFY(city.desk.run(city.agent, call));
    const auto apart = city.desk.get<Opportunity>(city.desk.born(born::Record));
    QVERIFY(apart.accountId != city.bank.id);
    QCOMPARE(city.desk.all<Note>().size(), 1u);
    QVERIFY(city.noticesOf(city.dispatcher).contains(u"general"_s));
}

void TestKnownCallers::aCallerOfACustomerKnownByNameIsFoundInItsFile()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    RecordId engineer;
    for (const QString &name : {u"前台"_s, u"李工"_s, u"张工"_s}) { // one desk, one number
        CreateRecord create;
        create.entity = u"contact"_s;
        create.values = {{u"account_id"_s, city.bank.id.text()},
                         {u"name"_s, name},
                         {u"phone2"_s, u"13800138000"_s}};
        QVERIFY(city.desk.run(city.manager, create));
        if (name == u"李工")
            engineer = city.desk.born(born::Record);
    }
    RecordOpportunity call = city.call(city.bank);
    call.values.erase(u"account_id"_s);
    call.values[u"ent_name"_s] = city.bank.name;
    QVERIFY(city.desk.run(city.seat, call));
    const auto recorded = city.desk.get<Opportunity>(city.desk.born(born::Record));
    QCOMPARE(recorded.accountId.text(), city.bank.id.text());
    QCOMPARE(recorded.contactId.text(), engineer.text());
    QCOMPARE(city.desk.all<Contact>().size(), 3u);
}

void TestKnownCallers::aNewCallerOfACustomerKnownByNameGoesIntoItsFile()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    RecordOpportunity call = city.call(city.bank);
    call.values.erase(u"account_id"_s);
    call.values[u"ent_name"_s] = city.bank.name;
    QVERIFY(city.desk.run(city.seat, call));
    const auto recorded = city.desk.get<Opportunity>(city.desk.born(born::Record));
    const auto contacts = city.desk.all<Contact>();
    QCOMPARE(contacts.size(), 1u);
    QCOMPARE(recorded.contactId.text(), contacts.front().id.text());
    QCOMPARE(contacts.front().accountId.text(), city.bank.id.text());
    QCOMPARE(contacts.front().areaId.text(), city.kunming.id.text());
    QCOMPARE(contacts.front().name, u"李工"_s);
    QVERIFY(!contacts.front().isPrimary);
    // The next call of the same person makes no second one.
    QVERIFY(city.desk.run(city.seat, call));
    QCOMPARE(city.desk.all<Contact>().size(), 1u);
}

void TestKnownCallers::theDispatchersNoteReadsInBothLanguages()
{
    City city;
    city.desk.assign(city.bank, city.manager, u"main_am"_s);
    CreateRecord create;
    create.entity = u"contact"_s;
    create.values = {{u"account_id"_s, city.bank.id.text()},
                     {u"name"_s, u"物业"_s},
                     {u"phone"_s, u"13800138000"_s}};
    QVERIFY(city.desk.run(city.manager, create));
    RecordOpportunity call = city.call(city.bank);
    call.values.erase(u"account_id"_s);
    call.values[u"ent_name"_s] = u"新租户"_s;
    QVERIFY(city.desk.run(city.agent, call));
    const auto notes = city.desk.all<Note>();
    QCOMPARE(notes.size(), 1u);
    const QString chinese = chosenWords(notes.front().body, QLocale::Chinese);
    const QString english = chosenWords(notes.front().body, QLocale::English);
    QVERIFY2(chinese.startsWith(u"联系电话与本地网1个现有客户"_s), qPrintable(chinese));
    QVERIFY2(english.contains(u"1 known customer"_s), qPrintable(english));
    QVERIFY(!english.contains(u"客户"_s));
    const QString words = searchTokens(city.desk.tx().info<Note>(), toRow(notes.front()));
    QVERIFY(words.contains(u"核实"_s) && words.contains(u"number"_s));
}

void TestKnownCallers::aNumberOfSeveralCustomersIsLeftToTheDispatcher()
{
    City city;
    for (const Account &account : {city.bank, city.shop}) {
        city.desk.assign(account, city.manager, u"main_am"_s);
        CreateRecord create;
        create.entity = u"contact"_s;
        create.values = {{u"account_id"_s, account.id.text()},
                         {u"name"_s, u"物业"_s},
                         {u"phone"_s, u"13800138000"_s}};
        QVERIFY(city.desk.run(city.manager, create));
    }
    RecordOpportunity call = city.call(city.bank);
    call.values.erase(u"account_id"_s);
    call.values[u"ent_name"_s] = u"新租户"_s;
    QVERIFY(city.desk.run(city.seat, call));
    const auto recorded = city.desk.get<Opportunity>(city.desk.born(born::Record));
    QCOMPARE(city.desk.get<Account>(recorded.accountId).name, u"新租户"_s);
    const auto notes = city.desk.all<Note>();
    QCOMPARE(notes.size(), 1u);
    QCOMPARE(notes.front().subjectId.text(), recorded.id.text());
    for (const QString &secret : {city.bank.name, city.shop.name, u"13800138000"_s})
        QVERIFY(!notes.front().body.contains(secret));
    QCOMPARE(city.noticesOf(city.dispatcher), QStringList{u"general"_s});
}

QTEST_GUILESS_MAIN(TestKnownCallers)
#include "tst_known_callers.moc"
