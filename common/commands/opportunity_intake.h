#pragma once

#include "commands/custody_step.h"
#include "rules/completeness.h"

namespace keydesk {

/// Copies what the opportunity keeps of its customer (name, value class, area), as far as this
/// place knows it: from the account, else from its caller card.
void describeAccount(CommandContext &context, Opportunity &opportunity);

/// Whether the contact and the key person it names have a number in the customer's file, as far as
/// this place holds it.
FiledPhones filedPhones(CommandContext &context, const Opportunity &opportunity);

/// What follows from the elements: its kind (domain C1) and completeness (C2). Stamps the activity.
void computeFacts(CommandContext &context, Opportunity &opportunity);

/// Puts a captured opportunity on its way, if there is anything to pursue: identified when it
/// passes the gate, else into the operations queue as incomplete. In other states it stays as it
/// is. Does not save. From identified on, the server routes (server/dispatch).
Result<> pursue(CommandContext &context, Opportunity &opportunity);

} // namespace keydesk
