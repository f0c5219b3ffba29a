#pragma once

#include "importing/demo/demo_world.h"
#include "rules/claim_clock.h"

#include <set>

namespace keydesk {

// One opportunity of the demo data from capture on: each call is one event at one time and leaves
// the traces that the product itself would leave, by the same rules. Asserts the two state
// machines. The records enter the world with finish().
class DemoStory
{
public:
    /// Captured by `seat` for `account`, at `at`.
    DemoStory(DemoWorld &world, const Account &account, const Staff &seat, Instant at);

    /// To be filled in by the caller before the first event, and between events.
    Opportunity opportunity;

    /// Into the operations centre's queue without having been routed: incomplete, or it failed.
    void queue(Instant at, CustodyReason reason);
    /// What the server does with a complete one: to whom the rules say, or into the queue of the
    /// operations centre with the reason. Whether somebody got it.
    bool route(Instant at);
    /// Given by hand.
    void dispatch(Instant at, const Staff &to, const Staff &dispatcher);
    /// All that the claim clock has asked for until now.
    void remind();
    void askInfo(Instant at, const Staff &dispatcher, const QString &question);
    void claim(Instant at);
    void firstContact(Instant at);
    /// Moves on stage by stage to `stage`, which asks for the fields it needs.
    void advanceTo(SalesStage stage, Instant at);
    void giveBack(Instant at, const QString &reason);
    /// Taken back by the clock, when it is due.
    void expire();
    void win(Instant at);
    void lose(Instant at, LostReason reason, const QString &competitor);
    void shelve(Instant at, const QDate &revisitOn);
    void handleAtFirstContact(Instant at);
    void discard(Instant at, CustodyReason reason, const Staff &dispatcher);
    void note(Instant at, const RecordId &author, NoteKind kind, const QString &text);
    void addItem(const ProductOffering &product, int quantity, ItemAction action);

    /// Where the story stands in time: the last event.
    Instant time() const { return m_time; }
    /// When the clock takes back what is waiting to be claimed.
    Instant expiry() const { return timeOf(ClaimMark::Expire, opportunity, m_world.calendar); }
    void finish();

private:
    Transfer &move(TransferKind kind, CustodyState to, Instant at, CustodyReason reason,
                   const RecordId &by);
    void settle();
    void give(Instant at, const RecordId &to, const RoutingOutcome &outcome, const RecordId &by);
    void lieInQueue(Instant at, CustodyReason reason);
    RoutingDecision &decide(Instant at, const RoutingQuestion &question,
                            const std::vector<ConsideredCandidate> &considered);
    void remindUntil(Instant at);
    void remindDispatchers();
    void leaveHands();
    void enterStage(SalesStage stage, Instant at);
    void close(Instant at, CustodyReason reason, const RecordId &by);
    void computeFacts();
    void say();
    void tell(const RecordId &staff, NotificationKind kind, Severity severity,
              const QString &body = {});
    Severity severity() const;
    RecordId holder() const;
    RecordId operationsCentre() const;

    DemoWorld &m_world;
    Account m_account;
    Instant m_time;
    RecordId m_actor; // of the last move; null: the system
    RecordId m_dispatcher; // who gave it by hand last
    std::set<RecordId> m_told; // of the last move
    ClaimHours m_hours;
    std::vector<OpportunityItem> m_items;
    std::vector<Transfer> m_transfers;
    std::vector<RoutingDecision> m_decisions;
    std::vector<Note> m_notes;
};

} // namespace keydesk
