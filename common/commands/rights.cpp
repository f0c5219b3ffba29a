#include "commands/rights.h"

namespace keydesk {

Result<> mayEdit(CommandContext &context, const EntityInfo &entity, const Row &record)
{
    Q_UNUSED(entity)
    Q_UNUSED(record)
    if (context.actor.isSystem || context.actor.has(Role::Administrator))
        return {};
    return Error("forbidden.record"_reason);
}

} // namespace keydesk
