#pragma once

#include "dispatch/consequence.h"

namespace keydesk {

/// Whether the system makes the first transfer of this opportunity now: it passed the gate, and
/// nobody has ever dispatched it (domain C7).
bool awaitsRouting(const Opportunity &opportunity);

/// Routes it by the rules: to a person or a team's queue, else to the operations centre with the
/// reason. Writes why (RoutingDecision). Saves the opportunity.
Result<> routeOpportunity(Consequence &consequence, Opportunity &opportunity);

/// Writes why it went where a dispatcher sent it by this move: who was looked at with his load,
/// what spoke against each, and who was chosen (domain D5).
Result<> recordChoice(Consequence &consequence, const Transfer &move);

/// What is left when routing itself failed: into the queue of the operations centre.
Result<> leaveToDispatcher(Consequence &consequence, Opportunity &opportunity,
                           CustodyReason reason);

/// Who of the partner agents would look after the customer: for the hall's follow-up (domain C9).
RecordId agentFor(Consequence &consequence, const Opportunity &opportunity);

} // namespace keydesk
