#include "support/histories/answer_checker.h"
#include "support/histories/register_checker.h"

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

namespace {

// A field that changes only for whoever has seen what stands there.
class FieldModel final : public RegisterModel
{
public:
    std::optional<QString> step(const QString &state, const Operation &command) const override
    {
        const bool fits = state == command.seen;
        if (command.outcome == Outcome::Failed)
            return fits ? std::nullopt : std::optional(state);
        return fits ? std::optional(command.value) : std::nullopt;
    }
};

// Of all that were based on one value one is applied at most.
Anomalies checkBases(const std::vector<Operation> &commands, const QString &key)
{
    Anomalies anomalies;
    std::map<QString, QString> taken; // base -> what replaced it
    for (const Operation &one : commands) {
        if (one.outcome != Outcome::Ok)
            continue;
        const auto [first, fresh] = taken.emplace(one.seen, one.value);
        if (!fresh)
            anomalies.push_back(
                found(anomaly::lostUpdate,
                      u"%1: %2 and %3 both replaced %4"_s.arg(key, first->second, one.value,
                                                              one.seen)));
    }
    return anomalies;
}

// Each value in the master is the base of the next; one that never was was overwritten unseen.
Anomalies checkPath(const History &history, const std::vector<Operation> &commands,
                    const QString &key)
{
    Anomalies anomalies;
    std::map<QString, QString> bases; // value -> what its author had seen
    for (const Operation &one : commands)
        bases[one.value] = one.seen;
    const auto initial = history.initial.find(key);
    QString stands = initial == history.initial.end() ? QString() : initial->second;
    for (const Element &one : elementsOf(history, key)) {
        const auto base = bases.find(one.value);
        const QString seen = base == bases.end() ? one.before : base->second;
        if (seen != stands || one.before != stands)
            anomalies.push_back(found(anomaly::lostUpdate,
                                      u"%1: %2 was overwritten by %3, whose author had seen %4"_s
                                          .arg(key, stands, one.value, seen)));
        stands = one.value;
    }
    return anomalies;
}

} // namespace

Anomalies checkEdits(const History &history)
{
    Anomalies anomalies;
    const FieldModel model;
    for (const auto &[key, initial] : history.initial) {
        const std::vector<Operation> commands = commandsOn(history, key);
        join(anomalies, checkBases(commands, key));
        join(anomalies, checkPath(history, commands, key));
        switch (explain(commands, initial, model)) {
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
    join(anomalies, checkAnswers(history));
    join(anomalies, checkCuts(history));
    join(anomalies, checkMonotonic(history));
    return anomalies;
}

} // namespace keydesk::blackbox
