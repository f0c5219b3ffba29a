#include "ui/pages/opportunity_looks.h"

#include "base/money_text.h"
#include "domain/custody.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

BadgeKind kindOf(CustodyState state)
{
    switch (state) {
    case CustodyState::Claimed:
        return BadgeKind::Ok;
    case CustodyState::Dispatched:
    case CustodyState::NeedsInfo:
        return BadgeKind::Warn;
    case CustodyState::Returned:
    case CustodyState::Expired:
        return BadgeKind::Danger;
    case CustodyState::Dispatching:
        return BadgeKind::Info;
    default:
        return BadgeKind::Neutral;
    }
}

// The nearest clock: the claim's until it is claimed, then the first contact's.
QVariant nearestClock(const RecordTableModel &model, int row)
{
    const auto state = fromKey<CustodyState>(model.cellAt(row, u"custody_state"_s).text());
    const bool claimed = state == CustodyState::Claimed;
    if (!claimed && state != CustodyState::Dispatched)
        return QVariant(u""_s);
    const qint64 due = model.cellAt(row, claimed ? u"first_contact_due_at"_s : u"claim_due_at"_s)
                           .integer();
    const qint64 from = model.cellAt(row, claimed ? u"claimed_at"_s : u"dispatched_at"_s).integer();
    return due == 0 ? QVariant(u""_s) : QVariant::fromValue(ClockValue{due, due - from, {}});
}

} // namespace

Badge custodyBadge(CustodyState state)
{
    return {kindOf(state), labelOf(state)};
}

void decorateOpportunities(RecordTableModel &model)
{
    model.setHeading(u"claim_due_at"_s, {"时限", "Clock"});
    model.setLook(u"claim_due_at"_s, ClockRole, nearestClock);
    model.setLook(u"custody_state"_s, BadgeRole, [](const RecordTableModel &rows, int row) {
        return QVariant::fromValue(
            custodyBadge(fromKey<CustodyState>(rows.cellAt(row, u"custody_state"_s).text())));
    });
}

void decorateCards(RecordTableModel &model)
{
    model.setLook(u"title"_s, SecondaryRole, [](const RecordTableModel &rows, int row) {
        return QVariant(rows.textAt(row, u"account_name"_s));
    });
    model.setLook(u"title"_s, ValueRole, [](const RecordTableModel &rows, int row) {
        const Cell value = rows.cellAt(row, u"value_fen"_s);
        return value.isNull() ? QVariant(u""_s)
                              : QVariant(shortMoney({value.integer()}, QLocale().language()));
    });
    model.setLook(u"title"_s, PersonRole, [](const RecordTableModel &rows, int row) {
        return QVariant(rows.textAt(row, u"owner_id"_s));
    });
    model.setLook(u"title"_s, BadgeRole, [](const RecordTableModel &rows, int row) {
        const QString step = rows.textAt(row, u"next_step"_s);
        if (step.isEmpty())
            return QVariant::fromValue(
                Badge{BadgeKind::Warn, RecordTableModel::tr("no next step")});
        return QVariant::fromValue(
            Badge{BadgeKind::Neutral, step + u' ' + rows.textAt(row, u"next_step_on"_s)});
    });
}

} // namespace keydesk
