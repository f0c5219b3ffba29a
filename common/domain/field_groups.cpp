#include "domain/field_groups.h"

namespace keydesk {

namespace {

// domain.md 4.1
constexpr FieldGroup accountGroups[] = {
    {"group_code", {"基本资料", "Basics"}},
    {"value_class", {"级别", "Levels"}},
    {"spend_month_fen", {"大客户特征", "What makes it a key account"}},
    {"employees", {"补充资料", "More about it"}},
    {"credit_grade", {"信用", "Credit"}},
    {"owner_staff_id", {"归属与维护", "Care"}},
};
constexpr FieldGroup staffGroups[] = {
    {"code", {"身份与角色", "Person and roles"}},
    {"area_id", {"归属", "Where they work"}},
    {"phone", {"联系方式", "Contact"}},
    {"skills", {"承接能力", "What they take on"}},
    {"absent_from", {"缺勤与代理", "Absence and deputy"}},
};
constexpr FieldGroup ruleGroups[] = {
    {"code", {"规则", "Rule"}},
    {"condition", {"匹配条件", "Condition"}},
    {"target", {"分派去向", "Target"}},
    {"claim_hours_a", {"认领与首联时限", "Claim and first contact"}},
    {"description", {"说明", "Description"}},
};

} // namespace

std::span<const FieldGroup> groupsOf(const EntityInfo &entity)
{
    if (entity.name() == QLatin1StringView("account"))
        return accountGroups;
    if (entity.name() == QLatin1StringView("staff"))
        return staffGroups;
    if (entity.name() == QLatin1StringView("routing_rule"))
        return ruleGroups;
    return {};
}

const FieldGroup *groupOf(const EntityInfo &entity, const QString &field)
{
    const FieldGroup *group = nullptr;
    for (const FieldGroup &one : groupsOf(entity)) {
        if (entity.indexOf(QString::fromLatin1(one.firstField)) <= entity.indexOf(field))
            group = &one;
    }
    return group;
}

} // namespace keydesk
