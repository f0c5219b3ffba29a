#pragma once

#include "schema/schema.h"

namespace keydesk {

struct Account;
struct Area;

enum class AssignmentRole {
    MainAm,
    Deputy,
    ServiceManager,
    TeleAm,
    Agent,
    IndustryManager,
    ChiefRep,
    Specialist,
};
template <>
struct EnumTable<AssignmentRole>
{
    static constexpr EnumKey keys[] = {
        {"main_am", {"主客户经理", "Main account manager"}},
        {"deputy", {"副客户经理", "Deputy"}},
        {"service_manager", {"服务经理", "Service manager"}},
        {"tele_am", {"电话客户经理", "Telephone account manager"}},
        {"agent", {"核心代理商", "Core agent"}},
        {"industry_manager", {"行业经理", "Industry manager"}},
        {"chief_rep", {"首席客户代表", "Chief representative"}},
        {"specialist", {"客户专员", "Specialist"}},
    };
};

// Who looks after a customer, in which role, from when until when. It grants the customer to that
// person. At any day an account has at most one main account manager. Ended, never deleted.
struct Assignment : Record
{
    Ref<Account> accountId;
    Ref<Area> areaId;
    Ref<Staff> staffId;
    AssignmentRole role = AssignmentRole::MainAm;
    QDate validFrom;
    QDate validUntil; // the last day; none: until further notice
    QString reason;

    /// Whether it holds on that day.
    bool isCurrent(const QDate &on) const
    {
        return (!validFrom.isValid() || validFrom <= on)
            && (!validUntil.isValid() || on <= validUntil);
    }
};

template <>
struct Schema<Assignment>
{
    using enum FieldFlag;
    using A = Assignment;
    static constexpr auto table = "assignment";
    static constexpr Label label{"客户归属", "Assignment"};
    static constexpr FieldTable fields{
        Field{"account_id", &A::accountId, {"所属客户", "Account"}, Required | ServerOwned},
        Field{"area_id", &A::areaId, {"本地网", "Area"}, ServerOwned},
        Field{"staff_id", &A::staffId, {"负责人员", "Person"}, Required | ServerOwned},
        Field{"role", &A::role, {"归属角色", "Role"}, Required | ServerOwned},
        Field{"valid_from", &A::validFrom, {"生效日期", "From"}, ServerOwned},
        Field{"valid_until", &A::validUntil, {"终止日期", "Until"}, ServerOwned},
        Field{"reason", &A::reason, {"变更原因", "Reason"}, {}, Merge::LastWriter},
    };
    static constexpr BucketColumn buckets[] = {
        {"acct", "account_id"}, {"area", "area_id"}, {"user", "staff_id"}};
};

} // namespace keydesk
