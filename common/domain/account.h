#pragma once

#include "domain/levels.h"
#include "schema/schema.h"

namespace keydesk {

struct Area;
struct Industry;
struct Team;

enum class AccountStatus { Potential, Active, AtRisk, Lost };
template <>
struct EnumTable<AccountStatus>
{
    static constexpr EnumKey keys[] = {
        {"potential", {"潜在", "Potential"}},
        {"active", {"在网", "Active"}},
        {"at_risk", {"有流失风险", "At risk"}},
        {"lost", {"已流失", "Lost"}},
    };
};

// What the spend figure stands for: all telecom spend, or ours when that is not known (domain A3).
enum class SpendBasis { TotalTelecom, OwnRevenue };
template <>
struct EnumTable<SpendBasis>
{
    static constexpr EnumKey keys[] = {
        {"total_telecom", {"全部电信支出", "All telecom spend"}},
        {"own_revenue", {"本公司收入", "Our revenue"}},
    };
};

// Why a customer without the spend counts as a potential key account (domain A7).
enum class PotentialReason { IndustryLeader, GovPartyMilitary, Influencer, Strategic };
template <>
struct EnumTable<PotentialReason>
{
    static constexpr EnumKey keys[] = {
        {"industry_leader", {"行业领先", "Industry leader"}},
        {"gov_party_military", {"党政军", "Party, government, military"}},
        {"influencer", {"影响其他客户", "Influences others"}},
        {"strategic", {"战略客户", "Strategic"}},
    };
};

enum class Segment { Sme, Large };
template <>
struct EnumTable<Segment>
{
    static constexpr EnumKey keys[] = {
        {"sme", {"中小客户", "Small or medium"}},
        {"large", {"大客户", "Large"}},
    };
};

enum class Ownership { Unknown, StateCentral, StateLocal, Private, Foreign, Public, PartyGov, Military };
template <>
struct EnumTable<Ownership>
{
    static constexpr EnumKey keys[] = {
        {"unknown", {"未知", "Not known"}},
        {"state_central", {"中央企业", "Central state-owned"}},
        {"state_local", {"地方国企", "Local state-owned"}},
        {"private", {"民营企业", "Private"}},
        {"foreign", {"外资企业", "Foreign-owned"}},
        {"public", {"事业单位", "Public institution"}},
        {"party_gov", {"党政机关", "Party or government body"}},
        {"military", {"军警", "Military or police"}},
    };
};

enum class CreditGrade { Unrated, A, B, C, D };
template <>
struct EnumTable<CreditGrade>
{
    static constexpr EnumKey keys[] = {
        {"unrated", {"未评级", "Not rated"}},
        {"a", {"信用A", "Credit A"}},
        {"b", {"信用B", "Credit B"}},
        {"c", {"信用C", "Credit C"}},
        {"d", {"信用D", "Credit D"}},
    };
};

// A customer, or an organisation that may become one: the unified file that outlives every manager
// (domain A1). Holds no person; those are Contacts and Assignments.
struct Account : Record
{
    QString groupCode; // 集团编码, the key of the billing system; empty until it has one
    QString name;
    QString shortName;
    QString englishName;
    QString pinyin;
    QString uscc; // unified social credit code
    Ref<Industry> industryId;
    Ref<Area> areaId;
    Ref<Account> parentId;
    AccountStatus status = AccountStatus::Potential;
    // Levels
    ValueClass valueClass = ValueClass::Potential;
    MgmtTier mgmtTier = MgmtTier::None;
    ServiceLevel serviceLevel = ServiceLevel::None; // as granted
    ServiceLevel requestedLevel = ServiceLevel::None;
    bool nationalKa = false;
    Codes<PotentialReason> potentialReason;
    QString potentialNote;
    Segment segment = Segment::Sme;
    // The eight characteristics of a big customer
    Money spendMonthFen;
    SpendBasis spendBasis = SpendBasis::OwnRevenue;
    Money ownRevenueMonthFen;
    QString spendTrend;
    int customerCount = 0;
    int branches = 0;
    Money turnoverFen; // a year
    BasisPoints growthBp;
    BasisPoints whiteCollarBp;
    int leasedLines = 0;
    QDate coopSince;
    // Supplementary
    int employees = 0;
    Ownership ownership = Ownership::Unknown;
    QDate foundedOn;
    QString address;
    QString phone;
    QString website;
    QString businessScope;
    QString competitorNote;
    // Credit
    CreditGrade creditGrade = CreditGrade::Unrated;
    Money creditLimitFen;
    bool noSuspension = false;
    // Kept by commands
    Ref<Staff> ownerStaffId; // the current main account manager: the "AM flag" of S2
    Ref<Team> ownerTeamId;
    Instant lastContactAt;
    QStringList tags;
    QString remarks;
};

template <>
struct Schema<Account>
{
    using enum FieldFlag;
    using A = Account;
    static constexpr auto table = "account";
    static constexpr Label label{"客户", "Account"};
    static constexpr FieldTable fields{
        Field{"group_code", &A::groupCode, {"集团编码", "Group code"}, Searchable | BusinessKey},
        Field{"name", &A::name, {"客户名称", "Name"}, Required | Searchable},
        Field{"short_name", &A::shortName, {"简称", "Short name"}, Searchable},
        Field{"english_name", &A::englishName, {"英文名称", "English name"}, Searchable},
        Field{"pinyin", &A::pinyin, {"拼音首字母", "Pinyin initials"}, ServerOwned | Hidden},
        Field{"uscc", &A::uscc, {"统一社会信用代码", "Credit code (USCC)"}, Searchable}.within(18, 18),
        Field{"industry_id", &A::industryId, {"行业", "Industry"}},
        Field{"area_id", &A::areaId, {"本地网", "Area"}},
        Field{"parent_id", &A::parentId, {"上级单位", "Parent organisation"}},
        Field{"status", &A::status, {"客户状态", "Status"}},
        Field{"value_class", &A::valueClass, {"价值分类", "Value class"}, ServerOwned},
        Field{"mgmt_tier", &A::mgmtTier, {"管理级别", "Management tier"}, ServerOwned},
        Field{"service_level", &A::serviceLevel, {"服务星级", "Service star"}, ServerOwned},
        Field{"requested_level", &A::requestedLevel, {"客户申请星级", "Star requested"}},
        Field{"national_ka", &A::nationalKa, {"全国大客户", "National key account"}, ServerOwned},
        Field{"potential_reason", &A::potentialReason, {"潜在大客户原因", "Why potential"}},
        Field{"potential_note", &A::potentialNote, {"潜力说明", "Note on potential"}, Long, Merge::Append},
        Field{"segment", &A::segment, {"客户规模", "Segment"}},
        Field{"spend_month_fen", &A::spendMonthFen, {"月均消费", "Spend a month"}, Confidential},
        Field{"spend_basis", &A::spendBasis, {"消费口径", "Spend basis"}},
        Field{"own_revenue_month_fen", &A::ownRevenueMonthFen, {"本公司月收入", "Our revenue a month"}, Confidential},
        Field{"spend_trend", &A::spendTrend, {"消费走势", "Spend trend"}, ServerOwned | Hidden | Confidential | Json},
        Field{"customer_count", &A::customerCount, {"服务客户数", "Customers served"}},
        Field{"branches", &A::branches, {"分支机构数", "Branches"}},
        Field{"turnover_fen", &A::turnoverFen, {"年营业额", "Turnover a year"}, Confidential},
        Field{"growth_bp", &A::growthBp, {"营业额增长率", "Turnover growth"}}.within(-10'000, 1'000'000),
        Field{"white_collar_bp", &A::whiteCollarBp, {"白领比例", "White-collar share"}},
        Field{"leased_lines", &A::leasedLines, {"专线及出租网元数", "Leased lines"}},
        Field{"coop_since", &A::coopSince, {"合作起始日期", "Customer since"}},
        Field{"employees", &A::employees, {"员工人数", "Employees"}},
        Field{"ownership", &A::ownership, {"单位性质", "Ownership"}},
        Field{"founded_on", &A::foundedOn, {"成立日期", "Founded"}},
        Field{"address", &A::address, {"单位地址", "Address"}},
        Field{"phone", &A::phone, {"总机", "Switchboard"}, Phone | Searchable | Personal},
        Field{"website", &A::website, {"网址", "Website"}},
        Field{"business_scope", &A::businessScope, {"主营业务", "Line of business"}, Long, Merge::LastWriter},
        Field{"competitor_note", &A::competitorNote, {"竞争信息", "Competitors"}, Long, Merge::Append},
        Field{"credit_grade", &A::creditGrade, {"信用等级", "Credit grade"}},
        Field{"credit_limit_fen", &A::creditLimitFen, {"信用额度", "Credit limit"}, Confidential},
        Field{"no_suspension", &A::noSuspension, {"高信用不停机", "Never suspended"}},
        Field{"owner_staff_id", &A::ownerStaffId, {"主客户经理", "Main account manager"}, ServerOwned},
        Field{"owner_team_id", &A::ownerTeamId, {"负责团队", "Responsible team"}, ServerOwned},
        Field{"last_contact_at", &A::lastContactAt, {"最近接触时间", "Last contact"}, ServerOwned},
        Field{"tags", &A::tags, {"标签", "Tags"}, {}, Merge::LastWriter},
        Field{"remarks", &A::remarks, {"备注", "Remarks"}, Long, Merge::LastWriter},
    };
    static constexpr BucketColumn buckets[] = {{"acct", "id"}, {"area", "area_id"}};
};

} // namespace keydesk
