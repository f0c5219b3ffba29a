#include "dispatch/opportunity_routing.h"

#include "base/both_words.h"
#include "domain/routing_decision.h"
#include "rules/routing_facts.h"

#include <QJsonDocument>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QString jsonText(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

RoutingDecision decisionOn(Consequence &consequence, const Opportunity &opportunity,
                           const RoutingQuestion &question,
                           const std::vector<ConsideredCandidate> &considered)
{
    auto decision = consequence.born<RoutingDecision>();
    decision.opportunityId = opportunity.id;
    decision.accountId = opportunity.accountId;
    decision.areaId = opportunity.areaId;
    decision.ownerId = opportunity.assigneeId;
    decision.capturedBy = opportunity.capturedBy;
    decision.facts = jsonText(question.facts);
    decision.candidates = candidatesText(considered);
    decision.decidedAt = consequence.context.now();
    return decision;
}

Result<> recordDecision(Consequence &consequence, const Opportunity &opportunity,
                        const RoutingQuestion &question, const RoutingOutcome &outcome)
{
    RoutingDecision decision = decisionOn(consequence, opportunity, question, outcome.considered);
    if (!consequence.transfers.empty())
        decision.transferId = consequence.transfers.back().id;
    decision.ruleId = outcome.rule.id;
    decision.ruleName = outcome.rule.name;
    decision.ruleEnglishName = outcome.rule.englishName;
    decision.chosenStaffId = outcome.staff;
    decision.chosenQueueId = outcome.queue;
    decision.copyStaffId = outcome.copy;
    decision.rejectedReason = outcome.reason;
    return consequence.context.tx.insert(decision);
}

} // namespace

bool awaitsRouting(const Opportunity &opportunity)
{
    if (opportunity.transferCount > 0)
        return false;
    return opportunity.custodyState == CustodyState::Identified
        || (opportunity.custodyState == CustodyState::Dispatching
            && opportunity.custodyReason == CustodyReason::None);
}

Result<> leaveToDispatcher(Consequence &consequence, Opportunity &opportunity, CustodyReason reason)
{
    if (opportunity.custodyState == CustodyState::Dispatching) {
        opportunity.custodyReason = reason;
        return consequence.context.save(opportunity);
    }
    return consequence.step(opportunity,
                            {.kind = TransferKind::Queue,
                             .to = CustodyState::Dispatching,
                             .reason = reason,
                             .queue = operationsQueue(consequence.context, opportunity.areaId)});
}

Result<> routeOpportunity(Consequence &consequence, Opportunity &opportunity)
{
    // Nobody holds it yet, so what it is now weighs on no candidate.
    RoutingFacts facts(consequence.context.tx.storedSoFar(), consequence.context.now(),
                       &consequence.memory.routing);
    const RoutingQuestion question = facts.questionFor(opportunity);
    const RoutingOutcome outcome = route(question, facts.rules(), facts.candidatesFor(question));
    Result<> done;
    if (outcome.waitsForDispatcher()) {
        opportunity.followerId = outcome.copy;
        done = leaveToDispatcher(consequence, opportunity, outcome.reason);
    } else {
        opportunity.custodyState = CustodyState::Dispatching;
        opportunity.followerId = outcome.copy;
        done = consequence.step(opportunity,
                                {.kind = outcome.staff.isNull() ? TransferKind::Queue
                                                                : TransferKind::Dispatch,
                                 .to = CustodyState::Dispatched,
                                 .staff = outcome.staff,
                                 .queue = outcome.staff.isNull() ? outcome.queue : RecordId(),
                                 .note = bothWords(outcome.rule.name, outcome.rule.englishName),
                                 .counts = true});
    }
    if (!done)
        return done;
    if (!outcome.rule.id.isNull())
        consequence.applied[opportunity.id] = outcome.rule;
    return recordDecision(consequence, opportunity, question, outcome);
}

Result<> recordChoice(Consequence &consequence, const Transfer &move)
{
    const auto opportunity = consequence.context.tx.find<Opportunity>(move.opportunityId);
    if (!opportunity)
        return {};
    RoutingFacts facts(consequence.context.tx.store(), consequence.context.now(),
                       &consequence.memory.routing);
    const RoutingQuestion question = facts.questionFor(*opportunity);
    auto candidates = facts.candidatesFor(question);
    const auto isChosen = [&](const RoutingCandidate &one) { return one.staff == move.toStaffId; };
    auto chosen = std::find_if(candidates.begin(), candidates.end(), isChosen);
    if (chosen == candidates.end()) {
        if (const auto other = facts.candidate(move.toStaffId, question))
            chosen = candidates.insert(candidates.end(), *other);
    }
    // He holds it by now; the choice was made before.
    if (chosen != candidates.end())
        chosen->load -= loadWeight(opportunity->valueClass);
    RoutingDecision decision = decisionOn(consequence, *opportunity, question,
                                          considerChoice(question, candidates, move.toStaffId));
    decision.transferId = move.id;
    decision.chosenStaffId = move.toStaffId;
    decision.chosenQueueId = move.toQueueId;
    decision.copyStaffId = opportunity->followerId;
    decision.bySystem = false;
    decision.createdBy = decision.updatedBy = move.createdBy;
    return consequence.context.tx.insert(decision);
}

RecordId agentFor(Consequence &consequence, const Opportunity &opportunity)
{
    RoutingFacts facts(consequence.context.tx.store(), consequence.context.now(),
                       &consequence.memory.routing);
    const RoutingQuestion question = facts.questionFor(opportunity);
    RoutingRule toAgent;
    toAgent.target = RoutingTarget::CoreAgent;
    return route(question, {toAgent}, facts.candidatesFor(question)).staff;
}

} // namespace keydesk
