#include "dispatch/opportunity_routing.h"

#include "domain/routing_decision.h"
#include "rules/routing_facts.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QString jsonText(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString consideredText(const RoutingOutcome &outcome)
{
    QJsonArray lines;
    for (const ConsideredCandidate &one : outcome.considered) {
        lines.append(QJsonObject{{u"staff"_s, one.staff.text()},
                                 {u"name"_s, one.name},
                                 {u"load"_s, one.load},
                                 {u"capacity"_s, one.capacity},
                                 {u"rejected"_s, keyOf(one.refusal)}});
    }
    return QString::fromUtf8(QJsonDocument(lines).toJson(QJsonDocument::Compact));
}

Result<> recordDecision(Consequence &consequence, const Opportunity &opportunity,
                        const RoutingQuestion &question, const RoutingOutcome &outcome)
{
    auto decision = consequence.born<RoutingDecision>();
    decision.opportunityId = opportunity.id;
    decision.accountId = opportunity.accountId;
    decision.areaId = opportunity.areaId;
    decision.ownerId = opportunity.assigneeId;
    decision.capturedBy = opportunity.capturedBy;
    if (!consequence.transfers.empty())
        decision.transferId = consequence.transfers.back().id;
    decision.ruleId = outcome.rule.id;
    decision.ruleName = outcome.rule.name;
    decision.facts = jsonText(question.facts);
    decision.candidates = consideredText(outcome);
    decision.chosenStaffId = outcome.staff;
    decision.chosenQueueId = outcome.queue;
    decision.copyStaffId = outcome.copy;
    decision.rejectedReason = outcome.reason;
    decision.decidedAt = consequence.context.now();
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
    RoutingFacts facts(consequence.context.tx.store(), consequence.context.now());
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
                                 .note = outcome.rule.name,
                                 .counts = true});
    }
    if (!done)
        return done;
    return recordDecision(consequence, opportunity, question, outcome);
}

RecordId agentFor(Consequence &consequence, const Opportunity &opportunity)
{
    RoutingFacts facts(consequence.context.tx.store(), consequence.context.now());
    const RoutingQuestion question = facts.questionFor(opportunity);
    RoutingRule toAgent;
    toAgent.target = RoutingTarget::CoreAgent;
    return route(question, {toAgent}, facts.candidatesFor(question)).staff;
}

} // namespace keydesk
