#pragma once

#include "dispatch/consequence.h"

namespace keydesk {

/// Who answers for the work of a team: its leader; else its supervisors; else who manages its area
/// or the nearest one above: supervisors and department managers without a team of their own, and
/// where there is none, the supervisors of the area. Only people in service; each once.
std::vector<RecordId> leadersOf(Consequence &consequence, const RecordId &team);

/// The same for the team of a person; without a team, who manages his area.
std::vector<RecordId> leadersAbove(Consequence &consequence, const Staff &person);

/// Who stands in for the assignee of an opportunity: his own deputy and those of the customer, as
/// routing and the claim know them.
std::vector<RecordId> deputiesFor(Consequence &consequence, const Opportunity &opportunity);

} // namespace keydesk
