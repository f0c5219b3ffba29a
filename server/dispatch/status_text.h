#pragma once

#include "commands/command.h"
#include "domain/opportunity.h"

namespace keydesk {

/// What the contact channel may tell the customer about his matter (rules/progress_text.h), with
/// the names of the people and teams here; in Chinese, the language of the customers.
QString statusTextOf(CommandContext &context, const Opportunity &opportunity);

} // namespace keydesk
