#pragma once

#include "domain/custody.h"
#include "schema/schema.h"

namespace keydesk {

struct Account;
struct Area;
struct Opportunity;
struct RoutingRule;
struct Team;
struct Transfer;

// Why an opportunity went where it went: the rule, everybody considered and why each was refused
// (domain D5). Never changed.
struct RoutingDecision : Record
{
    Ref<Opportunity> opportunityId;
    // See OpportunityItem: copies that place the row in the opportunity's buckets.
    Ref<Account> accountId;
    Ref<Area> areaId;
    Ref<Staff> ownerId;
    Ref<Staff> capturedBy;
    Ref<Transfer> transferId;
    Ref<RoutingRule> ruleId; // none: a dispatcher decided
    QString ruleName; // as the rule was called then
    QString ruleEnglishName;
    QString facts;      // JSON object: what the conditions were tested against
    QString candidates; // JSON array of {staff, name, load, capacity, rejected}
    Ref<Staff> chosenStaffId;
    Ref<Team> chosenQueueId;
    Ref<Staff> copyStaffId;
    CustodyReason rejectedReason = CustodyReason::None; // why nobody was chosen
    bool bySystem = true;
    Instant decidedAt;
};

template <>
struct Schema<RoutingDecision>
{
    using enum FieldFlag;
    using D = RoutingDecision;
    static constexpr auto table = "routing_decision";
    static constexpr Label label{"分派记录", "Routing decision"};
    static constexpr FieldTable fields{
        Field{"opportunity_id", &D::opportunityId, {"所属商机", "Opportunity"}, Required | ServerOwned},
        Field{"account_id", &D::accountId, {"所属客户", "Account"}, ServerOwned},
        Field{"area_id", &D::areaId, {"本地网", "Area"}, ServerOwned},
        Field{"owner_id", &D::ownerId, {"处理人", "Held by"}, ServerOwned},
        Field{"captured_by", &D::capturedBy, {"采集人", "Captured by"}, ServerOwned},
        Field{"transfer_id", &D::transferId, {"对应转移", "Transfer"}, ServerOwned},
        Field{"rule_id", &D::ruleId, {"命中规则", "Rule"}, ServerOwned},
        Field{"rule_name", &D::ruleName, {"命中规则名称", "Rule name"}, ServerOwned},
        Field{"rule_english_name", &D::ruleEnglishName, {"命中规则英文名称", "English rule name"}, ServerOwned},
        Field{"facts", &D::facts, {"判断依据", "Facts"}, ServerOwned | Json},
        Field{"candidates", &D::candidates, {"候选人", "Candidates"}, ServerOwned | Json},
        Field{"chosen_staff_id", &D::chosenStaffId, {"选定人员", "Chosen"}, ServerOwned},
        Field{"chosen_queue_id", &D::chosenQueueId, {"选定队列", "Chosen queue"}, ServerOwned},
        Field{"copy_staff_id", &D::copyStaffId, {"双重覆盖", "Also covered by"}, ServerOwned},
        Field{"rejected_reason", &D::rejectedReason, {"未分派原因", "Why not dispatched"}, ServerOwned},
        Field{"by_system", &D::bySystem, {"系统分派", "By the system"}, ServerOwned},
        Field{"decided_at", &D::decidedAt, {"分派时间", "Decided at"}, ServerOwned},
    };
    static constexpr BucketColumn buckets[] = {
        {"acct", "account_id"}, {"area", "area_id"}, {"user", "owner_id"}, {"watch", "captured_by"}};
};

} // namespace keydesk
