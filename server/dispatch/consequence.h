#pragma once

#include "commands/custody_step.h"
#include "commands/registry.h"
#include "dispatch/open_work.h"
#include "domain/routing_rule.h"
#include "rules/routing_memory.h"
#include "rules/work_calendar.h"

#include <set>

namespace keydesk {

// What reactions remember of the records instead of reading it for each command.
struct DispatchMemory
{
    explicit DispatchMemory(RowStore &store)
        : routing(store)
        , openWork(store)
    {
    }

    RoutingMemory routing;
    OpenWorkCounts openWork;
};

// One command whose consequences are being drawn: what reactions share. Its context acts for the
// system, under ids of its own, so that nothing it makes can meet what the command made.
class Consequence
{
public:
    Consequence(CommandContext &command, const CommandCall &ofCall,
                const WorkCalendar &workCalendar, DispatchMemory &dispatchMemory);

private:
    Actor m_system; // before the context that refers to it

public:
    CommandContext &command; // as the person ran it
    const CommandCall &call;
    const WorkCalendar &calendar;
    DispatchMemory &memory;
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
    /// The rules that gave opportunities to somebody in here.
    std::map<RecordId, RoutingRule> applied;
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
