#include "dispatch/account_tallies.h"

#include "dispatch/concerned_accounts.h"
#include "domain/account.h"
#include "domain/account_tally.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

const ShownFields &countedFields()
{
    static const ShownFields fields{
        {u"account"_s, {u"area_id"_s, u"deleted_at"_s}},
        {u"opportunity"_s, {u"account_id"_s, u"custody_state"_s, u"deleted_at"_s}},
        {u"task"_s, {u"account_id"_s, u"state"_s, u"deleted_at"_s}},
    };
    return fields;
}

int countOf(CommandContext &context, const QByteArray &sql, const RecordId &account)
{
    Query query = context.tx.store().database().query(sql);
    query.bind(1, account);
    return query.next() ? int(query.integer(0)) : 0;
}

AccountTally tallyOf(CommandContext &context, const Account &account)
{
    AccountTally tally;
    tally.id = AccountTally::idOf(account.id);
    tally.accountId = account.id;
    tally.areaId = account.areaId;
    tally.openOpportunities =
        countOf(context,
                "SELECT count(*) FROM opportunity WHERE account_id = ? AND deleted_at "
                "IS NULL AND custody_state NOT IN ('closed','invalid','merged')",
                account.id);
    tally.openTasks = countOf(
        context,
        "SELECT count(*) FROM task WHERE account_id = ? AND deleted_at IS NULL AND state = 'open'",
        account.id);
    return tally;
}

} // namespace

Result<> refreshTallyOf(CommandContext &context, const RecordId &customer)
{
    const EntityInfo &info = context.tx.info<AccountTally>();
    const auto account = context.tx.find<Account>(customer);
    const auto stored = context.tx.findEver(info, AccountTally::idOf(customer));
    if (!account) {
        const bool living = stored && (*stored)[common_column::DeletedAt].isNull();
        return living ? context.tx.removeRow(info, AccountTally::idOf(customer), context.now())
                      : Result<>();
    }
    AccountTally tally = tallyOf(context, *account);
    tally.createdAt = tally.updatedAt = context.now();
    if (!stored)
        return tally.openOpportunities + tally.openTasks > 0 ? context.tx.insert(tally)
                                                             : Result<>();
    const auto before = fromRow<AccountTally>(*stored);
    const bool same = before.deletedAt.isNull() && before.areaId == tally.areaId
        && before.openOpportunities == tally.openOpportunities
        && before.openTasks == tally.openTasks;
    tally.rowVer = before.rowVer;
    tally.createdAt = before.createdAt;
    // A removed line comes back.
    return same ? Result<>() : context.tx.replaceRow(info, *stored, toRow(tally));
}

Result<> refreshTallies(Consequence &consequence)
{
    for (const QString &account : concernedAccounts(consequence.context, countedFields())) {
        if (auto done = refreshTallyOf(consequence.context, RecordId(account)); !done)
            return done;
    }
    return {};
}

} // namespace keydesk
