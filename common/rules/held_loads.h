#pragma once

#include "store/row_store.h"

#include <map>

namespace keydesk {

// What a person holds, as routing weighs it.
struct HeldLoad
{
    int weight = 0; // of what he holds or was offered (domain D4)
    Instant lastGiven; // the latest of its dispatches; null: nothing
};

/// Reads it from the opportunities.
HeldLoad readHeldLoad(Database &database, const RecordId &staff);

// Remembers what people hold: each decision weighs a dozen candidates, and changes what one of them
// holds. Watches the store that alone writes the opportunities.
class HeldLoads final : public RowWatcher
{
public:
    /// `store` must outlive it.
    explicit HeldLoads(RowStore &store);
    ~HeldLoads() override;
    HeldLoads(const HeldLoads &) = delete;
    HeldLoads &operator=(const HeldLoads &) = delete;

    HeldLoad of(const RecordId &staff);

    void rowWritten(const EntityInfo &entity, const Row *before, const Row *after) override;
    void rolledBack() override;
    void committed() override { m_written.clear(); }

private:
    /// Takes what the opportunity weighs from (-1) those who hold it, or lays it on them (1).
    void weigh(const Row &opportunity, int sign);
    void weigh(const RecordId &person, const Row &opportunity, int sign);

    RowStore &m_store;
    const EntityInfo &m_opportunity;
    const int m_owner;
    const int m_assignee;
    const int m_state;
    const int m_valueClass;
    const int m_dispatchedAt;
    std::map<RecordId, HeldLoad> m_known;
    std::set<RecordId> m_written; // what they hold changed since the last commit
};

} // namespace keydesk
