#include "rules/area_sellers.h"

#include <algorithm>

namespace keydesk {

std::vector<Staff> readSellers(RowStore &store, const RecordId &area)
{
    std::vector<Staff> sellers;
    const EntityInfo &info = store.catalog().entity(QString::fromLatin1(Schema<Staff>::table));
    for (const Row &row :
         store.select(info, "deleted_at IS NULL AND area_id = ? ORDER BY code", {area.text()})) {
        auto staff = fromRow<Staff>(row);
        const auto has = [&staff](Role role) { return staff.roles.contains(role); };
        if (std::any_of(std::begin(sellingRoles), std::end(sellingRoles), has))
            sellers.push_back(std::move(staff));
    }
    return sellers;
}

AreaSellers::AreaSellers(RowStore &store)
    : m_store(store)
    , m_staff(store.catalog().entity(QString::fromLatin1(Schema<Staff>::table)))
{
    store.watch(*this);
}

AreaSellers::~AreaSellers()
{
    m_store.unwatch(*this);
}

const std::vector<Staff> &AreaSellers::in(const RecordId &area)
{
    const auto known = m_known.find(area);
    return known != m_known.end() ? known->second
                                  : m_known.emplace(area, readSellers(m_store, area)).first->second;
}

void AreaSellers::rowWritten(const EntityInfo &entity, const Row *before, const Row *after)
{
    Q_UNUSED(before)
    Q_UNUSED(after)
    if (&entity != &m_staff)
        return;
    m_known.clear();
    m_written = true;
}

// What was read since then read what is void now.
void AreaSellers::rolledBack()
{
    if (m_written)
        m_known.clear();
}

} // namespace keydesk
