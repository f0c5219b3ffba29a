#include "importing/demo/demo_records.h"

#include "domain/entities.h"
#include "rules/routing_facts.h"

namespace keydesk {

namespace {

bool isInHands(CustodyState state)
{
    return state == CustodyState::Dispatched || state == CustodyState::Claimed;
}

} // namespace

DemoRecords::DemoRecords(const std::vector<EntityRows> &reference)
    : m_catalog(makeCatalog())
    , m_database(Database::openInMemory())
    , m_store(*m_database, m_catalog)
{
    const auto made = m_store.migrate();
    Q_ASSERT_X(made, "DemoRecords", "the schema cannot be created");
    for (const EntityRows &table : reference) {
        for (const Row &row : table.rows)
            put(table.entity, row);
    }
}

void DemoRecords::put(const QString &entity, const Row &row)
{
    const EntityInfo &info = m_catalog.entity(entity);
    const auto done = m_store.put(info, row,
                                  m_store.find(info, RecordId(row[common_column::Id].text())));
    Q_ASSERT_X(done, "DemoRecords::put", qPrintable(entity));
}

DemoRecords::Situation DemoRecords::situation(const Opportunity &opportunity, Instant at)
{
    RoutingFacts facts(m_store, at);
    Situation now;
    now.question = facts.questionFor(opportunity);
    now.candidates = facts.candidatesFor(now.question);
    now.rules = facts.rules();
    for (RoutingCandidate &one : now.candidates) {
        for (const Held &held : m_held) {
            if (held.staff != one.staff || at < held.from
                || (!held.until.isNull() && held.until <= at))
                continue;
            one.load += held.weight;
            one.lastGiven = std::max(one.lastGiven, held.from);
        }
    }
    return now;
}

void DemoRecords::remember(ValueClass valueClass, const std::vector<Transfer> &transfers)
{
    RecordId holder;
    for (const Transfer &move : transfers) {
        const RecordId next = isInHands(move.toState) ? RecordId(move.toStaffId) : RecordId();
        if (next == holder)
            continue;
        if (!holder.isNull())
            m_held.back().until = move.at;
        if (!next.isNull())
            m_held.push_back({next, move.at, {}, loadWeight(valueClass)});
        holder = next;
    }
}

} // namespace keydesk
