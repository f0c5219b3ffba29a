#include "commands/custody_step.h"

#include "commands/rights.h"
#include "domain/area.h"
#include "domain/note.h"
#include "domain/opportunity_item.h"
#include "domain/routing_decision.h"
#include "domain/team.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

RecordId holderOf(const Opportunity &opportunity)
{
    return opportunity.ownerId.isNull() ? opportunity.assigneeId : opportunity.ownerId;
}

// The follower stays: he covers the customer beside whoever holds the deal (domain D1).
void leaveHands(Opportunity &opportunity)
{
    opportunity.ownerId = {};
    opportunity.assigneeId = {};
    opportunity.ownerChannel = {};
    opportunity.claimedAt = {};
    opportunity.claimDueAt = {};
    opportunity.claimRemindLevel = 0;
    opportunity.firstContactDueAt = {};
    opportunity.preProposalDueAt = {};
}

void enterState(CommandContext &context, Opportunity &opportunity, const CustodyStep &step)
{
    const Instant claimedAt = opportunity.claimedAt;
    switch (step.to) {
    case CustodyState::Dispatched:
        opportunity.ownerId = {};
        opportunity.claimedAt = {};
        opportunity.firstContactDueAt = {};
        opportunity.preProposalDueAt = {};
        opportunity.ownerChannel = {};
        opportunity.assigneeId = step.staff;
        opportunity.queueId = step.queue;
        if (step.kind == TransferKind::UndoClaim) { // the clock goes on (domain C7)
            if (opportunity.handoffAckAt == claimedAt)
                opportunity.handoffAckAt = {};
        } else {
            opportunity.dispatchedAt = context.now();
            opportunity.claimDueAt = {};
            opportunity.claimRemindLevel = 0;
        }
        break;
    case CustodyState::Claimed:
        opportunity.ownerId = step.staff;
        opportunity.assigneeId = step.staff;
        opportunity.queueId = {};
        opportunity.claimedAt = context.now();
        opportunity.firstContactAt = {};
        // The job of whoever captured it ends with the first claim by somebody else (domain C6).
        if (opportunity.handoffAckAt.isNull() && opportunity.capturedBy != step.staff)
            opportunity.handoffAckAt = context.now();
        break;
    case CustodyState::Closed:
        opportunity.queueId = {};
        opportunity.closedAt = context.now();
        break;
    case CustodyState::NeedsInfo: // stays in the queue of whoever asked, with a clock of its own
        opportunity.claimRemindLevel = 0;
        break;
    case CustodyState::Invalid:
    case CustodyState::Merged:
        leaveHands(opportunity);
        opportunity.queueId = {};
        opportunity.closedAt = context.now();
        break;
    default:
        leaveHands(opportunity);
        opportunity.queueId = step.queue;
        break;
    }
}

// The table of moves leads from claimed to dispatched for the undo of a claim alone: what somebody
// answers for comes back before it goes to another hand.
bool takesAway(const Opportunity &opportunity, const CustodyStep &step)
{
    return opportunity.custodyState == CustodyState::Claimed && step.to == CustodyState::Dispatched
        && step.kind != TransferKind::UndoClaim;
}

Transfer transferOf(CommandContext &context, const Opportunity &before, const Opportunity &after,
                    const CustodyStep &step, int transferId)
{
    auto transfer = context.born<Transfer>(transferId);
    transfer.opportunityId = after.id;
    transfer.accountId = after.accountId;
    transfer.areaId = after.areaId;
    transfer.ownerId = holderOf(after);
    transfer.capturedBy = after.capturedBy;
    transfer.seq = 1 + int(context.tx.having<Transfer>(u"opportunity_id"_s, after.id).size());
    transfer.kind = step.kind;
    transfer.fromState = before.custodyState;
    transfer.toState = step.to;
    transfer.fromStaffId = holderOf(before);
    transfer.toStaffId = step.staff;
    transfer.fromQueueId = before.queueId;
    transfer.toQueueId = after.queueId;
    transfer.fromChannel = before.ownerChannel.isNull() ? before.capturedChannel
                                                        : before.ownerChannel;
    transfer.toChannel = after.ownerChannel;
    transfer.bySystem = context.actor.isSystem;
    transfer.reason = step.reason;
    transfer.note = step.note;
    transfer.transferCount = after.transferCount;
    transfer.at = context.now();
    transfer.dueAt = after.claimDueAt;
    return transfer;
}

// A child lies in the buckets of whoever holds the opportunity, by a copy of that column.
template <class T>
Result<> moveToHolder(CommandContext &context, const RecordId &holder, const QString &column,
                      const RecordId &opportunity)
{
    for (T child : context.tx.having<T>(column, opportunity)) {
        if (child.ownerId == holder)
            continue;
        child.ownerId = holder;
        if (auto saved = context.tx.update(child); !saved)
            return saved;
    }
    return {};
}

} // namespace

Error wrongState(const Opportunity &opportunity)
{
    return Error("opportunity.wrong_state"_reason,
                 {EnumTable<CustodyState>::keys[std::size_t(opportunity.custodyState)]
                      .label.argument()},
                 opportunity.id.text());
}

Result<> takeFirstStep(CommandContext &context, Opportunity &opportunity, const CustodyStep &step,
                       int transferId)
{
    if (!mayMove(opportunity.custodyState, step.to) || takesAway(opportunity, step))
        return wrongState(opportunity);
    const Opportunity before = opportunity;
    enterState(context, opportunity, step);
    opportunity.custodyState = step.to;
    opportunity.custodyReason = step.reason;
    opportunity.custodySince = context.now();
    opportunity.transferCount += step.counts ? 1 : 0;
    opportunity.claimEpoch += 1;
    if (step.to == CustodyState::Claimed && step.staff == context.actor.id())
        opportunity.ownerChannel = context.actor.staff.channelId;
    return context.tx.insert(transferOf(context, before, opportunity, step, transferId));
}

Result<> createCustodyIndexes(Database &database)
{
    return database.execute(
        "CREATE INDEX IF NOT EXISTS transfer_by_opportunity ON transfer(opportunity_id, seq);"
        "CREATE INDEX IF NOT EXISTS decision_by_opportunity ON routing_decision(opportunity_id);"
        "CREATE INDEX IF NOT EXISTS item_by_opportunity ON opportunity_item(opportunity_id);"
        "CREATE INDEX IF NOT EXISTS note_by_subject ON note(subject_id);"
        "CREATE INDEX IF NOT EXISTS task_by_subject ON task(subject_id);");
}

Result<> followHolder(CommandContext &context, const Opportunity &opportunity)
{
    const RecordId holder = holderOf(opportunity);
    const QString byOpportunity = u"opportunity_id"_s;
    auto done = moveToHolder<OpportunityItem>(context, holder, byOpportunity, opportunity.id);
    if (done)
        done = moveToHolder<Transfer>(context, holder, byOpportunity, opportunity.id);
    if (done)
        done = moveToHolder<RoutingDecision>(context, holder, byOpportunity, opportunity.id);
    if (done)
        done = moveToHolder<Note>(context, holder, u"subject_id"_s, opportunity.id);
    return done;
}

Result<> takeStep(CommandContext &context, Opportunity &opportunity, const CustodyStep &step,
                  int transferId)
{
    if (auto done = takeFirstStep(context, opportunity, step, transferId); !done)
        return done;
    if (auto done = context.save(opportunity); !done)
        return done;
    return followHolder(context, opportunity);
}

Ref<Team> operationsQueue(CommandContext &context, const RecordId &area)
{
    RecordId at = area;
    for (int depth = 0; depth < maxAreaDepth; ++depth) {
        const Cell areaCell = at.isNull() ? Cell() : Cell(at.text());
        const auto teams = context.tx.select<Team>("kind = 'operations_centre' AND has_queue = 1 "
                                                   "AND active = 1 AND area_id IS ? ORDER BY code",
                                                   {areaCell});
        if (!teams.empty())
            return teams.front().id;
        if (at.isNull())
            break;
        const auto found = context.tx.find<Area>(at);
        at = found ? RecordId(found->parentId) : RecordId();
    }
    return {};
}

Result<std::optional<Opportunity>> findOpportunity(CommandContext &context, const RecordId &id)
{
    auto found = findAnyOpportunity(context, id);
    if (found && *found && !seesRecord(context, context.tx.info<Opportunity>(), toRow(**found)))
        return Error("record.not_found"_reason, {}, id.text());
    return found;
}

Result<std::optional<Opportunity>> findAnyOpportunity(CommandContext &context, const RecordId &id)
{
    auto found = context.tx.find<Opportunity>(id);
    if (!found && context.onServer())
        return Error("record.not_found"_reason, {}, id.text());
    return found;
}

} // namespace keydesk
