#pragma once

#include "domain/custody.h"
#include "rules/routing.h"
#include "rules/routing_memory.h"

#include <map>
#include <optional>

namespace keydesk {

/// What weighs on whoever holds it.
constexpr bool weighs(CustodyState state)
{
    return state == CustodyState::Dispatched || state == CustodyState::Claimed;
}
// The same as a condition in SQL. Indexes repeat it word for word, else SQLite does not take them.
inline constexpr char weighsSql[] = "deleted_at IS NULL AND custody_state IN ('dispatched', "
                                    "'claimed')";

// Reads what routing needs from the records: on the server to decide, on a dispatcher's desktop to
// suggest. Only reads.
class RoutingFacts
{
public:
    /// `memory`: where people and what they hold are remembered; else they are read.
    RoutingFacts(RowStore &store, Instant now, RoutingMemory *memory = nullptr)
        : m_store(store)
        , m_now(now)
        , m_memory(memory)
    {
    }

    RoutingQuestion questionFor(const Opportunity &opportunity);
    /// Everybody whose channel may own opportunities in the area of the question, in order of staff
    /// number, and those who are responsible for the customer wherever they sit.
    std::vector<RoutingCandidate> candidatesFor(const RoutingQuestion &question);
    /// Anybody else as a candidate, wherever he sits; nothing if there is no such person.
    std::optional<RoutingCandidate> candidate(const RecordId &staff,
                                              const RoutingQuestion &question);
    /// Those in force today, in their order.
    std::vector<RoutingRule> rules();

    /// The indexes that keep the load of a person, and who holds what of a customer, cheap to read
    /// however much there is.
    static Result<> createIndexes(Database &database);

private:
    // What a channel is to customers of one value class.
    struct ChannelFit
    {
        bool fit = true;
        bool coversClass = true;
        bool main = true;
    };
    RoutingCandidate describe(const Staff &staff, const RoutingQuestion &question);
    ChannelFit channelFit(const RecordId &id, ValueClass valueClass);
    RecordId industryOf(const RecordId &id);
    void addLoad(RoutingCandidate &candidate);
    RecordId serving(const RecordId &account, const char *role);
    RecordId deputyOf(const Staff &staff);
    RecordId operationsQueue(const QList<RecordId> &areas);

    RowStore &m_store;
    Instant m_now;
    RoutingMemory *m_memory;
    RecordId m_account;
    // Read once per question: many candidates share them.
    std::map<RecordId, ChannelFit> m_channels;
    std::map<RecordId, RecordId> m_industries;
    std::optional<RecordId> m_deputy;
};

// What lies with one person, as SQL for lists: `person` is an expression for a staff id. The load
// is that of a candidate: open items by weight (domain D4).
struct PersonLoadSql
{
    explicit PersonLoadSql(const QByteArray &person);

    QByteArray load; // weighted
    QByteArray held; // claimed, counted
    QByteArray offered; // dispatched and not claimed, counted
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
