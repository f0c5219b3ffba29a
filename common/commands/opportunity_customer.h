#pragma once

#include "commands/command.h"
#include "domain/opportunity.h"

namespace keydesk {

// Whose call it was: which customer an opportunity without one belongs to, and who of it called.

/// Whether the actor may record something about this customer; on the server only. One that he has
/// no business with is not told apart from one that does not exist. Errors: record.not_found.
Result<> checkAccount(CommandContext &context, const RecordId &account);

/// Attaches the opportunity to the customer of the organisation's name in the actor's area, else to
/// the one whose number was left, else to a new one; and to the contact who called, who goes into
/// the file when he is not there yet. Errors: opportunity.needs_account.
Result<> attachCustomer(CommandContext &context, Opportunity &opportunity);

/// A note for the operations centre where a new customer left a number that others have: somebody
/// has to look whether it is one of them. Tells no names: whoever gets the opportunity may have
/// nothing to do with them.
Result<> flagCaller(CommandContext &context, const Opportunity &opportunity);

} // namespace keydesk
