#pragma once

class QAbstractItemModel;
class QObject;
class QString;

namespace keydesk {

/// Opportunities of invented customers with clocks, badges, trends and progress, due around
/// `nowMs`.
QAbstractItemModel *sampleOpportunities(long long nowMs, QObject *parent);
/// The cards of one stage of the board; `stage` is 0 to 4.
QAbstractItemModel *sampleCards(int stage, long long nowMs, QObject *parent);
/// What happened with a customer, newest first.
QAbstractItemModel *sampleEvents(long long nowMs, QObject *parent);

} // namespace keydesk
