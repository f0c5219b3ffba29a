#include "rules/routing.h"

#include "rules/routing_condition.h"
#include "rules/routing_list.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

const RoutingCandidate *find(const std::vector<RoutingCandidate> &candidates, const RecordId &staff)
{
    const auto found = std::find_if(candidates.begin(), candidates.end(),
                                    [&](const RoutingCandidate &one) {
                                        return one.staff == staff;
                                    });
    return staff.isNull() || found == candidates.end() ? nullptr : &*found;
}

// Main channels before auxiliary ones, then least load, then who waited longest (domain D2, D4).
bool isBetter(const RoutingCandidate &one, const RoutingCandidate &other)
{
    if (one.mainChannel != other.mainChannel)
        return one.mainChannel;
    if (one.load != other.load)
        return one.load < other.load;
    if (one.lastGiven != other.lastGiven)
        return one.lastGiven < other.lastGiven;
    return one.staff < other.staff;
}

// One rule at work: collects who was looked at while it searches.
class Search
{
public:
    Search(const RoutingQuestion &question, const std::vector<RoutingCandidate> &candidates,
           RoutingOutcome &outcome)
        : m_question(question)
        , m_candidates(candidates)
        , m_outcome(outcome)
    {
    }

    /// The responsible person, or while he is away his deputy.
    RecordId responsible(const RecordId &staff)
    {
        const RoutingCandidate *person = find(m_candidates, staff);
        if (!person)
            return {};
        const CandidateRefusal refusal = look(*person, true);
        if (refusal == CandidateRefusal::None)
            return person->staff;
        const RoutingCandidate *deputy = find(m_candidates, person->deputy);
        if (refusal != CandidateRefusal::Absent || !deputy)
            return {};
        return look(*deputy, true) == CandidateRefusal::None ? deputy->staff : RecordId();
    }

    /// The best of those with the role; none if nobody is fit. `anyClass`: also of customers that
    /// the channel is not meant for.
    RecordId best(Role role, bool anyClass = false)
    {
        const RoutingCandidate *winner = nullptr;
        const std::size_t first = m_outcome.considered.size();
        for (const RoutingCandidate &one : m_candidates) {
            if (!one.roles.contains(role))
                continue;
            RoutingCandidate asked = one;
            asked.coversClass = asked.coversClass || anyClass;
            if (look(asked, false) != CandidateRefusal::None)
                continue;
            if (!winner || isBetter(one, *winner))
                winner = &one;
        }
        for (std::size_t i = first; i < m_outcome.considered.size(); ++i) {
            ConsideredCandidate &line = m_outcome.considered[i];
            if (line.refusal == CandidateRefusal::None && winner && line.staff != winner->staff)
                line.refusal = CandidateRefusal::Outranked;
        }
        return winner ? winner->staff : RecordId();
    }

    RecordId person(const RecordId &staff)
    {
        const RoutingCandidate *one = find(m_candidates, staff);
        return one && look(*one, false) == CandidateRefusal::None ? one->staff : RecordId();
    }

    /// What kept the one who came closest from getting it.
    CustodyReason whyNobody(std::size_t first) const
    {
        CandidateRefusal closest = CandidateRefusal::None;
        for (std::size_t i = first; i < m_outcome.considered.size(); ++i)
            closest = std::max(closest, m_outcome.considered[i].refusal);
        switch (closest) {
        case CandidateRefusal::Full:
            return CustodyReason::NoCapacity;
        case CandidateRefusal::Absent:
            return CustodyReason::NoAvailability;
        case CandidateRefusal::NotPermitted:
            return CustodyReason::NoPermission;
        default:
            return CustodyReason::NoCandidate;
        }
    }

private:
    CandidateRefusal look(const RoutingCandidate &one, bool ownCustomer)
    {
        const CandidateRefusal refusal = refusalOf(m_question, one, ownCustomer);
        m_outcome.considered.push_back({one.staff, one.name, one.load, one.capacity, refusal});
        return refusal;
    }

    const RoutingQuestion &m_question;
    const std::vector<RoutingCandidate> &m_candidates;
    RoutingOutcome &m_outcome;
};

void toOperationsCentre(RoutingOutcome &outcome, const RoutingQuestion &question,
                        CustodyReason reason)
{
    outcome.queue = question.operationsQueue;
    outcome.reason = reason;
}

// Who already serves the customer as agent comes first; he may be full or away like any other.
RecordId coreAgent(const RoutingQuestion &question, Search &search)
{
    const RecordId known = search.person(question.agent);
    return known.isNull() ? search.best(Role::PartnerAgent) : known;
}

// The copy is cover beside whoever sells, for potential customers too, whom no telephone manager's
// channel is meant for (domain D1).
RecordId teleCopy(const RoutingQuestion &question, Search &search)
{
    const RecordId known = search.responsible(question.teleManager);
    return known.isNull() ? search.best(Role::TeleManager, true) : known;
}

void decide(const RoutingQuestion &question, Search &search, RoutingOutcome &outcome)
{
    const std::size_t first = outcome.considered.size();
    switch (outcome.rule.target) {
    case RoutingTarget::TeamQueue:
        if (outcome.rule.teamId.isNull())
            toOperationsCentre(outcome, question, CustodyReason::NoRule);
        else
            outcome.queue = outcome.rule.teamId;
        return;
    case RoutingTarget::OwnerAm:
        outcome.staff = search.responsible(question.mainManager);
        break;
    case RoutingTarget::CoreAgent:
        outcome.staff = coreAgent(question, search);
        break;
    case RoutingTarget::Person:
        outcome.staff = search.person(outcome.rule.staffId);
        break;
    case RoutingTarget::TeleAmCopy:
        return;
    }
    if (outcome.staff.isNull())
        toOperationsCentre(outcome, question, search.whyNobody(first));
}

} // namespace

int loadWeight(ValueClass valueClass)
{
    switch (valueClass) {
    case ValueClass::A:
        return 3;
    case ValueClass::B:
        return 2;
    default:
        return 1;
    }
}

CandidateRefusal refusalOf(const RoutingQuestion &question, const RoutingCandidate &candidate,
                           bool ownCustomer)
{
    if (!candidate.active)
        return CandidateRefusal::Disabled;
    if (!candidate.channelFit || (!ownCustomer && !candidate.coversClass))
        return CandidateRefusal::NotPermitted;
    if (!ownCustomer) {
        if (candidate.area.isNull() || !question.areas.contains(candidate.area))
            return CandidateRefusal::OtherArea;
        if (!candidate.industry.isNull() && !question.industries.contains(candidate.industry))
            return CandidateRefusal::OtherIndustry;
        const bool skilled = candidate.skills.isEmpty() || question.productCode.isEmpty()
            || candidate.skills.contains(question.productCode)
            || candidate.skills.contains(question.productFamily);
        if (!skilled)
            return CandidateRefusal::NoSkill;
    }
    if (candidate.absent)
        return CandidateRefusal::Absent;
    if (!ownCustomer && candidate.load + loadWeight(question.valueClass) > candidate.capacity)
        return CandidateRefusal::Full;
    return CandidateRefusal::None;
}

std::vector<ConsideredCandidate> considerChoice(const RoutingQuestion &question,
                                                const std::vector<RoutingCandidate> &candidates,
                                                const RecordId &chosen)
{
    std::vector<ConsideredCandidate> considered;
    for (const RoutingCandidate &one : candidates) {
        const bool own = one.staff == question.mainManager || one.staff == question.agent
            || one.staff == question.teleManager;
        CandidateRefusal refusal = refusalOf(question, one, own);
        if (one.staff == chosen)
            refusal = CandidateRefusal::None;
        else if (refusal == CandidateRefusal::None)
            refusal = CandidateRefusal::Outranked;
        considered.push_back({one.staff, one.name, one.load, one.capacity, refusal});
    }
    return considered;
}

QString candidatesText(const std::vector<ConsideredCandidate> &considered)
{
    QJsonArray lines;
    for (const ConsideredCandidate &one : considered) {
        lines.append(QJsonObject{{u"staff"_s, one.staff.text()},
                                 {u"name"_s, one.name},
                                 {u"load"_s, one.load},
                                 {u"capacity"_s, one.capacity},
                                 {u"rejected"_s, keyOf(one.refusal)}});
    }
    return QString::fromUtf8(QJsonDocument(lines).toJson(QJsonDocument::Compact));
}

RoutingOutcome route(const RoutingQuestion &question, std::vector<RoutingRule> rules,
                     const std::vector<RoutingCandidate> &candidates)
{
    sortRules(rules);
    RoutingOutcome outcome;
    Search search(question, candidates, outcome);
    for (const RoutingRule &rule : rules) {
        if (!rule.active || !matches(rule.condition, question.facts))
            continue;
        if (rule.target == RoutingTarget::TeleAmCopy) {
            outcome.copy = teleCopy(question, search);
            continue;
        }
        outcome.rule = rule;
        decide(question, search, outcome);
        return outcome;
    }
    toOperationsCentre(outcome, question, CustodyReason::NoRule);
    return outcome;
}

} // namespace keydesk
