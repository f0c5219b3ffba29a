#pragma once

#include "dispatch/consequence.h"

namespace keydesk {

/// Brings the directory lines of every customer that the command touched (its file, people,
/// manager, opportunities or tasks) up to date: one line for each number of each contact, and the
/// switchboard.
Result<> refreshCallerCards(Consequence &consequence);

/// The same for one customer: after what was loaded past the commands.
Result<> refreshCallerCardsOf(CommandContext &context, const RecordId &customer);

} // namespace keydesk
