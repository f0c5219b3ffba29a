#pragma once

#include "commands/registry.h"
#include "schema/catalog.h"

namespace keydesk::sim {

// What one version of the program knows, on a desktop or on a server. Version 1 is today's; a later
// one knows more, so that today's is the older of the two wherever both meet:
//   2  an entity more, `sim_visit`; SimPair@2, one of whose arguments has got another name
//   3  a column more, `sim_visit.rating`
struct Program
{
    explicit Program(int number);

    static constexpr int newest = 3;
    const int version;
    const Catalog catalog;
    const CommandRegistry registry;
};

} // namespace keydesk::sim
