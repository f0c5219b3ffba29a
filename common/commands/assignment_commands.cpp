#include "commands/assignment_commands.h"

#include "commands/custody_step.h"
#include "commands/rights.h"
#include "domain/account.h"

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// Which of a person's roles fit the part he is to play for a customer.
std::vector<Role> rolesFor(AssignmentRole role)
{
    switch (role) {
    case AssignmentRole::TeleAm:
        return {Role::TeleManager};
    case AssignmentRole::Agent:
        return {Role::PartnerAgent};
    case AssignmentRole::IndustryManager:
        return {Role::Supervisor, Role::AccountManager};
    case AssignmentRole::ServiceManager:
    case AssignmentRole::Specialist:
        return {Role::AccountManager, Role::TeleManager, Role::TechSeat, Role::Supervisor};
    case AssignmentRole::MainAm:
    case AssignmentRole::Deputy:
    case AssignmentRole::ChiefRep:
        return {Role::AccountManager, Role::Supervisor};
    }
    return {};
}

bool overlaps(const Assignment &a, const Assignment &b)
{
    const auto endsBefore = [](const QDate &end, const QDate &start) {
        return end.isValid() && start.isValid() && end < start;
    };
    // One that was ended before it began never held.
    const auto isEmpty = [&](const Assignment &one) {
        return endsBefore(one.validUntil, one.validFrom);
    };
    return !isEmpty(a) && !isEmpty(b) && !endsBefore(a.validUntil, b.validFrom)
        && !endsBefore(b.validUntil, a.validFrom);
}

Result<> mayAssign(CommandContext &context, const QString &act, const RecordId &account)
{
    const auto found = context.tx.find<Account>(account);
    if (!found)
        return context.onServer() ? Result<>(Error("record.not_found"_reason, {}, account.text()))
                                  : Result<>();
    Standing standing = standingOf(context, context.tx.info<Account>(), toRow(*found));
    // A customer without anybody is the department's to give.
    standing.vacant = [&] {
        return found->ownerStaffId.isNull() && liesInMyArea(context, found->areaId);
    };
    if (mayDo(context, act, standing))
        return {};
    if (!seesRecord(context, context.tx.info<Account>(), toRow(*found)))
        return Error("record.not_found"_reason, {}, account.text());
    return mayDoToSome(context, act) ? notYours() : wrongRole(act);
}

Result<> showOwner(CommandContext &context, const RecordId &id)
{
    auto account = context.tx.find<Account>(id);
    if (!account)
        return {};
    const RecordId owner = mainManagerOn(context, id, businessDate(context.now()));
    if (account->ownerStaffId == owner)
        return {};
    account->ownerStaffId = owner;
    const auto person = context.tx.find<Staff>(owner);
    account->ownerTeamId = person ? person->teamId : Ref<Team>();
    return context.save(*account);
}

} // namespace

RecordId mainManagerOn(CommandContext &context, const RecordId &account, const QDate &date)
{
    for (const Assignment &one : context.tx.select<Assignment>(
             "account_id = ? AND role = 'main_am' ORDER BY valid_from DESC, id DESC",
             {account.text()})) {
        if (one.isCurrent(date))
            return one.staffId;
    }
    return {};
}

Result<> AssignAccount::permit(CommandContext &context) const
{
    return mayAssign(context, QString::fromLatin1(name), account);
}

Result<> AssignAccount::checkPerson(CommandContext &context) const
{
    const auto person = context.tx.find<Staff>(staff);
    if (!person || person->status != StaffStatus::Active)
        return Error("reference.missing"_reason, {Label{"负责人员", "Person"}.argument()},
                     staff.text());
    const auto roles = rolesFor(role);
    if (std::any_of(roles.begin(), roles.end(),
                    [&](Role one) { return person->roles.contains(one); }))
        return {};
    return Error("assignment.role_unfit"_reason,
                 {person->name,
                  EnumTable<AssignmentRole>::keys[std::size_t(role)].label.argument()});
}

// Nobody is main account manager twice: the present one gives way, or the command is refused.
Result<> AssignAccount::makeRoom(CommandContext &context, const Assignment &wanted) const
{
    for (Assignment other :
         context.tx.select<Assignment>("account_id = ? AND role = 'main_am'", {account.text()})) {
        if (!overlaps(other, wanted))
            continue;
        const bool began = !other.validFrom.isValid() || other.validFrom <= wanted.validFrom;
        if (!replace || !began) {
            const auto person = context.tx.find<Staff>(other.staffId);
            return Error("assignment.overlap"_reason,
                         {person ? person->name : other.staffId.text()});
        }
        other.validUntil = wanted.validFrom.addDays(-1);
        if (auto done = context.save(other); !done)
            return done;
    }
    return {};
}

Result<> AssignAccount::apply(CommandContext &context) const
{
    if (auto fits = checkPerson(context); !fits)
        return fits;
    auto wanted = context.born<Assignment>(born::Assignment);
    wanted.accountId = account;
    wanted.staffId = staff;
    wanted.role = role;
    wanted.validFrom = from.isValid() ? from : businessDate(context.now());
    wanted.validUntil = until;
    wanted.reason = reason.trimmed();
    if (until.isValid() && until < wanted.validFrom)
        return Error("assignment.dates"_reason);
    if (const auto found = context.tx.find<Account>(account))
        wanted.areaId = found->areaId;
    if (role == AssignmentRole::MainAm) {
        if (auto done = makeRoom(context, wanted); !done)
            return done;
    }
    if (auto done = context.tx.insert(wanted); !done)
        return done;
    return showOwner(context, account);
}

Result<> EndAssignment::permit(CommandContext &context) const
{
    const auto found = context.tx.find<Assignment>(assignment);
    if (!found)
        return Error("record.not_found"_reason, {}, assignment.text());
    auto allowed = mayAssign(context, QString::fromLatin1(name), found->accountId);
    if (!allowed && allowed.error().code() == ErrorCode::NotFound)
        return Error("record.not_found"_reason, {}, assignment.text());
    return allowed;
}

Result<> EndAssignment::apply(CommandContext &context) const
{
    auto ended = context.require<Assignment>(assignment);
    if (!ended)
        return ended.error();
    const QDate last = until.isValid() ? until : businessDate(context.now()).addDays(-1);
    // Somebody else may have it since: only a new assignment looks at that.
    if (ended->validUntil.isValid() && last > ended->validUntil)
        return Error("field.malformed"_reason,
                     {context.tx.info<Assignment>().field(u"valid_until"_s)->label.argument(),
                      last.toString(Qt::ISODate),
                      Label{"不能晚于原来的终止日期，请重新指派",
                            "it cannot be prolonged; please assign anew"}
                          .argument()});
    ended->validUntil = last;
    if (!reason.trimmed().isEmpty())
        ended->reason = reason.trimmed();
    if (auto done = context.save(*ended); !done)
        return done;
    return showOwner(context, ended->accountId);
}

Result<> ApplyAssignments::permit(CommandContext &context) const
{
    return mayDo(context, QString::fromLatin1(name)) ? Result<>() : Result<>(notYours());
}

Result<> ApplyAssignments::apply(CommandContext &context) const
{
    return showOwner(context, account);
}

} // namespace keydesk
