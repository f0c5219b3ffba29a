#pragma once

#include "support/histories/history.h"

namespace keydesk::blackbox {

// What a record under one key does with a command: the sequential meaning that an order of the
// answers has to agree with.
class RegisterModel
{
public:
    virtual ~RegisterModel() = default;
    /// What stands there after the command, nothing if it cannot have been answered like this in
    /// that state. An open one is asked as if it had been applied.
    virtual std::optional<QString> step(const QString &state, const Operation &command) const = 0;
};

enum class Explanation { Found, Impossible, TooMany };

/// Whether the commands of one key can be put in one order that agrees with the model and with real
/// time: what ended before another began comes before it (Wing and Gong, with Lowe's memory of
/// states already tried). Open commands may stand anywhere after their beginning, or nowhere.
/// TooMany: more states than fit; nothing is known then.
Explanation explain(const std::vector<Operation> &commands, const QString &initial,
                    const RegisterModel &model);

/// The commands under this key that reached the server.
std::vector<Operation> commandsOn(const History &history, const QString &key);

/// Workload (a): every opportunity has one owner at most, of several claims one is applied, and
/// none wins over one that was answered before it began (sync.md G4, G11).
Anomalies checkClaims(const History &history);

/// Workload (e): the applied edits of a field form one path from value to value, each based on the
/// one before; none is applied and overwritten unseen.
Anomalies checkEdits(const History &history);

namespace custody {
/// Any of the team may claim it.
inline QString open()
{
    return QStringLiteral("open");
}
/// The dispatcher has to give it out.
inline QString returned()
{
    return QStringLiteral("returned");
}
} // namespace custody

} // namespace keydesk::blackbox
