#include "rules/held_loads.h"

#include "domain/opportunity.h"
#include "rules/routing.h"
#include "rules/routing_facts.h"

namespace keydesk {

using namespace Qt::StringLiterals;

HeldLoad readHeldLoad(Database &database, const RecordId &staff)
{
    static const QByteArray sql =
        QByteArray("SELECT value_class, count(*), max(dispatched_at) FROM opportunity "
                   "WHERE owner_id = ?1 AND ")
        + weighsSql
        + " GROUP BY value_class UNION ALL SELECT value_class, count(*), max(dispatched_at) "
          "FROM opportunity WHERE assignee_id = ?1 AND owner_id IS NOT ?1 AND "
        + weighsSql + " GROUP BY value_class";
    HeldLoad load;
    Query query = database.query(sql);
    query.bind(1, staff);
    while (query.next()) {
        load.weight += loadWeight(fromKey<ValueClass>(query.text(0))) * int(query.integer(1));
        load.lastGiven = std::max(load.lastGiven, Instant{query.integer(2)});
    }
    return load;
}

HeldLoads::HeldLoads(RowStore &store)
    : m_store(store)
    , m_opportunity(store.catalog().entity(QString::fromLatin1(Schema<Opportunity>::table)))
    , m_owner(m_opportunity.indexOf(u"owner_id"_s))
    , m_assignee(m_opportunity.indexOf(u"assignee_id"_s))
    , m_state(m_opportunity.indexOf(u"custody_state"_s))
    , m_valueClass(m_opportunity.indexOf(u"value_class"_s))
    , m_dispatchedAt(m_opportunity.indexOf(u"dispatched_at"_s))
{
    store.watch(*this);
}

HeldLoads::~HeldLoads()
{
    m_store.unwatch(*this);
}

HeldLoad HeldLoads::of(const RecordId &staff)
{
    const auto known = m_known.find(staff);
    return known != m_known.end()
        ? known->second
        : m_known.emplace(staff, readHeldLoad(m_store.database(), staff)).first->second;
}

void HeldLoads::rowWritten(const EntityInfo &entity, const Row *before, const Row *after)
{
    if (&entity != &m_opportunity)
        return;
    if (before)
        weigh(*before, -1);
    if (after)
        weigh(*after, 1);
}

void HeldLoads::weigh(const Row &opportunity, int sign)
{
    const auto state = fromKey<CustodyState>(opportunity[std::size_t(m_state)].text());
    if (!weighs(state) || !opportunity[common_column::DeletedAt].isNull())
        return;
    const RecordId owner(opportunity[std::size_t(m_owner)].text());
    const RecordId assignee(opportunity[std::size_t(m_assignee)].text());
    weigh(owner, opportunity, sign);
    if (assignee != owner)
        weigh(assignee, opportunity, sign);
}

void HeldLoads::weigh(const RecordId &person, const Row &opportunity, int sign)
{
    m_written.insert(person);
    const auto known = m_known.find(person);
    if (known == m_known.end())
        return;
    const Instant given{opportunity[std::size_t(m_dispatchedAt)].integer()};
    HeldLoad &load = known->second;
    if (sign < 0 && given == load.lastGiven) { // which was the latest before is not remembered
        m_known.erase(known);
        return;
    }
    const auto valueClass = fromKey<ValueClass>(opportunity[std::size_t(m_valueClass)].text());
    load.weight += sign * loadWeight(valueClass);
    load.lastGiven = std::max(load.lastGiven, given);
}

// What was read since then counted what is void now.
void HeldLoads::rolledBack()
{
    for (const RecordId &person : m_written)
        m_known.erase(person);
}

} // namespace keydesk
