#pragma once

#include "commands/registry.h"
#include "rules/work_calendar.h"
#include "store/row_store.h"

namespace keydesk {

/// The commands that the clocks of claims, of questions and of what lies in the operations centre
/// ask for at `now`, for the device "job:claims": reminders, escalations, expiries. Their ids
/// follow from opportunity, claim epoch and mark, so that a run that is repeated, or comes late,
/// has no second effect. Only the highest mark that is due is asked for.
std::vector<CommandCall> dueClaimJobs(RowStore &store, Instant now, const WorkCalendar &calendar);

/// The commands that tasks ask for at `now`, for the device "job:tasks": one for each open task
/// whose reminder has passed and was not given yet. Their ids follow from the task and that time.
/// At most a few hundred at once, the oldest first; the next round goes on.
std::vector<CommandCall> dueTaskJobs(RowStore &store, Instant now);

/// The commands that the dated assignments ask for on the day of `now`, for the device
/// "job:assignments": one for each customer whose main account manager or deputy changes.
std::vector<CommandCall> dueAssignmentJobs(RowStore &store, Instant now);

} // namespace keydesk
