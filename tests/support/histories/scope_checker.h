#pragma once

#include "support/histories/history.h"

namespace keydesk::blackbox {

// The keys under which the history of one customer is kept.
namespace scope_key {
/// Who looks after it: the persons it was given to, one after the other.
QString owner(const QString &account);
/// What was written about it.
QString notes(const QString &account);
/// The customer itself: there or not.
QString record(const QString &account);
} // namespace scope_key

/// Workload (d): a person holds a customer and what was written about it exactly while he looks
/// after it, judged at the position of each read; what he wrote himself he may keep.
Anomalies checkScopes(const History &history);

/// What the person of this device must not hold when all is over: words of others about customers
/// that are not his.
QStringList foreignWords(const History &history, int process);

} // namespace keydesk::blackbox
