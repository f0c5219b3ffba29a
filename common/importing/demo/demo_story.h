#pragma once

#include "importing/demo/demo_world.h"

namespace keydesk {

// One opportunity of the demo data from capture on: each call is one event at one time and leaves
// the traces that the product itself would leave. Asserts the two state machines. The records
// enter the world with finish().
class DemoStory
{
public:
    /// Captured by `seat` for `account`, at `at`.
    DemoStory(DemoWorld &world, const Account &account, const Staff &seat, Instant at);

    /// To be filled in by the caller before the first event, and between events.
    Opportunity opportunity;

    void identify();
    /// Into the operations centre's queue, because routing could not decide.
    void queue(Instant at, CustodyReason reason);
    /// By the rule (AM flag, else core agent) when `dispatcher` is null, else by hand.
    void dispatch(Instant at, const Staff &to, const Staff *dispatcher = nullptr);
    void remind(int level);
    void askInfo(Instant at, const Staff &dispatcher, const QString &question);
    void claim(Instant at);
    void firstContact(Instant at);
    /// Moves on stage by stage to `stage`, which asks for the fields it needs.
    void advanceTo(SalesStage stage, Instant at);
    void giveBack(Instant at, const QString &reason);
    void expire(Instant at);
    void win(Instant at);
    void lose(Instant at, LostReason reason, const QString &competitor);
    void shelve(Instant at, const QDate &revisitOn);
    void handleAtFirstContact(Instant at);
    void discard(Instant at, CustodyState to, CustodyReason reason,
                 const RecordId &mergedInto = {});
    void note(Instant at, const RecordId &author, NoteKind kind, const QString &text);
    void addItem(const ProductOffering &product, int quantity, ItemAction action);
    void notify(const RecordId &staff, NotificationKind kind, Instant at, Severity severity);

    /// Where the story stands in time: the last event.
    Instant time() const { return m_time; }
    void finish();

private:
    Transfer &move(TransferKind kind, CustodyState to, Instant at, CustodyReason reason);
    void decide(const Transfer &transfer, const Staff *chosen, CustodyReason reason, Instant at);
    void leaveHands();
    void enterStage(SalesStage stage, Instant at);
    RecordId holder() const;
    RecordId operationsCentre() const;
    const Staff &teleManager() const;
    int claimHours() const;

    DemoWorld &m_world;
    Account m_account;
    Instant m_time;
    std::vector<OpportunityItem> m_items;
    std::vector<Transfer> m_transfers;
    std::vector<RoutingDecision> m_decisions;
    std::vector<Note> m_notes;
};

} // namespace keydesk
