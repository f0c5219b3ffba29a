#include "commands/opportunity_capture.h"

#include "commands/edit_record.h"
#include "commands/opportunity_customer.h"
#include "commands/opportunity_intake.h"
#include "commands/rights.h"
#include "commands/value_check.h"
#include "rules/completeness.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxTitleText = 24; // characters of the need that go into a made-up title

// What a form may fill in although EditRecord may not touch it later.
const QStringList &capturable()
{
    static const QStringList names{u"account_id"_s};
    return names;
}

Result<> refuseServerOwned(const EntityInfo &info, const FieldValues &values,
                           const QStringList &except)
{
    for (const auto &[field, value] : values) {
        const FieldInfo *known = info.field(field);
        if (known && known->has(FieldFlag::ServerOwned) && !except.contains(field))
            return Error("field.read_only"_reason, {known->label.argument()});
    }
    return {};
}

// A seat has no time to invent a title: customer and need make one.
QString madeUpTitle(CommandContext &context, const Opportunity &opportunity)
{
    QString need =
        opportunity.needSummary.section(QLatin1Char('\n'), 0, 0).trimmed().left(maxTitleText);
    if (need.isEmpty()) {
        if (const auto product = context.tx.find<ProductOffering>(opportunity.productId))
            need = product->name;
    }
    // A title is read in either language: without a need the customer alone makes it, in no words
    // of ours.
    QStringList parts{opportunity.accountName.isEmpty() ? opportunity.entName.trimmed()
                                                        : opportunity.accountName,
                      need};
    parts.removeAll(QString());
    return parts.isEmpty() ? Schema<Opportunity>::label.text(QLocale::Chinese)
                           : parts.join(u" · "_s);
}

// The manager of the customer keeps what he found himself: the channel has the authority and the
// customer is his (domain 4.3, "Self-handled path").
bool keepsIt(CommandContext &context, const Opportunity &opportunity)
{
    if (!context.actor.has(Role::AccountManager) || !channelMayOwn(context, context.actor.staff))
        return false;
    const auto account = context.tx.find<Account>(opportunity.accountId);
    return account && account->ownerStaffId == context.actor.id();
}

Result<> settleAtOnce(CommandContext &context, const RecordOpportunity &command,
                      Opportunity &opportunity)
{
    if (command.handled) {
        opportunity.custodyState = CustodyState::Identified;
        opportunity.handledByChannel = context.actor.staff.channelId;
        return takeFirstStep(context, opportunity,
                             {.kind = TransferKind::Close,
                              .to = CustodyState::Closed,
                              .reason = CustodyReason::HandledAtFirstContact,
                              .note = command.handledNote});
    }
    if (auto done = pursue(context, opportunity); !done)
        return done;
    if (opportunity.custodyState != CustodyState::Identified || !keepsIt(context, opportunity))
        return {};
    return takeFirstStep(context, opportunity,
                         {.kind = TransferKind::Claim,
                          .to = CustodyState::Claimed,
                          .staff = context.actor.id()});
}

} // namespace

Result<> RecordOpportunity::permit(CommandContext &context) const
{
    const QString act = QString::fromLatin1(name);
    return mayDo(context, act) ? Result<>() : Result<>(wrongRole(act));
}

Result<> RecordOpportunity::apply(CommandContext &context) const
{
    const EntityInfo &info = context.tx.info<Opportunity>();
    if (auto fits = refuseServerOwned(info, values, capturable()); !fits)
        return fits;
    FieldValues given = values;
    if (const auto title = given.find(u"title"_s); title != given.end() && title->second.isEmpty())
        given.erase(title); // made up below
    if (const auto account = given.find(u"account_id"_s);
        account != given.end() && account->second.isEmpty())
        given.erase(account);
    if (const auto account = given.find(u"account_id"_s); account != given.end()) {
        if (auto known = checkAccount(context, RecordId(account->second.text())); !known)
            return known;
    }
    if (auto fits = checkValues(context, info, context.id(born::Record), given); !fits)
        return fits;

    Row row = toRow(context.born<Opportunity>(born::Record));
    applyValues(info, row, given);
    Opportunity opportunity = fromRow<Opportunity>(row);
    opportunity.capturedBy = context.actor.id();
    opportunity.capturedAt = opportunity.custodySince = context.now();
    opportunity.capturedChannel = context.actor.staff.channelId;
    opportunity.areaId = context.actor.staff.areaId;
    if (opportunity.accountId.isNull()) {
        if (auto done = attachCustomer(context, opportunity); !done)
            return done;
    }
    describeAccount(context, opportunity);
    if (opportunity.title.isEmpty())
        opportunity.title = madeUpTitle(context, opportunity);
    computeFacts(context, opportunity);
    if (auto done = settleAtOnce(context, *this, opportunity); !done)
        return done;
    if (auto done = context.tx.insert(opportunity); !done)
        return done;
    return flagCaller(context, opportunity);
}

Result<> RequestInfo::permit(CommandContext &context) const
{
    const auto found = findOpportunity(context, opportunity);
    if (!found)
        return found.error();
    const QString act = QString::fromLatin1(name);
    if (!*found
        || mayDo(context, act, {.area = [&] { return liesInMyArea(context, (*found)->areaId); }}))
        return {};
    return wrongRole(act);
}

Result<> RequestInfo::apply(CommandContext &context) const
{
    auto found = findAnyOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    if (question.trimmed().isEmpty())
        return Error("opportunity.needs_question"_reason);
    Opportunity asked = **found;
    asked.infoQuestion = question.trimmed();
    asked.infoAnswer.clear();
    asked.infoDueAt = {};
    return takeStep(context, asked,
                    {.kind = TransferKind::AskInfo,
                     .to = CustodyState::NeedsInfo,
                     .reason = CustodyReason::Incomplete,
                     .note = asked.infoQuestion});
}

Result<> AnswerInfo::permit(CommandContext &context) const
{
    const auto found = findOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    const Opportunity &asked = **found;
    const bool may = mayDo(context, QString::fromLatin1(name),
                           {.own = [&] { return asked.capturedBy == context.actor.id(); },
                            .led = [&] { return leadsOpportunity(context, asked); },
                            .area = [&] { return liesInMyArea(context, asked.areaId); }});
    return may ? Result<>() : Result<>(notYours());
}

// What he cannot read he may fill in, but not write over; what somebody else changed meanwhile is
// not written over either.
Result<> AnswerInfo::checkFields(CommandContext &context, const EntityInfo &info,
                                 const Row &current) const
{
    for (const auto &[key, value] : values) {
        const FieldInfo *field = info.field(key);
        if (!field || info.cell(current, key).isEmpty())
            continue;
        if (auto allowed = mayEditField(context, info, current, *field); !allowed)
            return allowed;
    }
    if (!context.onServer())
        return {};
    return refuseConflicts(info, current, values, seen);
}

Result<> AnswerInfo::apply(CommandContext &context) const
{
    auto found = findAnyOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    if ((*found)->custodyState != CustodyState::NeedsInfo)
        return wrongState(**found);
    const EntityInfo &info = context.tx.info<Opportunity>();
    if (auto fits = refuseServerOwned(info, values, {}); !fits)
        return fits;
    Row row = toRow(**found);
    if (auto allowed = checkFields(context, info, row); !allowed)
        return allowed;
    if (auto fits = checkValues(context, info, opportunity, values); !fits)
        return fits;
    applyValues(info, row, values);
    Opportunity answered = fromRow<Opportunity>(row);
    answered.infoAnswer = answer.trimmed();
    answered.infoDueAt = {};
    computeFacts(context, answered);
    return takeStep(context, answered,
                    {.kind = TransferKind::AnswerInfo,
                     .to = CustodyState::Dispatching,
                     .reason = passesGate(answered, filedPhones(context, answered))
                         ? CustodyReason::None
                         : CustodyReason::Incomplete,
                     .queue = answered.queueId,
                     .note = answered.infoAnswer});
}

} // namespace keydesk
