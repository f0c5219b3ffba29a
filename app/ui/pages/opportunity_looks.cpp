#include "ui/pages/opportunity_looks.h"

#include "base/money_text.h"
#include "domain/contact.h"
#include "domain/custody.h"
#include "domain/stage.h"
#include "rules/claim_clock.h"

#include <algorithm>

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

// The clock that runs: the claim's until it is claimed, then the first contact's until that is
// made, then the pre-proposal's until there is one (domain C5).
QVariant nearestClock(const RecordTableModel &model, int row)
{
    const auto state = fromKey<CustodyState>(model.cellAt(row, u"custody_state"_s).text());
    const auto clock = [&](const QString &due, const QString &from) {
        const qint64 at = model.cellAt(row, due).integer();
        return at == 0
            ? QVariant(u""_s)
            : QVariant::fromValue(ClockValue{at, at - model.cellAt(row, from).integer(), {}});
    };
    if (state == CustodyState::Dispatched)
        return clock(u"claim_due_at"_s, u"dispatched_at"_s);
    if (state != CustodyState::Claimed)
        return QVariant(u""_s);
    if (model.cellAt(row, u"first_contact_at"_s).integer() == 0)
        return clock(u"first_contact_due_at"_s, u"claimed_at"_s);
    const auto stage = fromKey<SalesStage>(model.cellAt(row, u"sales_stage"_s).text());
    const bool proposes = model.cellAt(row, u"pre_proposal"_s).isEmpty()
        && stage <= SalesStage::PreProposal;
    return proposes ? clock(u"pre_proposal_due_at"_s, u"claimed_at"_s) : QVariant(u""_s);
}

} // namespace

ComputedField dispatchDue()
{
    ComputedField due;
    due.field.name = u"dispatch_due"_s;
    due.field.label = {"时限", "Clock"};
    due.field.kind = Kind::Instant;
    QByteArray hours;
    for (const EnumKey &key : EnumTable<ValueClass>::keys)
        hours += QByteArray(" WHEN '") + key.key + "' THEN "
            + QByteArray::number(
                     claimHours(fromKey<ValueClass>(QString::fromLatin1(key.key))).claim);
    due.sql = "CASE WHEN t.custody_state = 'needs_info' AND t.info_due_at IS NOT NULL "
              "THEN t.info_due_at ELSE coalesce(t.custody_since, t.created_at) + CASE t.value_class"
        + hours + " ELSE " + QByteArray::number(claimHours(ValueClass::D).claim) + " END END";
    return due;
}

ComputedField holderOf()
{
    ComputedField holder;
    holder.field.name = u"holder_id"_s;
    holder.field.label = {"在办人", "Held by"};
    holder.field.kind = Kind::Reference;
    holder.field.target = u"staff"_s;
    holder.sql = "coalesce(t.owner_id, t.assignee_id)";
    return holder;
}

void decorateDispatch(RecordTableModel &model)
{
    decorateOpportunities(model);
    model.setLook(u"dispatch_due"_s, ClockRole, [](const RecordTableModel &rows, int row) {
        const qint64 due = rows.cellAt(row, u"dispatch_due"_s).integer();
        const qint64 since = rows.cellAt(row, u"custody_since"_s).integer();
        return QVariant::fromValue(
            ClockValue{due, since == 0 ? 8 * hour : std::max<qint64>(1, due - since), {}});
    });
}

Badge custodyBadge(CustodyState state)
{
    return {kindOf(state), labelOf(state)};
}

QStringList clockFields()
{
    return {u"dispatched_at"_s,    u"claimed_at"_s,          u"first_contact_due_at"_s,
            u"first_contact_at"_s, u"pre_proposal_due_at"_s, u"pre_proposal"_s};
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

FiledPhones filedPhones(const ReplicaReader &reader, const Opportunity &opportunity)
{
    const auto hasPhone = [&reader](const RecordId &contact) {
        const auto person = contact.isNull() ? std::nullopt : reader.find<Contact>(contact);
        return person && hasNumber(*person);
    };
    return {hasPhone(opportunity.contactId), hasPhone(opportunity.keyPersonId)};
}

} // namespace keydesk
