#include "commands/custody_step.h"
#include "commands/edit_record.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_claim.h"
#include "commands/opportunity_stage.h"
#include "commands/opportunity_transfer.h"
#include "commands/record_commands.h"
#include "commands/staff_commands.h"
#include "domain/account_site.h"
#include "domain/contact.h"
#include "domain/note.h"
#include "domain/opportunity_item.h"
#include "domain/transfer.h"
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
    void whoeverSeesItIsToldWhoClaimedItAndWhen();
    void aStrangerCannotClaim();
    void firstContactCountsFromWhenItWasMade_data();
    void firstContactCountsFromWhenItWasMade();
    void firstContactAndCallsAreTheAccountsLastContact();
    void aClaimIsUndoneWithinTenMinutesAndTheClockGoesOn();
    void afterTenMinutesAClaimStays();
    void aDealThatSomebodyElseHasClaimedIsNotClosedByItsCapturer();
    void onlyAnOperationsCentreOfTheAreaTakesItBack();
    void aCustomerOutOfSightReadsAsMissing();
    void anAnswerFillsInWhatIsHiddenButDoesNotWriteOverIt();
    void anOlderVisitDoesNotTurnBackTheLastContact();
    void theNumberOfAContactFromTheFilePassesTheGate();
    void aDiscardedOneHasItsClosingTime();
    void aClaimedOneIsNotDispatchedBeforeItIsReturned();
    void theFirstClaimBySomebodyElseConfirmsTheHandOver();
    void aChannelThatDoesNotServeOwnsNothing();
    void whatTheFormLeavesOutStartsAsTheStructDoes();
    void theOnlyAdministratorStaysOne();
    void aTitleWithoutANeedIsTheCustomersName();
    void nothingSeenAndNothingStoredAreTheSameNumber();
    void aConflictNamesItsFieldsAsPeopleDo();
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
    QCOMPARE(late.error().args, (QStringList{u"manager"_s, u"2026-03-02 10:00"_s}));
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

void TestOpportunityCommands::whoeverSeesItIsToldWhoClaimedItAndWhen()
{
    Office office;
    const Opportunity waiting = office.dispatched(&office.manager);
    ClaimOpportunity claim;
    claim.opportunity = waiting.id;
    QVERIFY(office.desk.run(office.manager, claim));
    const auto late = office.desk.run(office.dispatcher, claim);
    QCOMPARE(reasonOf(late), u"opportunity.already_owned"_s);
    QCOMPARE(late.error().args, (QStringList{u"manager"_s, u"2026-03-02 10:00"_s}));
}

void TestOpportunityCommands::firstContactCountsFromWhenItWasMade_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("counted");
    QTest::newRow("between claim and sync") << u"2026-03-02T10:30:00"_s << u"2026-03-02T10:30:00"_s;
    QTest::newRow("before the claim") << u"2026-03-02T09:00:00"_s << u"2026-03-02T12:00:00"_s;
    QTest::newRow("in the future") << u"2026-03-02T13:00:00"_s << u"2026-03-02T12:00:00"_s;
    QTest::newRow("not said") << QString() << u"2026-03-02T12:00:00"_s;
}

void TestOpportunityCommands::firstContactCountsFromWhenItWasMade()
{
    QFETCH(QString, said);
    QFETCH(QString, counted);
    Office office;
    const Opportunity waiting = office.dispatched(&office.manager);
    ClaimOpportunity claim;
    claim.opportunity = waiting.id;
    QVERIFY(office.desk.run(office.manager, claim));
    office.desk.clock.advance(2 * hour);
    MarkFirstContact contact;
    contact.opportunity = waiting.id;
    contact.note = u"已电话联系"_s;
    if (!said.isEmpty())
        contact.at = CommandDesk::at(said);
    QVERIFY(office.desk.run(office.manager, contact));
    QCOMPARE(office.desk.get<Opportunity>(waiting.id).firstContactAt.ms,
             CommandDesk::at(counted).ms);
    QCOMPARE(office.desk.all<Note>().front().at.ms, CommandDesk::at(counted).ms);
}

void TestOpportunityCommands::firstContactAndCallsAreTheAccountsLastContact()
{
    Office office;
    const Opportunity waiting = office.dispatched(&office.manager);
    ClaimOpportunity claim;
    claim.opportunity = waiting.id;
    QVERIFY(office.desk.run(office.manager, claim));
    const auto lastContact = [&] {
        return office.desk.get<Account>(office.bank.id).lastContactAt.ms;
    };
    QCOMPARE(lastContact(), 0);
    MarkFirstContact contact;
    contact.opportunity = waiting.id;
    QVERIFY(office.desk.run(office.manager, contact));
    QCOMPARE(lastContact(), office.desk.clock.now().ms);
    office.desk.clock.advance(hour);
    AddNote call;
    call.entity = u"opportunity"_s;
    call.record = waiting.id;
    call.body = u"客户来电询价"_s;
    call.kind = NoteKind::Call;
    QVERIFY(office.desk.run(office.manager, call));
    QCOMPARE(lastContact(), office.desk.clock.now().ms);
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

void TestOpportunityCommands::theNumberOfAContactFromTheFilePassesTheGate()
{
    Office office;
    Contact contact;
    contact.accountId = office.bank.id;
    contact.areaId = office.kunming.id;
    contact.name = u"李工"_s;
    const Contact silent = office.desk.put(contact);
    contact.phone = u"13800138000"_s;
    const Contact known = office.desk.put(contact);
    RecordOpportunity call = office.call(office.bank.id);
    call.values.erase(u"contact_name"_s);
    call.values.erase(u"contact_phone"_s);
    call.values[u"contact_id"_s] = silent.id.text();
    QVERIFY(office.desk.run(office.seat, call));
    const auto waiting = office.desk.get<Opportunity>(office.desk.born(born::Record));
    QCOMPARE(waiting.custodyReason, CustodyReason::Incomplete);
    call.values[u"contact_id"_s] = known.id.text();
    QVERIFY(office.desk.run(office.seat, call));
    const auto passed = office.desk.get<Opportunity>(office.desk.born(born::Record));
    QCOMPARE(passed.custodyState, CustodyState::Identified);
    QVERIFY(passed.completenessBp > waiting.completenessBp);
}

void TestOpportunityCommands::aDiscardedOneHasItsClosingTime()
{
    Office office;
    MarkInvalid discard;
    discard.opportunity = office.dispatched(&office.manager).id;
    discard.reason = CustodyReason::Duplicate;
    QVERIFY(office.desk.run(office.dispatcher, discard));
    const auto gone = office.desk.get<Opportunity>(discard.opportunity);
    QCOMPARE(gone.custodyState, CustodyState::Invalid);
    QCOMPARE(gone.closedAt, office.desk.clock.now());
}

void TestOpportunityCommands::aClaimedOneIsNotDispatchedBeforeItIsReturned()
{
    Office office;
    const Opportunity deal = office.dispatched(&office.manager);
    ClaimOpportunity claim;
    claim.opportunity = deal.id;
    QVERIFY(office.desk.run(office.manager, claim));
    DispatchOpportunity give;
    give.opportunity = deal.id;
    give.staff = office.colleague.id;
    const auto refused = office.desk.run(office.dispatcher, give);
    QCOMPARE(reasonOf(refused), u"opportunity.held"_s);
    QCOMPARE(refused.error().args, QStringList{u"manager"_s});
    QCOMPARE(office.desk.get<Opportunity>(deal.id).ownerId.text(), office.manager.id.text());
    ReturnOpportunity back;
    back.opportunity = deal.id;
    back.queue = office.centre.id;
    back.reason = u"换人"_s;
    QVERIFY(office.desk.run(office.manager, back));
    QVERIFY(office.desk.run(office.dispatcher, give));
}

void TestOpportunityCommands::theFirstClaimBySomebodyElseConfirmsTheHandOver()
{
    Office office;
    const Opportunity deal = office.dispatched(&office.manager);
    QVERIFY(deal.handoffAckAt.isNull());
    ClaimOpportunity claim;
    claim.opportunity = deal.id;
    QVERIFY(office.desk.run(office.manager, claim));
    QCOMPARE(office.desk.get<Opportunity>(deal.id).handoffAckAt, office.desk.clock.now());
    // Taken back, it was never confirmed.
    UndoClaim undo;
    undo.opportunity = deal.id;
    QVERIFY(office.desk.run(office.manager, undo));
    QVERIFY(office.desk.get<Opportunity>(deal.id).handoffAckAt.isNull());
    QVERIFY(office.desk.run(office.manager, claim));
    const Instant first = office.desk.clock.now();
    // Confirmed once, whoever has it later.
    office.desk.clock.advance(hour);
    ReturnOpportunity back;
    back.opportunity = deal.id;
    back.queue = office.centre.id;
    back.reason = u"换人"_s;
    QVERIFY(office.desk.run(office.manager, back));
    DispatchOpportunity give;
    give.opportunity = deal.id;
    give.staff = office.colleague.id;
    QVERIFY(office.desk.run(office.dispatcher, give));
    QVERIFY(office.desk.run(office.colleague, claim));
    QCOMPARE(office.desk.get<Opportunity>(deal.id).handoffAckAt, first);
    // Whoever keeps what he found hands nothing over.
    office.desk.assign(office.bank, office.manager, u"main_am"_s);
    QVERIFY(office.desk.run(office.manager, office.call(office.bank.id)));
    const auto own = office.desk.get<Opportunity>(office.desk.born(born::Record));
    QCOMPARE(own.custodyState, CustodyState::Claimed);
    QVERIFY(own.handoffAckAt.isNull());
}

void TestOpportunityCommands::aChannelThatDoesNotServeOwnsNothing()
{
    Office office;
    Channel channel;
    channel.code = channel.name = u"showroom"_s;
    channel.canSell = true;
    office.manager.channelId = office.desk.put(channel).id;
    office.desk.put(office.manager);
    DispatchOpportunity give;
    Opportunity waiting = office.dispatched();
    waiting.custodyState = CustodyState::Dispatching;
    give.opportunity = office.desk.put(waiting).id;
    give.staff = office.manager.id;
    QCOMPARE(reasonOf(office.desk.run(office.dispatcher, give)),
             u"opportunity.target_cannot_own"_s);
    ClaimOpportunity claim;
    claim.opportunity = office.dispatched(&office.manager).id;
    QCOMPARE(reasonOf(office.desk.run(office.manager, claim)), u"opportunity.target_cannot_own"_s);
    // Nor does he keep what he found.
    office.desk.assign(office.bank, office.manager, u"main_am"_s);
    QVERIFY(office.desk.run(office.manager, office.call(office.bank.id)));
    QCOMPARE(office.desk.get<Opportunity>(office.desk.born(born::Record)).custodyState,
             CustodyState::Identified);
}

void TestOpportunityCommands::whatTheFormLeavesOutStartsAsTheStructDoes()
{
    Office office;
    office.desk.assign(office.bank, office.manager, u"main_am"_s);
    const auto made = [&](const QString &entity, FieldValues values) {
        CreateRecord create;
        create.entity = entity;
        create.values = std::move(values);
        create.values[u"account_id"_s] = office.bank.id.text();
        const auto done = office.desk.run(office.manager, create);
        if (!done)
            qFatal("%s", qPrintable(done.error().key()));
        const auto row = office.desk.store().find(office.desk.tx().catalog().entity(entity),
                                                  office.desk.born(born::Record));
        return *row;
    };
    const auto contact = fromRow<Contact>(made(u"contact"_s, {{u"name"_s, u"王处长"_s}}));
    QCOMPARE(contact.influence, Contact().influence);
    QCOMPARE(contact.role, Contact().role);
    const auto site = fromRow<AccountSite>(
        made(u"account_site"_s, {{u"name"_s, u"总部"_s}, {u"address"_s, u"人民路1号"_s}}));
    QCOMPARE(site.kind, AccountSite().kind);
    CreateRecord create;
    create.entity = u"account"_s;
    create.values = {{u"name"_s, u"新客户"_s}};
    QVERIFY(office.desk.run(office.manager, create));
    const auto account = office.desk.get<Account>(office.desk.born(born::Record));
    QCOMPARE(account.spendBasis, Account().spendBasis);
    QCOMPARE(account.valueClass, Account().valueClass);

    const Opportunity deal = office.dispatched(&office.manager);
    ClaimOpportunity claim;
    claim.opportunity = deal.id;
    QVERIFY(office.desk.run(office.manager, claim));
    const ProductOffering line = office.desk.put(ProductOffering());
    create.entity = u"opportunity_item"_s;
    create.values = {{u"opportunity_id"_s, deal.id.text()}, {u"product_id"_s, line.id.text()}};
    QVERIFY(office.desk.run(office.manager, create));
    const auto item = office.desk.get<OpportunityItem>(office.desk.born(born::Record));
    QCOMPARE(item.quantity, OpportunityItem().quantity);
    QCOMPARE(item.termMonths, OpportunityItem().termMonths);
    QVERIFY(item.quantity > 0 && item.termMonths > 0 && contact.influence > 0);
}

void TestOpportunityCommands::theOnlyAdministratorStaysOne()
{
    Office office;
    const Staff boss = office.desk.person(u"boss"_s, Role::Administrator);
    SaveStaff disable;
    disable.staff = boss.id;
    disable.status = u"disabled"_s;
    const auto byTool = [&] { return reasonOf(office.desk.runAsSystem(callOf(disable))); };
    QCOMPARE(byTool(), u"staff.last_administrator"_s);
    // One that is disabled lets nobody in.
    Staff gone = office.desk.person(u"gone"_s, Role::Administrator);
    gone.status = StaffStatus::Disabled;
    office.desk.put(gone);
    QCOMPARE(byTool(), u"staff.last_administrator"_s);
    EditRecord edit;
    edit.entity = u"staff"_s;
    edit.record = boss.id;
    edit.patch = {{u"roles"_s, u"dispatcher"_s}};
    QCOMPARE(reasonOf(office.desk.run(boss, edit)), u"staff.last_administrator"_s);
    gone.status = StaffStatus::Active;
    office.desk.put(gone);
    QCOMPARE(byTool(), QString());
}

// It is read in either language, so no word of ours stands in it.
void TestOpportunityCommands::aTitleWithoutANeedIsTheCustomersName()
{
    Office office;
    RecordOpportunity call = office.call(office.bank.id);
    call.values.erase(u"need_summary"_s);
    QVERIFY(office.desk.run(office.seat, call));
    const auto opportunity = office.desk.get<Opportunity>(office.desk.born(born::Record));
    QCOMPARE(opportunity.title, u"云南银行"_s);
}

// A masked reader sees no amount where 0 is stored; a script passes null.
void TestOpportunityCommands::nothingSeenAndNothingStoredAreTheSameNumber()
{
    Office office;
    const Opportunity held = office.dispatched();
    EditRecord edit;
    edit.entity = u"opportunity"_s;
    edit.record = held.id;
    edit.patch = {{u"value_fen"_s, 500}, {u"need_sites"_s, 3}};
    edit.seen = {{u"value_fen"_s, Cell()}, {u"need_sites"_s, Cell()}};
    QCOMPARE(reasonOf(office.desk.runAsSystem(callOf(edit))), QString());
    QCOMPARE(office.desk.get<Opportunity>(held.id).valueFen.fen, 500);
    // What is there by now was not seen.
    edit.patch = {{u"value_fen"_s, 700}};
    QCOMPARE(reasonOf(office.desk.runAsSystem(callOf(edit))), u"record.changed"_s);
    // A text is no number: an empty one and "0" differ.
    edit.patch = {{u"ent_address"_s, u"1"_s}};
    edit.seen = {{u"ent_address"_s, u"0"_s}};
    QCOMPARE(reasonOf(office.desk.runAsSystem(callOf(edit))), u"record.changed"_s);
}

void TestOpportunityCommands::aConflictNamesItsFieldsAsPeopleDo()
{
    Office office;
    Opportunity held = office.dispatched();
    held.needSites = 2;
    held.entAddress = u"人民路1号"_s;
    office.desk.put(held);
    EditRecord edit;
    edit.entity = u"opportunity"_s;
    edit.record = held.id;
    edit.patch = {{u"need_sites"_s, 3}, {u"ent_address"_s, u"人民路2号"_s}};
    edit.seen = {{u"need_sites"_s, 1}, {u"ent_address"_s, u"人民路"_s}};
    const auto refused = office.desk.runAsSystem(callOf(edit));
    QCOMPARE(reasonOf(refused), u"record.changed"_s);
    QCOMPARE(refused.error().args.front(), u"ent_address,need_sites"_s); // for the sync centre
    QCOMPARE(refused.error().text(QLocale::Chinese),
             u"“单位地址”、“涉及地点数”已被他人修改，请选择保留哪一个值。"_s);
    QCOMPARE(refused.error().text(QLocale::English),
             u"“Address”, “Sites”: changed by someone else; choose which value to keep."_s);
}

QTEST_GUILESS_MAIN(TestOpportunityCommands)
#include "tst_opportunity_commands.moc"
