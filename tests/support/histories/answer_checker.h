#pragma once

#include "support/histories/history.h"

namespace keydesk::blackbox {

// What has to hold whatever the commands mean.

/// Whether enough is known: with more than a fifth of the commands open to the end, or none at all,
/// a run says nothing about the product.
Anomalies checkKnown(const History &history);

/// For commands that write a value of their own: what was answered applied stands in the master
/// under each of its keys, once; what was refused stands nowhere, neither there nor in any read.
Anomalies checkAnswers(const History &history);

/// For keys that hold one value: each checkpoint shows what the master held at its position.
Anomalies checkCuts(const History &history);

/// The position of a device never falls, and what it accepted never vanishes from what it shows
/// unless it was refused (sync.md G6).
Anomalies checkMonotonic(const History &history);

/// The values of one key in the master's order.
std::vector<Element> elementsOf(const History &history, const QString &key);

/// How a story names a read.
QString nameOf(const Checkpoint &checkpoint);

} // namespace keydesk::blackbox
