#include "commands/opportunity_capture.h"

#include "base/phone.h"
#include "commands/edit_record.h"
#include "commands/opportunity_intake.h"
#include "commands/rights.h"
#include "commands/value_check.h"
#include "domain/caller_card.h"
#include "domain/contact.h"
#include "domain/note.h"
#include "rules/caller_key.h"
#include "rules/completeness.h"

#include <algorithm>

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

// A customer that the actor has no business with is not told apart from one that does not exist.
Result<> checkAccount(CommandContext &context, const RecordId &account)
{
    if (account.isNull() || !context.onServer())
        return {};
    const auto found = context.tx.find<Account>(account);
    if (found && seesRecord(context, context.tx.info<Account>(), toRow(*found)))
        return {};
    return Error("record.not_found"_reason, {}, account.text());
}

// An organisation that is already a customer of the area is not created twice. Only the server sees
// all of them.
RecordId accountNamed(CommandContext &context, const QString &organisation, const RecordId &area)
{
    if (!context.onServer())
        return {};
    const auto found = context.tx.select<Account>("name = ? AND area_id IS ? ORDER BY id LIMIT 1",
                                                  {organisation,
                                                   area.isNull() ? Cell() : Cell(area.text())});
    return found.empty() ? RecordId() : found.front().id;
}

Result<> createContact(CommandContext &context, Opportunity &opportunity)
{
    if (opportunity.contactName.isEmpty() && opportunity.contactPhone.isEmpty())
        return {};
    auto contact = context.born<Contact>(born::Contact);
    contact.accountId = opportunity.accountId;
    contact.areaId = opportunity.areaId;
    contact.name = opportunity.contactName.isEmpty() ? opportunity.contactPhone
                                                     : opportunity.contactName;
    contact.phone = opportunity.contactPhone;
    contact.department = opportunity.contactDepartment;
    contact.preferredTime = opportunity.contactTime;
    contact.isPrimary = true;
    opportunity.contactId = contact.id;
    return context.tx.insert(contact);
}

// Directory lines of the area with the number that was left, one for each customer.
std::vector<CallerCard> callersOf(CommandContext &context, const Opportunity &opportunity)
{
    std::vector<CallerCard> callers;
    const RecordId area = context.actor.staff.areaId;
    for (const PhoneNumber &number : parsePhones(opportunity.contactPhone)) {
        if (!number.isValid() || area.isNull())
            continue;
        for (const CallerCard &card :
             context.tx.select<CallerCard>("number_key = ? ORDER BY id",
                                           {Cell(callerKey(number.key, area))})) {
            const bool known = std::any_of(callers.begin(), callers.end(),
                                           [&](const CallerCard &one) {
                                               return one.accountId == card.accountId;
                                           });
            if (!known)
                callers.push_back(card);
        }
    }
    return callers;
}

// The one customer whom the number belongs to; nothing if there are several, or if it is none that
// the actor has to do with.
std::optional<CallerCard> callerOf(CommandContext &context, const Opportunity &opportunity)
{
    const auto callers = callersOf(context, opportunity);
    if (callers.size() != 1 || !checkAccount(context, callers.front().accountId))
        return std::nullopt;
    return callers.front();
}

// Somebody has to look whether the new customer is one of those with the same number. Tells no
// names: whoever gets the opportunity may have nothing to do with them.
Result<> flagCaller(CommandContext &context, const Opportunity &opportunity)
{
    if (!context.onServer() || opportunity.accountId != context.id(born::Account))
        return {};
    const auto callers = callersOf(context, opportunity).size();
    if (callers == 0)
        return {};
    auto note = context.born<Note>(born::Note);
    note.subjectEntity = u"opportunity"_s;
    note.subjectId = opportunity.id;
    note.accountId = opportunity.accountId;
    note.areaId = opportunity.areaId;
    note.ownerId = opportunity.ownerId;
    note.capturedBy = opportunity.capturedBy;
    note.body =
        u"联系电话与本地网%1个现有客户登记的号码相同，已先按新客户登记，请运营中心核实是否为同一客户。"_s
            .arg(callers);
    note.at = context.now();
    return context.tx.insert(note);
}

// Another customer who is the same: by its name, else by the number of who called.
bool attachToKnown(CommandContext &context, Opportunity &opportunity)
{
    const RecordId named = accountNamed(context, opportunity.entName.trimmed(),
                                        context.actor.staff.areaId);
    if (!named.isNull()) {
        opportunity.accountId = named;
        return true;
    }
    const auto caller = callerOf(context, opportunity);
    if (!caller)
        return false;
    opportunity.accountId = caller->accountId;
    if (opportunity.contactId.isNull())
        opportunity.contactId = caller->contactId;
    return true;
}

Result<> createAccount(CommandContext &context, Opportunity &opportunity)
{
    const QString organisation = opportunity.entName.trimmed();
    if (organisation.isEmpty())
        return Error("opportunity.needs_account"_reason);
    const Ref<Area> area = context.actor.staff.areaId;
    if (attachToKnown(context, opportunity))
        return {};
    auto account = context.born<Account>(born::Account);
    account.name = organisation;
    account.areaId = area;
    account.industryId = opportunity.entIndustryId;
    account.ownership = opportunity.entOwnership;
    account.employees = opportunity.entEmployees;
    account.branches = opportunity.entBranches;
    account.address = opportunity.entAddress;
    opportunity.accountId = account.id;
    opportunity.areaId = area;
    if (auto done = context.tx.insert(account); !done)
        return done;
    return createContact(context, opportunity);
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
    if (need.isEmpty())
        need = Schema<Opportunity>::label.text(QLocale::Chinese);
    return opportunity.accountName.isEmpty() ? need : opportunity.accountName + u" · "_s + need;
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
    if (context.actor.isSystem || isSeat(context.actor) || maySell(context.actor.staff)
        || hasAnyRole(context.actor, {Role::Dispatcher, Role::Supervisor, Role::DeptManager}))
        return {};
    return wrongRole(Role::HotlineAgent);
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
        if (auto done = createAccount(context, opportunity); !done)
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
    if (!*found || dispatchesArea(context, (*found)->areaId))
        return {};
    return wrongRole(Role::Dispatcher);
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
    if (!*found || (*found)->capturedBy == context.actor.id()
        || dispatchesArea(context, (*found)->areaId))
        return {};
    if (managesOpportunity(context, **found))
        return {};
    return notYours();
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
    const QStringList fields = conflictingFields(info, current, values, seen);
    if (fields.isEmpty())
        return {};
    return Error("record.changed"_reason, {fields.join(QLatin1Char(','))});
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
