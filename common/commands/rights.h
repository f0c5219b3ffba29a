#pragma once

#include "commands/command.h"

namespace keydesk {

/// Whether the actor may change plain fields of this record: the one rule for forms and EditRecord.
/// Deny by default (architecture.md, promise 5; reliability.md, "Authorization").
Result<> mayEdit(CommandContext &context, const EntityInfo &entity, const Row &record);

} // namespace keydesk
