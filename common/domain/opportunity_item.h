#pragma once

#include "schema/schema.h"

namespace keydesk {

struct Account;
struct AccountSite;
struct Area;
struct Opportunity;
struct ProductOffering;

enum class ItemAction { Open, Change, Renew, Cancel, AddMember, RemoveMember };
template <>
struct EnumTable<ItemAction>
{
    static constexpr EnumKey keys[] = {
        {"open", {"新装", "Open"}},
        {"change", {"变更", "Change"}},
        {"renew", {"续约", "Renew"}},
        {"cancel", {"注销", "Cancel"}},
        {"add_member", {"增加成员", "Add members"}},
        {"remove_member", {"删除成员", "Remove members"}},
    };
};

// One product of an opportunity, with its price and the resources it needs.
struct OpportunityItem : Record
{
    Ref<Opportunity> opportunityId;
    // Copies of the opportunity's columns, so that the item lies in the same buckets; the commands
    // that move the opportunity keep them equal.
    Ref<Account> accountId;
    Ref<Area> areaId;
    Ref<Staff> ownerId; // who holds it: the owner, until then the assignee
    Ref<Staff> capturedBy;
    Ref<ProductOffering> productId;
    ItemAction action = ItemAction::Open;
    int quantity = 1;
    Money monthlyFen; // for the whole quantity
    Money oneOffFen;
    BasisPoints discountBp;
    int termMonths = 12;
    Ref<AccountSite> siteId;
    QString resources; // client IP, port, numbers: a JSON object (domain E5)
    int position = 0;
    QString remarks;
};

template <>
struct Schema<OpportunityItem>
{
    using enum FieldFlag;
    using I = OpportunityItem;
    static constexpr auto table = "opportunity_item";
    static constexpr Label label{"商机明细", "Opportunity item"};
    static constexpr FieldTable fields{
        Field{"opportunity_id", &I::opportunityId, {"所属商机", "Opportunity"}, Required},
        Field{"account_id", &I::accountId, {"所属客户", "Account"}, ServerOwned},
        Field{"area_id", &I::areaId, {"本地网", "Area"}, ServerOwned},
        Field{"owner_id", &I::ownerId, {"处理人", "Held by"}, ServerOwned},
        Field{"captured_by", &I::capturedBy, {"采集人", "Captured by"}, ServerOwned},
        Field{"product_id", &I::productId, {"产品", "Product"}, Required},
        Field{"action", &I::action, {"办理类型", "Action"}},
        Field{"quantity", &I::quantity, {"数量", "Quantity"}},
        Field{"monthly_fen", &I::monthlyFen, {"月费", "Monthly fee"}, Confidential},
        Field{"one_off_fen", &I::oneOffFen, {"一次性费用", "One-off fee"}, Confidential},
        Field{"discount_bp", &I::discountBp, {"折扣率", "Discount"}, Confidential},
        Field{"term_months", &I::termMonths, {"协议期（月）", "Term in months"}},
        Field{"site_id", &I::siteId, {"安装地址", "Site"}},
        Field{"resources", &I::resources, {"资源信息", "Resources"}, Json},
        Field{"position", &I::position, {"排序", "Order"}},
        Field{"remarks", &I::remarks, {"备注", "Remarks"}, Long, Merge::LastWriter},
    };
    static constexpr BucketColumn buckets[] = {
        {"acct", "account_id"}, {"area", "area_id"}, {"user", "owner_id"}, {"watch", "captured_by"}};
};

} // namespace keydesk
