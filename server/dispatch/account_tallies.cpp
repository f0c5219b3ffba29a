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

AccountTally tallyOf(const Account &account, const OpenWork &open)
{
    AccountTally tally;
    tally.id = AccountTally::idOf(account.id);
    tally.accountId = account.id;
    tally.areaId = account.areaId;
    tally.openOpportunities = open.opportunities;
    tally.openTasks = open.tasks;
    return tally;
}

} // namespace

Result<> refreshTallyOf(CommandContext &context, const RecordId &customer, OpenWorkCounts *counts)
{
    const EntityInfo &info = context.tx.info<AccountTally>();
    const auto account = context.tx.find<Account>(customer);
    const auto stored = context.tx.findEver(info, AccountTally::idOf(customer));
    if (!account) {
        const bool living = stored && (*stored)[common_column::DeletedAt].isNull();
        return living ? context.tx.removeRow(info, AccountTally::idOf(customer), context.now())
                      : Result<>();
    }
    // Written first, so that it is counted.
    Database &database = context.tx.store().database();
    AccountTally tally = tallyOf(*account,
                                 counts ? counts->of(customer) : readOpenWork(database, customer));
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
        if (auto done = refreshTallyOf(consequence.context, RecordId(account),
                                       &consequence.memory.openWork);
            !done)
            return done;
    }
    return {};
}

} // namespace keydesk
