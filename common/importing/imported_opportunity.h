#pragma once

#include "commands/command.h"
#include "domain/opportunity.h"

namespace keydesk {

/// Makes an opportunity from a file one that could have happened here. A won or lost one is closed
/// history: its dates are those of the file (won_at or closed_at, else the expected close), no
/// clock runs and nobody is told. An open one with an owner counts as claimed by him today and
/// contacted when its stage says so. One without an owner goes the way of any new one: through the
/// gate, to routing or to the operations centre. `before` is what was stored, null for a new one;
/// custody is touched only when stage or owner changed. Saves nothing of the opportunity, but may
/// write its Transfer.
Result<> settleImported(CommandContext &context, Opportunity &opportunity,
                        const Opportunity *before);

} // namespace keydesk
