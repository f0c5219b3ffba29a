#pragma once

#include "commands/registry.h"

namespace keydesk {

// Server-only consequences of a command: numbering, assignment, notices. They run in the command's
// transaction behind a savepoint of their own: a failing one never rejects what a person recorded.
class Reactions
{
public:
    virtual ~Reactions() = default;
    virtual Result<> afterCommand(CommandContext &context, const CommandCall &call) = 0;
    /// Called when afterCommand() failed and was undone: puts the record where a person finds it.
    virtual Result<> afterFailure(CommandContext &context, const CommandCall &call,
                                  const Error &error) = 0;
};

} // namespace keydesk
