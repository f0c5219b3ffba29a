#include "rules/routing_list.h"

#include "base/both_words.h"
#include "rules/routing_condition.h"

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

bool isBefore(const RoutingRule &one, const RoutingRule &other)
{
    return one.position != other.position ? one.position < other.position : one.code < other.code;
}

// Whether `first` is in force on every day on which `second` is.
bool lastsAsLong(const RoutingRule &first, const RoutingRule &second)
{
    const bool begins = !first.validFrom.isValid()
        || (second.validFrom.isValid() && first.validFrom <= second.validFrom);
    const bool ends = !first.validUntil.isValid()
        || (second.validUntil.isValid() && second.validUntil <= first.validUntil);
    return begins && ends;
}

/// Whether `first` leaves nothing to `second`, which comes later.
bool hides(const RoutingRule &first, const RoutingRule &second)
{
    return first.active && second.active && decides(first) && isBefore(first, second)
        && lastsAsLong(first, second) && covers(first.condition, second.condition);
}

Label labelOfField(const char *name)
{
    Label label;
    Schema<RoutingRule>::fields.forEach([&](const auto &field) {
        if (qstrcmp(field.name, name) == 0)
            label = field.label;
    });
    return label;
}

Result<> checkTarget(const RoutingRule &rule)
{
    if (rule.target == RoutingTarget::Person && rule.staffId.isNull())
        return Error("field.required"_reason, {labelOfField("staff_id").argument()});
    if (rule.validFrom.isValid() && rule.validUntil.isValid() && rule.validUntil < rule.validFrom)
        return Error("routing.dates"_reason, {labelOfField("valid_until").argument()});
    return {};
}

} // namespace

void sortRules(std::vector<RoutingRule> &rules)
{
    std::sort(rules.begin(), rules.end(), isBefore);
}

Result<> checkRule(const RoutingRule &rule, const std::vector<RoutingRule> &others)
{
    if (auto fits = checkCondition(rule.condition); !fits)
        return fits;
    if (auto fits = checkTarget(rule); !fits)
        return fits;
    for (const RoutingRule &other : others) {
        if (hides(other, rule))
            return Error("routing.never_reached"_reason,
                         {labelOfField("position").argument(),
                          bothWords(other.name, other.englishName)});
        if (hides(rule, other))
            return Error("routing.hides_other"_reason,
                         {labelOfField("position").argument(),
                          bothWords(other.name, other.englishName)});
    }
    return {};
}

std::vector<RoutingRule> makeRoom(const RoutingRule &rule, std::vector<RoutingRule> &others)
{
    sortRules(others);
    std::vector<RoutingRule> moved;
    int taken = rule.position;
    for (RoutingRule &other : others) {
        if (other.position < taken)
            continue;
        if (other.position > taken)
            break;
        other.position = ++taken;
        moved.push_back(other);
    }
    return moved;
}

} // namespace keydesk
