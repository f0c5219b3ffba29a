#include "importing/imported_opportunity.h"

#include "commands/opportunity_intake.h"
#include "domain/staff.h"
#include "rules/completeness.h"
#include "rules/opportunity_kind.h"

namespace keydesk {

namespace {

constexpr int closingHour = 17; // of a day that is all the file says

bool hasEnded(const Opportunity &opportunity)
{
    return opportunity.salesStage == SalesStage::Won || opportunity.salesStage == SalesStage::Lost;
}

Instant onDay(const QDate &date, Instant otherwise)
{
    if (!date.isValid())
        return otherwise;
    return {
        QDateTime(date, QTime(closingHour, 0), Qt::OffsetFromUTC, 8 * 3600).toMSecsSinceEpoch()};
}

void describeImported(CommandContext &context, Opportunity &opportunity)
{
    describeAccount(context, opportunity);
    opportunity.productNamed = opportunity.productNamed || !opportunity.productId.isNull();
    opportunity.kind = computeKind(opportunity);
    // What has been sold, lost or worked on was an opportunity, whatever else is known of it.
    if (opportunity.salesStage != SalesStage::None)
        opportunity.kind = OpportunityKind::Opportunity;
    opportunity.completenessBp = completenessOf(opportunity, filedPhones(context, opportunity));
    opportunity.probBp = probabilityOf(opportunity.salesStage);
    if (opportunity.capturedAt.isNull())
        opportunity.capturedAt = context.now();
}

void closeAsHistory(CommandContext &context, Opportunity &opportunity)
{
    const bool won = opportunity.salesStage == SalesStage::Won;
    if (opportunity.closedAt.isNull())
        opportunity.closedAt = won && !opportunity.wonAt.isNull()
            ? opportunity.wonAt
            : onDay(opportunity.closeDate, context.now());
    if (won && opportunity.wonAt.isNull())
        opportunity.wonAt = opportunity.closedAt;
    if (won && !opportunity.signedOn.isValid())
        opportunity.signedOn = businessDate(opportunity.wonAt);
    if (!won && opportunity.lostReason == LostReason::None)
        opportunity.lostReason = LostReason::Other;
    if (opportunity.stageEnteredAt.isNull())
        opportunity.stageEnteredAt = opportunity.closedAt;
    opportunity.custodyState = CustodyState::Closed;
    opportunity.custodyReason = won ? CustodyReason::Won : CustodyReason::Lost;
    opportunity.custodySince = opportunity.closedAt;
    opportunity.lastActivityAt = opportunity.closedAt;
    opportunity.queueId = {};
    opportunity.claimDueAt = opportunity.firstContactDueAt = opportunity.preProposalDueAt = {};
}

void giveToOwner(CommandContext &context, Opportunity &opportunity)
{
    opportunity.custodyState = CustodyState::Claimed;
    opportunity.custodyReason = CustodyReason::None;
    opportunity.custodySince = opportunity.claimedAt = context.now();
    opportunity.assigneeId = opportunity.ownerId;
    opportunity.queueId = {};
    opportunity.claimDueAt = {};
    if (opportunity.salesStage != SalesStage::None && opportunity.firstContactAt.isNull())
        opportunity.firstContactAt = opportunity.capturedAt;
    if (opportunity.stageEnteredAt.isNull())
        opportunity.stageEnteredAt = opportunity.capturedAt;
    opportunity.lastActivityAt = opportunity.capturedAt;
    if (const auto owner = context.tx.find<Staff>(opportunity.ownerId))
        opportunity.ownerChannel = owner->channelId;
}

} // namespace

Result<> settleImported(CommandContext &context, Opportunity &opportunity,
                        const Opportunity *before)
{
    describeImported(context, opportunity);
    const bool moved = !before || before->salesStage != opportunity.salesStage
        || before->ownerId != opportunity.ownerId;
    if (!moved)
        return {};
    if (before) {
        opportunity.stageEnteredAt = before->salesStage == opportunity.salesStage
            ? before->stageEnteredAt
            : Instant();
        opportunity.claimEpoch += 1; // a claim on its way must not meet another state
    }
    if (hasEnded(opportunity)) {
        closeAsHistory(context, opportunity);
        return {};
    }
    opportunity.wonAt = opportunity.closedAt = {};
    const bool stays = before && before->custodyState == CustodyState::Claimed
        && before->ownerId == opportunity.ownerId;
    if (stays)
        opportunity.stageEnteredAt = opportunity.lastActivityAt = context.now();
    else if (!opportunity.ownerId.isNull())
        giveToOwner(context, opportunity);
    if (before || !opportunity.ownerId.isNull())
        return {};
    opportunity.custodySince = opportunity.lastActivityAt = context.now();
    return pursue(context, opportunity);
}

} // namespace keydesk
