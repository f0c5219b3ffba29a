#pragma once

#include "commands/command.h"
#include "domain/opportunity.h"
#include "domain/transfer.h"

namespace keydesk {

// One move of an opportunity from hand to hand. Every change of custody is made of these, so that
// each leaves its Transfer and none ever touches the sales stage (domain.md, section 3, item 1).
struct CustodyStep
{
    TransferKind kind = TransferKind::Dispatch;
    CustodyState to = CustodyState::Captured;
    CustodyReason reason = CustodyReason::None;
    Ref<Staff> staff = {}; // to whom it goes
    Ref<Team> queue = {}; // or the queue it lies in afterwards
    QString note = {};
    bool counts = false; // a dispatch: transfer_count + 1
};

/// Ids k of the rows born in a command about opportunities, so that no two collide.
namespace born {
enum : int {
    Record = 0,
    Account = 1,
    Contact = 2,
    Note = 3,
    Task = 4,
    Assignment = 5,
    Item = 6,
    Transfer = 10
};
}

/// Changes the custody columns of `opportunity` (its claim_epoch rises by one), writes the Transfer
/// under the id `transferId`, and keeps the copies of the holder in its items, transfers, decisions
/// and notes equal. The opportunity itself is saved. Errors: opportunity.wrong_state.
Result<> takeStep(CommandContext &context, Opportunity &opportunity, const CustodyStep &step,
                  int transferId = born::Transfer);

/// The same for an opportunity that is still to be inserted: columns and Transfer only.
Result<> takeFirstStep(CommandContext &context, Opportunity &opportunity, const CustodyStep &step,
                       int transferId = born::Transfer);

/// What a step asks about its opportunity: its children are found without reading everybody's.
Result<> createCustodyIndexes(Database &database);

/// Keeps the copies of the holder in the opportunity's items, transfers, decisions and notes equal.
Result<> followHolder(CommandContext &context, const Opportunity &opportunity);

/// opportunity.wrong_state, naming the state it is in.
Error wrongState(const Opportunity &opportunity);

/// The queue of the operations centre that serves the area: its own, else the nearest one above.
/// Null if there is none.
Ref<Team> operationsQueue(CommandContext &context, const RecordId &area);

/// The opportunity; on a desktop nothing if it is not held there, which is no refusal: the server
/// decides (sync.md, "Purity"). Errors, on the server: record.not_found, also for one that the
/// actor may not see.
Result<std::optional<Opportunity>> findOpportunity(CommandContext &context, const RecordId &id);
/// The same whether he may see it or not.
Result<std::optional<Opportunity>> findAnyOpportunity(CommandContext &context, const RecordId &id);

} // namespace keydesk
