#pragma once

#include "schema/schema.h"

namespace keydesk {

struct Account;
struct Area;

// What is open with a customer, in numbers: what a seat may know of it offline, beside the caller
// cards of its directory. A line of its own, because it changes with every opportunity and task,
// and a customer has a card for each number. No line means nothing was ever open. Written by the
// server alone.
struct AccountTally : Record
{
    Ref<Area> areaId;
    Ref<Account> accountId;
    int openOpportunities = 0;
    int openTasks = 0;

    /// The id of a customer's line.
    static RecordId idOf(const RecordId &account) { return RecordId::derive(account, tallyPart); }

private:
    static constexpr int tallyPart = 1000; // far above the parts of its caller cards
};

template <>
struct Schema<AccountTally>
{
    using enum FieldFlag;
    using T = AccountTally;
    static constexpr auto table = "account_tally";
    static constexpr Label label{"客户在办数", "Customer's open items"};
    static constexpr FieldTable fields{
        Field{"area_id", &T::areaId, {"本地网", "Area"}, ServerOwned},
        Field{"account_id", &T::accountId, {"所属客户", "Account"}, Required | ServerOwned},
        Field{"open_opportunities", &T::openOpportunities, {"在途商机数", "Open opportunities"}, ServerOwned},
        Field{"open_tasks", &T::openTasks, {"待办任务数", "Open tasks"}, ServerOwned},
    };
    static constexpr BucketColumn buckets[] = {{"directory", "area_id"}};
};

} // namespace keydesk
