#include "support/histories/answer_checker.h"
#include "support/histories/register_checker.h"

#include <algorithm>

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

namespace {

// An opportunity as its team sees it: open, owned by one person, or given back to the dispatcher.
class CustodyModel final : public RegisterModel
{
public:
    std::optional<QString> step(const QString &state, const Operation &command) const override
    {
        if (command.outcome == Outcome::Failed)
            return mayRefuse(state, command) ? std::optional(state) : std::nullopt;
        switch (command.act) {
        case Act::Claim:
            return state == custody::open() ? std::optional(command.actor) : std::nullopt;
        case Act::Release:
            return state == command.actor ? std::optional(custody::open()) : std::nullopt;
        case Act::GiveBack:
            // What nobody has claimed may be given back by anybody of the team.
            return state == command.actor || state == custody::open()
                ? std::optional(custody::returned())
                : std::nullopt;
        case Act::GiveOut:
            return state == custody::returned() ? std::optional(custody::open()) : std::nullopt;
        default:
            return std::nullopt;
        }
    }

private:
    static bool mayRefuse(const QString &state, const Operation &command)
    {
        // Whoever is named as the owner was the owner.
        if (!command.holder.isEmpty())
            return state == command.holder;
        switch (command.act) {
        case Act::Claim:
            return state == custody::returned();
        case Act::Release:
            return state != command.actor;
        case Act::GiveBack:
            return state != command.actor && state != custody::open();
        case Act::GiveOut:
            return state != custody::returned();
        default:
            return false;
        }
    }
};

std::set<QString> keysOf(const History &history)
{
    std::set<QString> keys;
    for (const Operation &one : history.operations)
        keys.insert(one.keys.begin(), one.keys.end());
    return keys;
}

// Two applied claims with nothing between them that could have freed the opportunity: whoever was
// second took it from its owner.
Anomalies checkPairs(const std::vector<Operation> &commands, const QString &key)
{
    Anomalies anomalies;
    for (const Operation &one : commands) {
        for (const Operation &other : commands) {
            const bool pair = one.act == Act::Claim && other.act == Act::Claim
                && one.outcome == Outcome::Ok && other.outcome == Outcome::Ok && &one != &other
                && std::pair(one.invoked, one.ended) <= std::pair(other.invoked, other.ended);
            if (!pair)
                continue;
            const qint64 until = std::max(one.ended, other.ended);
            const bool freed = std::any_of(commands.begin(), commands.end(), [&](const auto &free) {
                return (free.act == Act::Release || free.act == Act::GiveBack)
                    && free.outcome != Outcome::Failed && free.invoked < until
                    && free.ended > one.invoked;
            });
            if (freed)
                continue;
            const QString story = u"%1 and %2 both own %3"_s.arg(one.actor, other.actor, key);
            anomalies.push_back(found(anomaly::splitOwnership, story));
            if (other.invoked >= one.ended)
                anomalies.push_back(
                    found(anomaly::realTime,
                          story + u", the second asked after the first was told"_s));
        }
    }
    return anomalies;
}

// In the master an owner gives it away before another has it.
Anomalies checkIntervals(const History &history, const QString &key)
{
    Anomalies anomalies;
    QString state = custody::open();
    for (const Element &one : elementsOf(history, key)) {
        const bool owned = state != custody::open() && state != custody::returned();
        const bool taken = one.value != custody::open() && one.value != custody::returned();
        if (owned && taken)
            anomalies.push_back(found(anomaly::splitOwnership,
                                      u"%1 goes from %2 to %3 at %4"_s.arg(key, state, one.value)
                                          .arg(one.version)));
        state = one.value;
    }
    return anomalies;
}

// What an applied command leaves behind; the same state comes again and again, so it is counted.
QString effectOf(const Operation &command)
{
    return command.act == Act::Claim   ? command.actor
        : command.act == Act::GiveBack ? custody::returned()
                                       : custody::open();
}

Anomalies checkCounts(const History &history, const std::vector<Operation> &commands,
                      const QString &key)
{
    struct Count
    {
        int answered = 0;
        int open = 0;
        int stands = 0;
    };
    std::map<QString, Count> counts;
    for (const Operation &one : commands) {
        counts[effectOf(one)].answered += one.outcome == Outcome::Ok ? 1 : 0;
        counts[effectOf(one)].open += one.outcome == Outcome::Open ? 1 : 0;
    }
    for (const Element &one : elementsOf(history, key))
        ++counts[one.value].stands;
    Anomalies anomalies;
    for (const auto &[state, count] : counts) {
        const QString story = u"%1 became %2 %3 times, answered %4, unknown %5"_s.arg(key, state)
                                  .arg(count.stands)
                                  .arg(count.answered)
                                  .arg(count.open);
        if (count.stands < count.answered)
            anomalies.push_back(found(anomaly::lostWrite, story));
        if (count.stands > count.answered + count.open)
            anomalies.push_back(found(anomaly::duplicateEffect, story));
    }
    return anomalies;
}

} // namespace

std::vector<Operation> commandsOn(const History &history, const QString &key)
{
    std::vector<Operation> commands;
    std::copy_if(history.operations.begin(), history.operations.end(), std::back_inserter(commands),
                 [&](const Operation &one) { return !one.local && one.keys.contains(key); });
    return commands;
}

Anomalies checkClaims(const History &history)
{
    Anomalies anomalies;
    const CustodyModel model;
    for (const QString &key : keysOf(history)) {
        const std::vector<Operation> commands = commandsOn(history, key);
        join(anomalies, checkPairs(commands, key));
        join(anomalies, checkIntervals(history, key));
        join(anomalies, checkCounts(history, commands, key));
        switch (explain(commands, custody::open(), model)) {
        case Explanation::Found:
            break;
        case Explanation::Impossible:
            anomalies.push_back(
                found(anomaly::realTime,
                      u"no order of the answers about %1 agrees with time"_s.arg(key)));
            break;
        case Explanation::TooMany:
            anomalies.push_back(found(anomaly::noResult, u"too many orders of "_s + key));
            break;
        }
    }
    join(anomalies, checkCuts(history));
    join(anomalies, checkMonotonic(history));
    return anomalies;
}

} // namespace keydesk::blackbox
