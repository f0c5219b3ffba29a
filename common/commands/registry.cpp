#include "commands/registry.h"

#include "commands/edit_record.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_claim.h"

namespace keydesk {

const CommandType *CommandRegistry::find(const QString &name) const
{
    for (const CommandType &type : m_types) {
        if (type.name == name)
            return &type;
    }
    return nullptr;
}

Result<std::unique_ptr<Command>> CommandRegistry::make(const CommandCall &call) const
{
    const CommandType *type = find(call.type);
    if (!type || type->version != call.version)
        return Error("command.unknown"_reason, {call.type});
    return type->make(call.arguments);
}

CommandRegistry makeCommandRegistry()
{
    return CommandRegistry({
        commandType<EditRecord>(),
        commandType<RecordOpportunity>(),
        commandType<RequestInfo>(),
        commandType<AnswerInfo>(),
        commandType<ClaimOpportunity>(),
        commandType<UndoClaim>(),
    });
}

} // namespace keydesk
