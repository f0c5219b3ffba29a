#include "commands/custody_step.h"
#include "commands/edit_record.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_claim.h"
#include "commands/opportunity_transfer.h"
#include "commands/record_commands.h"
#include "domain/contact.h"
#include "support/command_desk.h"

#include <QtTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

QString reasonOf(const Result<> &result)
{
    return result ? QString() : result.error().key();
}

// One area with a hotline seat, a manager with a customer, a queue of the operations centre.
struct Office
{
    explicit Office(CommandDesk::Place place = CommandDesk::Place::Server)
        : desk(place)
    {
    }
    CommandDesk desk;
    Area kunming = desk.area(u"0871"_s);
    Team centre = desk.queue(u"OC"_s, TeamKind::OperationsCentre, kunming.id);
    Team sales = desk.queue(u"S1"_s, TeamKind::Sales, kunming.id);
    Staff seat = desk.person(u"hotline"_s, Role::HotlineAgent, kunming.id);
    Staff manager = desk.person(u"manager"_s, Role::AccountManager, kunming.id, sales.id);
    Staff colleague = desk.person(u"colleague"_s, Role::AccountManager, kunming.id, sales.id);
    Staff dispatcher = desk.person(u"dispatcher"_s, Role::Dispatcher, kunming.id, centre.id);
    Account bank = desk.account(u"云南银行"_s, kunming.id, ValueClass::A);

    RecordOpportunity call(const RecordId &account = {})
    {
        RecordOpportunity command;
        command.values = {{u"willing"_s, 1},
                          {u"need_summary"_s, u"两条专线"_s},
                          {u"contact_name"_s, u"李工"_s},
                          {u"contact_phone"_s, u"13800138000"_s}};
        if (!account.isNull())
            command.values[u"account_id"_s] = account.text();
        return command;
    }
    /// An opportunity that lies before `to` (or in the sales queue), waiting to be claimed.
    Opportunity dispatched(const Staff *to = nullptr)
    {
        Opportunity opportunity;
        opportunity.title = u"专线"_s;
        opportunity.accountId = bank.id;
        opportunity.areaId = kunming.id;
        opportunity.capturedBy = seat.id;
        opportunity.custodyState = CustodyState::Dispatched;
        opportunity.transferCount = 1;
        if (to)
            opportunity.assigneeId = to->id;
        else
            opportunity.queueId = sales.id;
        return desk.put(opportunity);
    }
};

} // namespace

class TestOpportunityCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anUnknownOrganisationBecomesAPotentialAccountWithItsContact();
    void withoutCustomerOrOrganisationNothingIsRecorded();
    void aWillingCustomerWithNumberAndNeedPassesTheGate();
    void belowTheGateItWaitsForTheDispatcherAsIncomplete();
    void theCustomersOwnManagerKeepsWhatHeFound();
    void anInteractionIsWrittenDownAndPursuedOnceTheCustomerIsWilling();
    void serverOwnedFieldsCannotBeRecorded();
    void theFirstClaimWinsAndTheSecondIsToldWho();
    void aClaimOnADesktopWithoutTheRowIsNoRefusal();
    void aStrangerCannotClaim();
    void aClaimIsUndoneWithinTenMinutesAndTheClockGoesOn();
    void afterTenMinutesAClaimStays();
    void aDealThatSomebodyElseHasClaimedIsNotClosedByItsCapturer();
    void onlyAnOperationsCentreOfTheAreaTakesItBack();
    void aCustomerOutOfSightReadsAsMissing();
    void anAnswerFillsInWhatIsHiddenButDoesNotWriteOverIt();
    void anOlderVisitDoesNotTurnBackTheLastContact();
};

void TestOpportunityCommands::anUnknownOrganisationBecomesAPotentialAccountWithItsContact()
{
    Office office;
    RecordOpportunity call = office.call();
    call.values[u"ent_name"_s] = u"昆明新厂"_s;
    QVERIFY(office.desk.run(office.seat, call));
    const auto opportunity = office.desk.get<Opportunity>(office.desk.born(born::Record));
    const auto account = office.desk.get<Account>(opportunity.accountId);
    QCOMPARE(account.name, u"昆明新厂"_s);
    QCOMPARE(account.status, AccountStatus::Potential);
    QCOMPARE(account.areaId.text(), office.kunming.id.text());
    QCOMPARE(office.desk.get<Contact>(opportunity.contactId).phone, u"13800138000"_s);
    QCOMPARE(opportunity.accountName, u"昆明新厂"_s);
    QCOMPARE(opportunity.title, u"昆明新厂 · 两条专线"_s);
    QCOMPARE(opportunity.kind, OpportunityKind::Lead);

    // The same organisation again is the same customer.
    QVERIFY(office.desk.run(office.seat, call));
    QCOMPARE(office.desk.get<Opportunity>(office.desk.born(born::Record)).accountId.text(),
             account.id.text());
}

void TestOpportunityCommands::withoutCustomerOrOrganisationNothingIsRecorded()
{
    Office office;
    QCOMPARE(reasonOf(office.desk.run(office.seat, office.call())), u"opportunity.needs_account"_s);
    QVERIFY(office.desk.all<Opportunity>().empty());
}

void TestOpportunityCommands::aWillingCustomerWithNumberAndNeedPassesTheGate()
{
    Office office;
    QVERIFY(office.desk.run(office.seat, office.call(office.bank.id)));
    const auto opportunity = office.desk.get<Opportunity>(office.desk.born(born::Record));
    QCOMPARE(opportunity.custodyState, CustodyState::Identified);
    QVERIFY(opportunity.completenessBp.value < 6000);
    QCOMPARE(opportunity.valueClass, ValueClass::A);
    QCOMPARE(opportunity.capturedBy.text(), office.seat.id.text());
}

void TestOpportunityCommands::belowTheGateItWaitsForTheDispatcherAsIncomplete()
{
    Office office;
    RecordOpportunity call = office.call(office.bank.id);
    call.values.erase(u"contact_phone"_s);
    QVERIFY(office.desk.run(office.seat, call));
    const auto opportunity = office.desk.get<Opportunity>(office.desk.born(born::Record));
    QCOMPARE(opportunity.custodyState, CustodyState::Dispatching);
    QCOMPARE(opportunity.custodyReason, CustodyReason::Incomplete);
    QCOMPARE(opportunity.queueId.text(), office.centre.id.text());
    QCOMPARE(opportunity.transferCount, 0);
    QCOMPARE(office.desk.all<Transfer>().size(), 1u);
}

void TestOpportunityCommands::theCustomersOwnManagerKeepsWhatHeFound()
{
    Office office;
    office.desk.assign(office.bank, office.manager, u"main_am"_s);
    QVERIFY(office.desk.run(office.manager, office.call(office.bank.id)));
    const auto opportunity = office.desk.get<Opportunity>(office.desk.born(born::Record));
    QCOMPARE(opportunity.custodyState, CustodyState::Claimed);
    QCOMPARE(opportunity.ownerId.text(), office.manager.id.text());
}

void TestOpportunityCommands::anInteractionIsWrittenDownAndPursuedOnceTheCustomerIsWilling()
{
    Office office;
    RecordOpportunity call = office.call(office.bank.id);
    call.values[u"willing"_s] = 0;
    QVERIFY(office.desk.run(office.seat, call));
    const RecordId id = office.desk.born(born::Record);
    QCOMPARE(office.desk.get<Opportunity>(id).custodyState, CustodyState::Captured);
    QCOMPARE(office.desk.get<Opportunity>(id).kind, OpportunityKind::Interaction);

    EditRecord edit;
    edit.entity = u"opportunity"_s;
    edit.record = id;
    edit.patch = {{u"willing"_s, 1}};
    QVERIFY(office.desk.run(office.seat, edit));
    QCOMPARE(office.desk.get<Opportunity>(id).custodyState, CustodyState::Identified);
    QCOMPARE(office.desk.get<Opportunity>(id).kind, OpportunityKind::Lead);
}

void TestOpportunityCommands::serverOwnedFieldsCannotBeRecorded()
{
    Office office;
    RecordOpportunity call = office.call(office.bank.id);
    call.values[u"owner_id"_s] = office.seat.id.text();
    QCOMPARE(reasonOf(office.desk.run(office.seat, call)), u"field.read_only"_s);
}

void TestOpportunityCommands::theFirstClaimWinsAndTheSecondIsToldWho()
{
    Office office;
    const Opportunity waiting = office.dispatched();
    ClaimOpportunity claim;
    claim.opportunity = waiting.id;
    QVERIFY(office.desk.run(office.manager, claim));
    const auto claimed = office.desk.get<Opportunity>(waiting.id);
    QCOMPARE(claimed.ownerId.text(), office.manager.id.text());
    QCOMPARE(claimed.claimEpoch, waiting.claimEpoch + 1);
    QVERIFY(claimed.queueId.isNull());

    const auto late = office.desk.run(office.colleague, claim);
    QCOMPARE(reasonOf(late), u"opportunity.already_owned"_s);
    QCOMPARE(late.error().args, QStringList{u"manager"_s});
    QCOMPARE(office.desk.get<Opportunity>(waiting.id).ownerId.text(), office.manager.id.text());
}

void TestOpportunityCommands::aClaimOnADesktopWithoutTheRowIsNoRefusal()
{
    Office office(CommandDesk::Place::Desktop);
    ClaimOpportunity claim;
    claim.opportunity = RecordId::create();
    QVERIFY(office.desk.run(office.manager, claim));
    Office server;
    QCOMPARE(reasonOf(server.desk.run(server.manager, claim)), u"record.not_found"_s);
}

void TestOpportunityCommands::aStrangerCannotClaim()
{
    Office office;
    const Opportunity waiting = office.dispatched(&office.manager);
    ClaimOpportunity claim;
    claim.opportunity = waiting.id;
    QCOMPARE(reasonOf(office.desk.run(office.colleague, claim)), u"record.not_found"_s);
    QCOMPARE(reasonOf(office.desk.run(office.seat, claim)), u"forbidden.record"_s);
}

void TestOpportunityCommands::aClaimIsUndoneWithinTenMinutesAndTheClockGoesOn()
{
    Office office;
    Opportunity waiting = office.dispatched();
    waiting.claimDueAt = office.desk.clock.now() + hour;
    waiting.claimRemindLevel = 1;
    office.desk.put(waiting);
    ClaimOpportunity claim;
    claim.opportunity = waiting.id;
    QVERIFY(office.desk.run(office.manager, claim));
    office.desk.clock.advance(10 * minute);
    UndoClaim undo;
    undo.opportunity = waiting.id;
    QCOMPARE(reasonOf(office.desk.run(office.seat, undo)), u"opportunity.not_owner"_s);
    QVERIFY(office.desk.run(office.manager, undo));
    const auto back = office.desk.get<Opportunity>(waiting.id);
    QCOMPARE(back.custodyState, CustodyState::Dispatched);
    QCOMPARE(back.queueId.text(), office.sales.id.text());
    QVERIFY(back.ownerId.isNull());
    QVERIFY(back.assigneeId.isNull());
    QCOMPARE(back.claimDueAt.ms, waiting.claimDueAt.ms);
    QCOMPARE(back.claimRemindLevel, 1);
    QCOMPARE(back.transferCount, 1);
}

void TestOpportunityCommands::afterTenMinutesAClaimStays()
{
    Office office;
    const Opportunity waiting = office.dispatched(&office.manager);
    ClaimOpportunity claim;
    claim.opportunity = waiting.id;
    QVERIFY(office.desk.run(office.manager, claim));
    office.desk.clock.advance(10 * minute + 1);
    UndoClaim undo;
    undo.opportunity = waiting.id;
    QCOMPARE(reasonOf(office.desk.run(office.manager, undo)), u"opportunity.undo_too_late"_s);
}

void TestOpportunityCommands::aDealThatSomebodyElseHasClaimedIsNotClosedByItsCapturer()
{
    Office office;
    Opportunity deal = office.dispatched(&office.manager);
    ClaimOpportunity claim;
    claim.opportunity = deal.id;
    QVERIFY(office.desk.run(office.manager, claim));
    CloseHandled close;
    close.opportunity = deal.id;
    QCOMPARE(reasonOf(office.desk.run(office.seat, close)), u"opportunity.not_owner"_s);
    QCOMPARE(office.desk.get<Opportunity>(deal.id).custodyState, CustodyState::Claimed);

    // What he captured and keeps himself is his to close.
    Opportunity own = office.dispatched(&office.manager);
    own.capturedBy = office.manager.id;
    office.desk.put(own);
    claim.opportunity = close.opportunity = own.id;
    QVERIFY(office.desk.run(office.manager, claim));
    QVERIFY(office.desk.run(office.manager, close));
}

void TestOpportunityCommands::onlyAnOperationsCentreOfTheAreaTakesItBack()
{
    Office office;
    const Area elsewhere = office.desk.area(u"0512"_s);
    const Team far = office.desk.queue(u"OC2"_s, TeamKind::OperationsCentre, elsewhere.id);
    const Team group = office.desk.queue(u"OC0"_s, TeamKind::OperationsCentre);
    ReturnOpportunity back;
    back.reason = u"客户不在本地"_s;
    const auto give = [&](const Team &queue) {
        back.opportunity = office.dispatched(&office.manager).id;
        back.queue = queue.id;
        return reasonOf(office.desk.run(office.manager, back));
    };
    QCOMPARE(give(office.sales), u"field.malformed"_s);
    QCOMPARE(give(far), u"field.malformed"_s);
    QCOMPARE(give(office.centre), QString());
    QCOMPARE(give(group), QString());
}

void TestOpportunityCommands::aCustomerOutOfSightReadsAsMissing()
{
    Office office;
    const Area elsewhere = office.desk.area(u"0512"_s);
    const Account far = office.desk.account(u"苏州银行"_s, elsewhere.id);
    QCOMPARE(reasonOf(office.desk.run(office.seat, office.call(far.id))), u"record.not_found"_s);
    QCOMPARE(reasonOf(office.desk.run(office.colleague, office.call(office.bank.id))),
             u"record.not_found"_s);
    QVERIFY(office.desk.all<Opportunity>().empty());
    QVERIFY(office.desk.run(office.seat, office.call(office.bank.id)));
}

void TestOpportunityCommands::anAnswerFillsInWhatIsHiddenButDoesNotWriteOverIt()
{
    Office office;
    Opportunity asked = office.dispatched();
    asked.custodyState = CustodyState::NeedsInfo;
    asked.queueId = office.centre.id;
    asked.contactName = u"李工"_s;
    asked.needSites = 2;
    office.desk.put(asked);
    AnswerInfo answer;
    answer.opportunity = asked.id;
    answer.values = {{u"contact_name"_s, u"王工"_s}};
    QCOMPARE(reasonOf(office.desk.run(office.seat, answer)), u"field.hidden"_s);
    answer.values = {{u"contact_phone"_s, u"13800138000"_s}, {u"need_sites"_s, 3}};
    answer.seen = {{u"need_sites"_s, 1}};
    QCOMPARE(reasonOf(office.desk.run(office.seat, answer)), u"record.changed"_s);
    answer.seen = {{u"need_sites"_s, 2}};
    QVERIFY(office.desk.run(office.seat, answer));
    QCOMPARE(office.desk.get<Opportunity>(asked.id).contactPhone, u"13800138000"_s);
}

void TestOpportunityCommands::anOlderVisitDoesNotTurnBackTheLastContact()
{
    Office office;
    office.desk.assign(office.bank, office.manager, u"main_am"_s);
    AddNote visit;
    visit.entity = u"account"_s;
    visit.record = office.bank.id;
    visit.kind = NoteKind::Visit;
    visit.body = u"走访"_s;
    visit.at = office.desk.clock.now() + -day;
    QVERIFY(office.desk.run(office.manager, visit));
    visit.at = office.desk.clock.now() + -9 * day;
    QVERIFY(office.desk.run(office.manager, visit));
    QCOMPARE(office.desk.get<Account>(office.bank.id).lastContactAt,
             office.desk.clock.now() + -day);
}

QTEST_GUILESS_MAIN(TestOpportunityCommands)
#include "tst_opportunity_commands.moc"
