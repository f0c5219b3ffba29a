#include "commands/opportunity_customer.h"

#include "base/both_words.h"
#include "base/phone.h"
#include "commands/custody_step.h"
#include "commands/rights.h"
#include "domain/caller_card.h"
#include "domain/contact.h"
#include "domain/note.h"
#include "rules/caller_key.h"

#include <algorithm>
#include <set>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

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

std::set<QString> numbersIn(const QString &phones)
{
    std::set<QString> keys;
    for (const PhoneNumber &number : parsePhones(phones)) {
        if (number.isValid())
            keys.insert(number.key);
    }
    return keys;
}

bool share(const std::set<QString> &one, const std::set<QString> &other)
{
    return std::any_of(one.begin(), one.end(),
                       [&](const QString &number) { return other.contains(number); });
}

// Who of the customer called: by the number, else by the name; of several with the number the one
// of that name first.
RecordId contactOf(CommandContext &context, const Opportunity &opportunity)
{
    const std::set<QString> numbers = numbersIn(opportunity.contactPhone);
    RecordId found;
    for (const Contact &one : context.tx.select<Contact>("account_id = ? ORDER BY id",
                                                         {Cell(opportunity.accountId.text())})) {
        const bool named = !one.name.isEmpty() && one.name == opportunity.contactName.trimmed();
        const bool called = numbers.empty()
            ? named
            : share(numbers, numbersIn(one.phone)) || share(numbers, numbersIn(one.phone2));
        if (called && (found.isNull() || named))
            found = one.id;
    }
    return found;
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
    // Of a customer who was there before, somebody else may be the main one.
    contact.isPrimary = opportunity.accountId == context.id(born::Account);
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

// The customer of that name, and who of it called; somebody new goes into its file.
Result<bool> attachByName(CommandContext &context, Opportunity &opportunity)
{
    const RecordId named = accountNamed(context, opportunity.entName.trimmed(),
                                        context.actor.staff.areaId);
    if (named.isNull())
        return false;
    opportunity.accountId = named;
    if (opportunity.contactId.isNull())
        opportunity.contactId = contactOf(context, opportunity);
    if (opportunity.contactId.isNull()) {
        if (auto done = createContact(context, opportunity); !done)
            return done.error();
    }
    return true;
}

// Another customer who is the same: by its name, else by the number of who called.
Result<bool> attachToKnown(CommandContext &context, Opportunity &opportunity)
{
    auto named = attachByName(context, opportunity);
    if (!named || *named)
        return named;
    const auto caller = callerOf(context, opportunity);
    if (!caller)
        return false;
    opportunity.accountId = caller->accountId;
    if (opportunity.contactId.isNull())
        opportunity.contactId = caller->contactId;
    return true;
}

} // namespace

Result<> checkAccount(CommandContext &context, const RecordId &account)
{
    if (account.isNull() || !context.onServer())
        return {};
    const auto found = context.tx.find<Account>(account);
    if (found && seesRecord(context, context.tx.info<Account>(), toRow(*found)))
        return {};
    return Error("record.not_found"_reason, {}, account.text());
}

Result<> attachCustomer(CommandContext &context, Opportunity &opportunity)
{
    const QString organisation = opportunity.entName.trimmed();
    if (organisation.isEmpty())
        return Error("opportunity.needs_account"_reason);
    const Ref<Area> area = context.actor.staff.areaId;
    const auto known = attachToKnown(context, opportunity);
    if (!known)
        return known.error();
    if (*known)
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
    note.body = bothWords(
        u"联系电话与本地网%1个现有客户登记的号码相同，已先按新客户登记，请运营中心核实是否为同一客户。"_s
            .arg(callers),
        u"The number that was left is on file for %1 known customer(s) of this area. It was "
        "recorded as a new customer; please find out whether it is one of them."_s.arg(callers));
    note.at = context.now();
    return context.tx.insert(note);
}

} // namespace keydesk
