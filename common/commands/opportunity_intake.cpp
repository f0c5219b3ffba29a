#include "commands/opportunity_intake.h"

#include "domain/caller_card.h"
#include "domain/contact.h"
#include "rules/opportunity_kind.h"

namespace keydesk {

namespace {

bool hasPhone(CommandContext &context, const RecordId &contact)
{
    const auto person = context.tx.find<Contact>(contact);
    return person && hasNumber(*person);
}

} // namespace

FiledPhones filedPhones(CommandContext &context, const Opportunity &opportunity)
{
    return {hasPhone(context, opportunity.contactId), hasPhone(context, opportunity.keyPersonId)};
}

void describeAccount(CommandContext &context, Opportunity &opportunity)
{
    if (const auto account = context.tx.find<Account>(opportunity.accountId)) {
        opportunity.accountName = account->name;
        opportunity.valueClass = account->valueClass;
        opportunity.areaId = account->areaId;
        return;
    }
    // A seat's desktop holds only the directory line of a customer.
    const auto cards = context.tx.select<CallerCard>("account_id = ? LIMIT 1",
                                                     {opportunity.accountId.text()});
    if (cards.empty())
        return;
    opportunity.accountName = cards.front().accountName;
    opportunity.valueClass = cards.front().valueClass;
    opportunity.areaId = cards.front().areaId;
}

void computeFacts(CommandContext &context, Opportunity &opportunity)
{
    opportunity.kind = computeKind(opportunity);
    opportunity.completenessBp = completenessOf(opportunity, filedPhones(context, opportunity));
    opportunity.lastActivityAt = context.now();
}

Result<> pursue(CommandContext &context, Opportunity &opportunity)
{
    if (opportunity.custodyState != CustodyState::Captured
        || opportunity.kind == OpportunityKind::Interaction)
        return {};
    if (!passesGate(opportunity, filedPhones(context, opportunity)))
        return takeFirstStep(context, opportunity,
                             {.kind = TransferKind::Queue,
                              .to = CustodyState::Dispatching,
                              .reason = CustodyReason::Incomplete,
                              .queue = operationsQueue(context, opportunity.areaId)});
    // No change of hands yet, so no Transfer: the routing that follows writes it.
    opportunity.custodyState = CustodyState::Identified;
    opportunity.custodySince = context.now();
    return {};
}

} // namespace keydesk
