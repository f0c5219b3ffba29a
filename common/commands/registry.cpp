#include "commands/registry.h"

#include "commands/assignment_commands.h"
#include "commands/claim_job_commands.h"
#include "commands/edit_record.h"
#include "commands/export_command.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_claim.h"
#include "commands/opportunity_stage.h"
#include "commands/opportunity_transfer.h"
#include "commands/record_commands.h"
#include "commands/staff_commands.h"
#include "commands/task_commands.h"

namespace keydesk {

const CommandType *CommandRegistry::find(const QString &name) const
{
    for (const CommandType &type : m_types) {
        if (type.name == name)
            return &type;
    }
    return nullptr;
}

Result<CommandCall> CommandRegistry::upcast(CommandCall call) const
{
    const CommandType *type = find(call.type);
    if (!type || call.version < 1 || call.version > type->version)
        return Error("command.unknown"_reason, {call.type});
    for (; call.version < type->version; ++call.version)
        call.arguments = type->upcasters[std::size_t(call.version) - 1](std::move(call.arguments));
    return call;
}

Result<std::unique_ptr<Command>> CommandRegistry::make(const CommandCall &call) const
{
    auto current = upcast(call);
    if (!current)
        return current.error();
    return find(call.type)->make(current->arguments);
}

CommandRegistry makeCommandRegistry()
{
    return CommandRegistry({
        // Any record
        commandType<EditRecord>(),
        commandType<CreateRecord>(),
        commandType<RemoveRecord>(),
        commandType<AddNote>(),
        commandType<ExportRecords>(),
        // Opportunities
        commandType<RecordOpportunity>(),
        commandType<RequestInfo>(),
        commandType<AnswerInfo>(),
        commandType<ClaimOpportunity>(),
        commandType<UndoClaim>(),
        commandType<ReturnOpportunity>(),
        commandType<DispatchOpportunity>(),
        commandType<MarkFirstContact>(),
        commandType<MoveStage>(),
        commandType<CloseOpportunity>(),
        commandType<CloseHandled>(),
        commandType<MarkInvalid>(),
        // Work
        commandType<CreateTask>(),
        commandType<CompleteTask>(),
        commandType<ReopenTask>(),
        commandType<SnoozeTask>(),
        commandType<RemindTask>(),
        commandType<MarkNotificationRead>(),
        // Customers, people and rules
        commandType<AssignAccount>(),
        commandType<EndAssignment>(),
        commandType<OpenAccount>(),
        commandType<SaveStaff>(),
        commandType<SaveRoutingRule>(),
        // The server's own jobs
        commandType<ApplyAssignments>(),
        commandType<RemindClaim>(),
        commandType<EscalateClaim>(),
        commandType<ExpireClaim>(),
        commandType<RemindInfo>(),
        commandType<ExpireInfo>(),
        commandType<RemindQueue>(),
    });
}

} // namespace keydesk
