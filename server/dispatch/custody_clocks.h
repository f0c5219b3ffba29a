#pragma once

#include "dispatch/consequence.h"

namespace keydesk {

/// Starts the clocks of the state the opportunity is in, where they do not run yet (domain C5, C7):
/// the claim, the first contact and the pre-proposal, the answer of the contact channel, and for
/// what lies in the operations centre the dispatcher's own. True if anything was set; does not
/// save.
bool startClocks(Consequence &consequence, Opportunity &opportunity);

} // namespace keydesk
