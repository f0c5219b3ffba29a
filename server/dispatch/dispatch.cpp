#include "dispatch/dispatch.h"

#include "commands/staff_commands.h"
#include "dispatch/account_tallies.h"
#include "dispatch/caller_cards.h"
#include "dispatch/custody_clocks.h"
#include "dispatch/notices.h"
#include "dispatch/number_series.h"
#include "dispatch/opportunity_routing.h"
#include "dispatch/status_text.h"
#include "domain/area.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcDispatch, "keydesk.server.dispatch", QtInfoMsg)

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// The move shows the clock it started.
Result<> stampDue(Consequence &consequence, const Opportunity &opportunity)
{
    for (Transfer &move : consequence.transfers) {
        const bool starts = move.opportunityId == opportunity.id
            && move.toState == CustodyState::Dispatched && move.dueAt.isNull();
        if (!starts)
            continue;
        move.dueAt = opportunity.claimDueAt;
        if (auto done = consequence.context.tx.update(move); !done)
            return done;
    }
    return {};
}

} // namespace

Dispatch::Dispatch(RowStore &store, const WorkCalendar &calendar)
    : m_database(store.database())
    , m_calendar(calendar)
    , m_memory(store)
{
    if (auto done = NumberSeries::createTable(m_database); !done)
        qCWarning(lcDispatch) << "no table for number series:" << done.error().detail;
}

Result<> Dispatch::issueNumber(Consequence &consequence, Opportunity &opportunity)
{
    const auto area = consequence.context.tx.find<Area>(opportunity.areaId);
    auto number = NumberSeries(m_database)
                      .next(u"SJ"_s, area ? area->code : u"00"_s,
                            businessDate(consequence.context.now()));
    if (!number)
        return number.error();
    opportunity.no = *number;
    return consequence.context.tx.update(opportunity);
}

Result<> Dispatch::follow(Consequence &consequence, const RecordId &id)
{
    auto opportunity = consequence.context.tx.find<Opportunity>(id);
    if (!opportunity)
        return {};
    if (opportunity->no.isEmpty()) {
        if (auto done = issueNumber(consequence, *opportunity); !done)
            return done;
    }
    if (awaitsRouting(*opportunity)) {
        if (auto done = routeOpportunity(consequence, *opportunity); !done)
            return done;
    }
    return keepTime(consequence, *opportunity);
}

// Wherever it lies now, its clock runs and its words say so.
Result<> Dispatch::keepTime(Consequence &consequence, Opportunity &opportunity)
{
    const Opportunity before = opportunity;
    startClocks(consequence, opportunity);
    opportunity.statusText = statusTextOf(consequence.context, opportunity);
    if (toRow(before) == toRow(opportunity))
        return {};
    if (auto done = consequence.context.tx.update(opportunity); !done)
        return done;
    return stampDue(consequence, opportunity);
}

// What a dispatcher decides is explained like what the rules decide.
Result<> Dispatch::explainChoices(Consequence &consequence)
{
    for (const Transfer &move : std::vector<Transfer>(consequence.transfers)) {
        const bool given = move.kind == TransferKind::Dispatch || move.kind == TransferKind::Queue;
        if (move.bySystem || !given || move.toState != CustodyState::Dispatched)
            continue;
        if (auto done = recordChoice(consequence, move); !done)
            return done;
    }
    return {};
}

// Whoever is disabled holds nothing: it goes to the operations centre, and only a dispatcher gives
// it on (domain C7).
Result<> Dispatch::takeFromLeaver(Consequence &consequence)
{
    const auto &values = consequence.call.arguments.values;
    const auto staff = values.find(u"staff"_s);
    if (consequence.call.type != QLatin1StringView(SaveStaff::name) || staff == values.end())
        return {};
    const auto person = consequence.context.tx.find<Staff>(RecordId(staff->second.text()));
    if (!person || person->status == StaffStatus::Active)
        return {};
    for (Opportunity held : consequence.context.tx.select<Opportunity>(
             "(owner_id = ?1 OR assignee_id = ?1) AND custody_state IN ('dispatched','claimed')",
             {person->id.text()})) {
        auto done = consequence.step(held,
                                     {.kind = TransferKind::Return,
                                      .to = CustodyState::Returned,
                                      .reason = CustodyReason::OwnerLeft,
                                      .queue = operationsQueue(consequence.context, held.areaId),
                                      .note = person->name});
        if (!done)
            return done;
    }
    return {};
}

Result<> Dispatch::afterCommand(CommandContext &context, const CommandCall &call)
{
    Consequence consequence(context, call, m_calendar, m_memory);
    if (auto done = takeFromLeaver(consequence); !done)
        return done;
    for (const RecordId &id : consequence.opportunities()) {
        if (auto done = follow(consequence, id); !done)
            return done;
    }
    auto done = explainChoices(consequence);
    if (done)
        done = announceMoves(consequence);
    if (done)
        done = announceCommand(consequence);
    if (done)
        done = refreshCallerCards(consequence);
    if (done)
        done = refreshTallies(consequence);
    return done;
}

Result<> Dispatch::afterFailure(CommandContext &context, const CommandCall &call,
                                const Error &error)
{
    Consequence consequence(context, call, m_calendar, m_memory);
    for (const RecordId &id : consequence.opportunities()) {
        auto opportunity = consequence.context.tx.find<Opportunity>(id);
        if (!opportunity || !awaitsRouting(*opportunity))
            continue;
        qCWarning(lcDispatch) << "routing of" << id.text() << "failed:" << error.key()
                              << error.detail;
        auto done = leaveToDispatcher(consequence, *opportunity, CustodyReason::RoutingFailed);
        if (done)
            done = keepTime(consequence, *opportunity);
        if (!done)
            return done;
    }
    return announceMoves(consequence);
}

} // namespace keydesk
