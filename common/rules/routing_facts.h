#pragma once

#include "rules/routing.h"
#include "store/row_store.h"

namespace keydesk {

// Reads what routing needs from the records: on the server to decide, on a dispatcher's desktop to
// suggest. Only reads.
class RoutingFacts
{
public:
    RoutingFacts(RowStore &store, Instant now)
        : m_store(store)
        , m_now(now)
    {
    }

    RoutingQuestion questionFor(const Opportunity &opportunity);
    /// Everybody whose channel may own opportunities in the area of the question, in order of staff
    /// number, and those who are responsible for the customer wherever they sit.
    std::vector<RoutingCandidate> candidatesFor(const RoutingQuestion &question);
    std::vector<RoutingRule> rules();

private:
    RoutingCandidate describe(const Staff &staff, const RoutingQuestion &question);
    void addLoad(RoutingCandidate &candidate);
    RecordId serving(const RecordId &account, const char *role);
    RecordId deputyOf(const RecordId &account, const Staff &staff);
    RecordId operationsQueue(const QList<RecordId> &areas);

    RowStore &m_store;
    Instant m_now;
    RecordId m_account;
};

// A person the dispatcher might choose, best first.
struct RoutingSuggestion
{
    RecordId staff;
    QString name;
    int load = 0;
    int capacity = 0;
    QList<Label> why; // in order of weight
};

/// The best three people for the dispatch desk, with what speaks for each; fewer if fewer are fit.
std::vector<RoutingSuggestion> suggest(const RoutingQuestion &question,
                                       const std::vector<RoutingCandidate> &candidates);

} // namespace keydesk
