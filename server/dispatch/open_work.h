#pragma once

#include "store/row_store.h"

#include <map>

namespace keydesk {

// What is open with one customer.
struct OpenWork
{
    int opportunities = 0;
    int tasks = 0;
    bool operator==(const OpenWork &) const = default;
};

/// Counts it.
OpenWork readOpenWork(Database &database, const RecordId &account);

// Remembers what is open with the customers of late: counting it again for each command takes the
// longer the more there is. Watches the store that alone writes opportunities and tasks.
class OpenWorkCounts final : public RowWatcher
{
public:
    /// `store` must outlive it.
    explicit OpenWorkCounts(RowStore &store);
    ~OpenWorkCounts() override;
    OpenWorkCounts(const OpenWorkCounts &) = delete;
    OpenWorkCounts &operator=(const OpenWorkCounts &) = delete;

    OpenWork of(const RecordId &account);

    void rowWritten(const EntityInfo &entity, const Row *before, const Row *after) override;
    void rolledBack() override;
    void committed() override { m_written.clear(); }

    /// Customers that are remembered; when there are more, all are counted anew.
    static constexpr std::size_t mostAccounts = 10'000;

private:
    // Where one entity says whose it is and whether it is open.
    struct Kind
    {
        const EntityInfo *entity;
        int account;
        int state;
        int OpenWork::*count;
    };
    const Kind *kindOf(const EntityInfo &entity) const;
    static bool isOpen(const Kind &kind, const Row &row);

    RowStore &m_store;
    const Kind m_opportunities;
    const Kind m_tasks;
    std::map<RecordId, OpenWork> m_known;
    std::set<RecordId> m_written; // whose work changed since the last commit
};

} // namespace keydesk
