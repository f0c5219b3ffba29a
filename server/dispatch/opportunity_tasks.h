#pragma once

#include "dispatch/consequence.h"

namespace keydesk {

/// Makes and ends the tasks that go with a move of custody: the first contact of whoever claimed,
/// the information the contact channel owes.
Result<> followTasks(Consequence &consequence, const Transfer &move);

/// Even what a hall settled itself is followed up by an agent, for care and further sales (S2,
/// section 6.2.4; domain C9). Nothing when another channel handled it.
Result<> followUpHall(Consequence &consequence, const Opportunity &opportunity);

} // namespace keydesk
