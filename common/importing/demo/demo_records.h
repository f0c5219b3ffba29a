#pragma once

#include "domain/transfer.h"
#include "importing/reference_data.h"
#include "rules/routing.h"
#include "store/row_store.h"

#include <memory>

namespace keydesk {

// The records of the demo as a server would hold them, so that the product's own rules can be asked
// who gets an opportunity. Keeps who held what when, because a load is that of a moment.
class DemoRecords
{
public:
    explicit DemoRecords(const std::vector<EntityRows> &reference);

    template <class T>
    void put(const T &record)
    {
        put(QString::fromLatin1(Schema<T>::table), toRow(record));
    }

    // All that routing looks at, at one moment.
    struct Situation
    {
        RoutingQuestion question;
        std::vector<RoutingCandidate> candidates;
        std::vector<RoutingRule> rules;
    };
    Situation situation(const Opportunity &opportunity, Instant at);

    /// Remembers in whose hands an opportunity of this class was, from its transfers in order.
    void remember(ValueClass valueClass, const std::vector<Transfer> &transfers);

private:
    struct Held
    {
        RecordId staff;
        Instant from;
        Instant until; // null: still
        int weight;
    };
    void put(const QString &entity, const Row &row);

    Catalog m_catalog;
    std::unique_ptr<Database> m_database;
    RowStore m_store;
    std::vector<Held> m_held;
};

} // namespace keydesk
