#pragma once

#include "dispatch/consequence.h"

namespace keydesk {

/// Counts again what is open with every customer of whom the command opened, closed or moved
/// something.
Result<> refreshTallies(Consequence &consequence);

/// The same for one customer: after what was loaded past the commands. `counts`: where they are
/// remembered; else they are read.
Result<> refreshTallyOf(CommandContext &context, const RecordId &customer,
                        OpenWorkCounts *counts = nullptr);

} // namespace keydesk
