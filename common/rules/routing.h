#pragma once

#include "base/result.h"
#include "domain/opportunity.h"
#include "domain/routing_rule.h"
#include "domain/staff.h"

#include <QJsonObject>

#include <vector>

namespace keydesk {

// Why somebody who was considered did not get it, in the order in which it is asked. The later the
// refusal, the closer he came.
enum class CandidateRefusal {
    None,
    Disabled,
    NotPermitted, // channel that may not sell and serve, or does not cover the value class
    OtherArea,
    OtherIndustry,
    NoSkill,
    Absent,
    Full,
    Outranked, // fit, but somebody else was better placed
};
template <>
struct EnumTable<CandidateRefusal>
{
    static constexpr EnumKey keys[] = {
        {"none", {"选定", "Chosen"}},
        {"disabled", {"已停用", "Disabled"}},
        {"not_permitted", {"所在渠道无权承接", "Channel not permitted"}},
        {"other_area", {"不属于该本地网", "Another area"}},
        {"other_industry", {"行业不符", "Another industry"}},
        {"no_skill", {"无该产品技能", "Lacks the product skill"}},
        {"absent", {"不在岗", "Absent"}},
        {"full", {"负荷已满", "Full"}},
        {"outranked", {"他人更合适", "Somebody else fits better"}},
    };
};

// A person who might get an opportunity, with all that routing looks at.
struct RoutingCandidate
{
    RecordId staff;
    QString name;
    Codes<Role> roles;
    bool active = true;
    bool absent = false; // today
    RecordId deputy; // stands in while he is absent
    RecordId area; // his own; it counts for everything below
    RecordId industry; // of his team; null: all
    QStringList skills; // product codes and families; none: all
    bool channelFit = true; // his channel sells and serves
    bool coversClass = true; // and is meant for customers of this value class
    bool mainChannel = true; // as the main one, not the auxiliary
    int load = 0; // weighted open items
    int capacity = 20;
    Instant lastGiven; // when he last got one; null: never

    bool operator==(const RoutingCandidate &) const = default;
};

// What routing knows of an opportunity.
struct RoutingQuestion
{
    ValueClass valueClass = ValueClass::Potential;
    RecordId area;
    QList<RecordId> areas; // the area and those above it
    QList<RecordId> industries; // the industry and those above it
    QString productCode;
    QString productFamily;
    RecordId mainManager; // the AM flag
    RecordId agent; // who already serves the customer as core agent
    RecordId teleManager; // as telephone manager
    RecordId operationsQueue;
    /// What conditions are tested against: see matches() in routing_condition.h.
    QJsonObject facts;
};

// One line of the explanation: who was looked at and why he was refused.
struct ConsideredCandidate
{
    RecordId staff;
    QString name;
    int load = 0;
    int capacity = 0;
    CandidateRefusal refusal = CandidateRefusal::None;
};

// Where it goes and why. Exactly one of `staff` and `queue` is set when there is any way to go.
struct RoutingOutcome
{
    RoutingRule rule; // the first that matched; id null: none did
    RecordId staff;
    RecordId queue;
    RecordId copy; // the telephone manager's double cover
    CustodyReason reason = CustodyReason::None; // why it went to the operations centre
    std::vector<ConsideredCandidate> considered;

    bool waitsForDispatcher() const { return reason != CustodyReason::None; }
};

/// What an opportunity of a class weighs in somebody's load: A 3, B 2, others 1 (domain D4) [J].
int loadWeight(ValueClass valueClass);

/// The decision of domain D1 to D5: the first active rule that matches decides, in order of
/// position; tele_am_copy names a follower and goes on. When nobody is left, the operations centre
/// decides.
RoutingOutcome route(const RoutingQuestion &question, std::vector<RoutingRule> rules,
                     const std::vector<RoutingCandidate> &candidates);

/// The explanation of a dispatcher's own choice: what the rules say against each candidate, and for
/// who was fit that somebody else was preferred. `chosen` is nobody when it went to a queue.
std::vector<ConsideredCandidate> considerChoice(const RoutingQuestion &question,
                                                const std::vector<RoutingCandidate> &candidates,
                                                const RecordId &chosen);

/// The same as it stands in a RoutingDecision: a JSON array of {staff, name, load, capacity,
/// rejected}, the last a key of CandidateRefusal.
QString candidatesText(const std::vector<ConsideredCandidate> &considered);

/// Why somebody cannot get it; None if he can. `ownCustomer`: responsible for the customer already,
/// so that class, skill and load do not count.
CandidateRefusal refusalOf(const RoutingQuestion &question, const RoutingCandidate &candidate,
                           bool ownCustomer = false);

} // namespace keydesk
