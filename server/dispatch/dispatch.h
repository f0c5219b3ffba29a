#pragma once

#include "dispatch/consequence.h"
#include "dispatch/reactions.h"

namespace keydesk {

// What the server does about a command, in its transaction: issues the human number, routes what is
// new, starts clocks, tells people, keeps the contact channel's status and the directory. Follows
// from the rows that changed, so that a screen, an import and a job have the same consequences.
class Dispatch final : public Reactions
{
public:
    /// `calendar` must outlive it. Creates the table of the number series where it is missing.
    Dispatch(RowStore &store, const WorkCalendar &calendar);

    Result<> afterCommand(CommandContext &context, const CommandCall &call) override;
    Result<> afterFailure(CommandContext &context, const CommandCall &call,
                          const Error &error) override;

private:
    Result<> keepTime(Consequence &consequence, Opportunity &opportunity);
    Result<> follow(Consequence &consequence, const RecordId &id);
    Result<> issueNumber(Consequence &consequence, Opportunity &opportunity);
    Result<> explainChoices(Consequence &consequence);
    Result<> takeFromLeaver(Consequence &consequence);

    Database &m_database;
    const WorkCalendar &m_calendar;
    DispatchMemory m_memory;
};

} // namespace keydesk
