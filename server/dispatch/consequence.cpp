#include "dispatch/consequence.h"

namespace keydesk {

namespace {

// Far above any k that a command uses for its own records.
constexpr int systemPart = 1000;

Actor makeSystemActor()
{
    Actor actor;
    actor.isSystem = true;
    return actor;
}

} // namespace

Consequence::Consequence(CommandContext &ofCommand, const CommandCall &ofCall,
                         const WorkCalendar &workCalendar, DispatchMemory &dispatchMemory)
    : m_system(makeSystemActor())
    , command(ofCommand)
    , call(ofCall)
    , calendar(workCalendar)
    , memory(dispatchMemory)
    , context(ofCommand.tx, m_system, RecordId::derive(ofCall.id, systemPart), ofCommand.now(),
              CommandContext::Place::Server)
{
    if (auto own = context.tx.find<Transfer>(ofCommand.id(born::Transfer)))
        transfers.push_back(*own);
}

std::vector<RecordId> Consequence::opportunities() const
{
    std::vector<RecordId> ids;
    const auto &rows = context.tx.changes().rows();
    const auto found = rows.find(QString::fromLatin1(Schema<Opportunity>::table));
    if (found == rows.end())
        return ids;
    for (const QString &id : found->second)
        ids.emplace_back(id);
    return ids;
}

Result<> Consequence::step(Opportunity &opportunity, const CustodyStep &step)
{
    const int id = nextId();
    if (auto done = takeStep(context, opportunity, step, id); !done)
        return done;
    transfers.push_back(*context.tx.find<Transfer>(context.id(id)));
    return {};
}

} // namespace keydesk
