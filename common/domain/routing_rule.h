#pragma once

#include "schema/schema.h"

namespace keydesk {

struct Team;

// Where a matching rule sends an opportunity (domain D1).
enum class RoutingTarget { TeamQueue, OwnerAm, CoreAgent, TeleAmCopy, Person };
template <>
struct EnumTable<RoutingTarget>
{
    static constexpr EnumKey keys[] = {
        {"team_queue", {"团队队列", "Team queue"}},
        {"owner_am", {"负责客户经理", "Responsible account manager"}},
        {"core_agent", {"核心代理商", "Core agent"}},
        {"tele_am_copy", {"电话客户经理双重覆盖", "Copy to the telephone manager"}},
        {"person", {"指定人员", "A named person"}},
    };
};

// One line of the ordered list that routes opportunities: the first active rule whose condition
// holds decides. A "tele_am_copy" rule decides nothing: it names the follower and routing goes on.
// The last rule has no condition and leads to the operations centre.
//
// The condition is a JSON object; all its members must hold, {} always does:
// rules/routing_condition.h has the table of what may be asked.
struct RoutingRule : Record
{
    QString code;
    QString name;
    QString englishName; // shown to those who read English; empty: the name
    int position = 0;
    bool active = true;
    QDate validFrom; // first and last day in force; none: without limit
    QDate validUntil;
    QString condition; // JSON, as above
    /// What a refusal calls it.
    static constexpr Label conditionLabel{"匹配条件", "Condition"};
    RoutingTarget target = RoutingTarget::TeamQueue;
    Ref<Team> teamId;  // team_queue: the queue; none: the operations centre of the area
    Ref<Staff> staffId; // person
    // Working hours of the claim clock by value class (domain C5)
    int claimHoursA = 2;
    int claimHoursB = 4;
    int claimHoursOther = 8;
    int contactHoursA = 4;
    int contactHoursB = 8;
    int contactHoursOther = 16;
    QString description;

    /// Whether it is asked at all on this day.
    bool isInForce(const QDate &today) const
    {
        return active && (!validFrom.isValid() || validFrom <= today)
            && (!validUntil.isValid() || today <= validUntil);
    }
};

template <>
struct Schema<RoutingRule>
{
    using enum FieldFlag;
    using R = RoutingRule;
    static constexpr auto table = "routing_rule";
    static constexpr Label label{"分派规则", "Routing rule"};
    static constexpr FieldTable fields{
        Field{"code", &R::code, {"规则编码", "Rule code"}, Required | Searchable | BusinessKey},
        Field{"name", &R::name, {"规则名称", "Rule name"}, Required | Searchable},
        Field{"english_name", &R::englishName, {"英文名称", "English name"}, Searchable},
        Field{"position", &R::position, {"顺序", "Order"}, Required}.within(1, 1'000'000),
        Field{"active", &R::active, {"启用", "In use"}},
        Field{"valid_from", &R::validFrom, {"生效日期", "In force from"}},
        Field{"valid_until", &R::validUntil, {"失效日期", "In force until"}},
        Field{"condition", &R::condition, R::conditionLabel, Json},
        Field{"target", &R::target, {"分派去向", "Target"}, Required},
        Field{"team_id", &R::teamId, {"目标队列", "Queue"}},
        Field{"staff_id", &R::staffId, {"目标人员", "Person"}},
        Field{"claim_hours_a", &R::claimHoursA, {"价值A认领时限（工时）", "Claim hours, value A"}}.within(1, 240),
        Field{"claim_hours_b", &R::claimHoursB, {"价值B认领时限（工时）", "Claim hours, value B"}}.within(1, 240),
        Field{"claim_hours_other", &R::claimHoursOther, {"其他认领时限（工时）", "Claim hours, others"}}.within(1, 240),
        Field{"contact_hours_a", &R::contactHoursA, {"价值A首联时限（工时）", "First contact hours, value A"}}.within(1, 240),
        Field{"contact_hours_b", &R::contactHoursB, {"价值B首联时限（工时）", "First contact hours, value B"}}.within(1, 240),
        Field{"contact_hours_other", &R::contactHoursOther, {"其他首联时限（工时）", "First contact hours, others"}}.within(1, 240),
        Field{"description", &R::description, {"规则说明", "Description"}, Long},
    };
    static constexpr BucketColumn buckets[] = {{"ref"}};
};

} // namespace keydesk
