#pragma once

#include "commands/custody_step.h"
#include "commands/registry.h"
#include "rules/held_loads.h"
#include "rules/work_calendar.h"

#include <set>

namespace keydesk {

// One command whose consequences are being drawn: what reactions share. Its context acts for the
// system, under ids of its own, so that nothing it makes can meet what the command made.
class Consequence
{
public:
    Consequence(CommandContext &command, const CommandCall &ofCall,
                const WorkCalendar &workCalendar, HeldLoads &heldLoads);

private:
    Actor m_system; // before the context that refers to it

public:
    CommandContext &command; // as the person ran it
    const CommandCall &call;
    const WorkCalendar &calendar;
    HeldLoads &loads;
    CommandContext context; // as the system goes on

    /// A number for the next record born in here.
    int nextId() { return m_next++; }
    template <class T>
    T born()
    {
        return context.born<T>(nextId());
    }

    /// Moves of custody that happened in the command or in here, in their order: what is announced.
    std::vector<Transfer> transfers;
    /// Whether `staff` has not been told about the record yet; from now on he has.
    bool tell(const RecordId &staff, const RecordId &about)
    {
        return m_told.emplace(staff, about).second;
    }
    /// Opportunities that the command changed.
    std::vector<RecordId> opportunities() const;
    /// Takes a step as the system and remembers it for the announcements.
    Result<> step(Opportunity &opportunity, const CustodyStep &step);

private:
    int m_next = 0;
    std::set<std::pair<RecordId, RecordId>> m_told;
};

} // namespace keydesk
