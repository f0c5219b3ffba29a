#pragma once

#include "domain/staff.h"
#include "store/row_store.h"

#include <map>

namespace keydesk {

/// Everybody of the area whose role may own opportunities (sellingRoles), in order of staff number.
std::vector<Staff> readSellers(RowStore &store, const RecordId &area);

// Remembers who sells where: each decision looks at a dozen of them, and they change once a week.
// Watches the store that alone writes the staff.
class AreaSellers final : public RowWatcher
{
public:
    /// `store` must outlive it.
    explicit AreaSellers(RowStore &store);
    ~AreaSellers() override;
    AreaSellers(const AreaSellers &) = delete;
    AreaSellers &operator=(const AreaSellers &) = delete;

    /// As readSellers(); valid until the next change of rows.
    const std::vector<Staff> &in(const RecordId &area);

    void rowWritten(const EntityInfo &entity, const Row *before, const Row *after) override;
    void rolledBack() override;
    void committed() override { m_written = false; }

private:
    RowStore &m_store;
    const EntityInfo &m_staff;
    std::map<RecordId, std::vector<Staff>> m_known;
    bool m_written = false; // since the last commit
};

} // namespace keydesk
