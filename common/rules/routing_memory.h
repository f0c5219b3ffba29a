#pragma once

#include "rules/area_sellers.h"
#include "rules/held_loads.h"

namespace keydesk {

// What the writer remembers of those whom routing chooses among.
struct RoutingMemory
{
    explicit RoutingMemory(RowStore &store)
        : loads(store)
        , sellers(store)
    {
    }

    HeldLoads loads;
    AreaSellers sellers;
};

} // namespace keydesk
