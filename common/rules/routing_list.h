#pragma once

#include "base/result.h"
#include "domain/routing_rule.h"

#include <vector>

namespace keydesk {

// The ordered list of routing rules as a whole: what a change of one line does to the others. Pure.

/// Whether every opportunity that meets the condition ends at this rule: all but the copies.
inline bool decides(const RoutingRule &rule)
{
    return rule.target != RoutingTarget::TeleAmCopy;
}

/// Whether the changed rule makes sense by itself and among the others: a person where one is
/// needed, dates in order; and that in the list no earlier rule leaves nothing to it, nor it to a
/// later one. `others`: all living rules but this one. Errors: field.required, routing.dates,
/// routing.never_reached, routing.hides_other and those of checkCondition().
Result<> checkRule(const RoutingRule &rule, const std::vector<RoutingRule> &others);

/// Gives `rule` its place among the others: who stood there and those right behind move on by one.
/// Answers those that moved.
std::vector<RoutingRule> makeRoom(const RoutingRule &rule, std::vector<RoutingRule> &others);

/// In the order in which they are asked.
void sortRules(std::vector<RoutingRule> &rules);

} // namespace keydesk
