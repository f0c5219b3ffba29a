#pragma once

#include "commands/command.h"
#include "domain/opportunity.h"

namespace keydesk {

/// What the contact channel may tell the customer about his matter: where it is and who has it,
/// with no figure and no number (domain C6). A sentence in Chinese, the language of the customers.
QString statusTextOf(CommandContext &context, const Opportunity &opportunity);

} // namespace keydesk
