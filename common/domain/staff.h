#pragma once

#include "schema/schema.h"

namespace keydesk {

struct Area;
struct Team;
struct Channel;

// The only list of roles (domain.md, section 0); one person may have several.
enum class Role {
    AccountManager,
    TeleManager,
    PartnerAgent,
    HallClerk,
    HotlineAgent,
    TechSeat,
    Dispatcher,
    StationManager,
    StationWorker,
    Supervisor,
    DeptManager,
    FinanceManager,
    Executive,
    ItSupport,
    Administrator,
};
template <>
struct EnumTable<Role>
{
    static constexpr EnumKey keys[] = {
        {"account_manager", {"客户经理", "Account manager"}},
        {"tele_manager", {"电话客户经理", "Telephone account manager"}},
        {"partner_agent", {"社会渠道", "Partner agent"}},
        {"hall_clerk", {"服营厅", "Service hall clerk"}},
        {"hotline_agent", {"热线坐席", "Hotline agent"}},
        {"tech_seat", {"技术坐席", "Technical seat"}},
        {"dispatcher", {"运营中心调度", "Dispatcher"}},
        {"station_manager", {"工位经理", "Station manager"}},
        {"station_worker", {"工位执行人", "Station worker"}},
        {"supervisor", {"主管", "Supervisor"}},
        {"dept_manager", {"部门经理", "Department manager"}},
        {"finance_manager", {"财务经理", "Finance manager"}},
        {"executive", {"分管领导", "Executive"}},
        {"it_support", {"IT支持", "IT support"}},
        {"administrator", {"系统管理员", "Administrator"}},
    };
};

enum class StaffStatus { Active, Disabled };
template <>
struct EnumTable<StaffStatus>
{
    static constexpr EnumKey keys[] = {
        {"active", {"在岗", "Active"}},
        {"disabled", {"停用", "Disabled"}},
    };
};

/// Roles whose channel sells and serves, so that they may own an opportunity (S2, section 6.1).
inline constexpr Role sellingRoles[] = {Role::AccountManager, Role::TeleManager,
                                        Role::PartnerAgent};

// A person who works with Keydesk. Holds no password: credentials never leave the server.
struct Staff : Record
{
    QString code; // staff number, what one signs in with
    QString name;
    QString pinyin;
    Codes<Role> roles;
    StaffStatus status = StaffStatus::Active;
    Ref<Area> areaId;
    Ref<Team> teamId;
    Ref<Channel> channelId;
    QString station;
    QString phone;
    QString email;
    QStringList skills; // product codes and families this person sells or serves
    int capacity = 20;  // open items, weighted [J: domain.md D4]
    QDate absentFrom;
    QDate absentUntil;
    Ref<Staff> deputyId;
};

template <>
struct Schema<Staff>
{
    using enum FieldFlag;
    static constexpr auto table = "staff";
    static constexpr Label label{"员工", "Staff"};
    static constexpr FieldTable fields{
        Field{"code", &Staff::code, {"工号", "Staff no."}, FieldFlags(Required) | Searchable | BusinessKey},
        Field{"name", &Staff::name, {"姓名", "Name"}, FieldFlags(Required) | Searchable},
        Field{"pinyin", &Staff::pinyin, {"拼音首字母", "Pinyin initials"}, FieldFlags(ServerOwned) | Hidden},
        Field{"roles", &Staff::roles, {"角色", "Roles"}, Required},
        Field{"status", &Staff::status, {"状态", "Status"}, ServerOwned},
        Field{"area_id", &Staff::areaId, {"本地网", "Area"}},
        Field{"team_id", &Staff::teamId, {"团队", "Team"}},
        Field{"channel_id", &Staff::channelId, {"渠道", "Channel"}},
        Field{"station", &Staff::station, {"工位", "Station"}},
        Field{"phone", &Staff::phone, {"电话", "Phone"}, Phone},
        Field{"email", &Staff::email, {"邮箱", "E-mail"}},
        Field{"skills", &Staff::skills, {"技能", "Skills"}},
        Field{"capacity", &Staff::capacity, {"容量", "Capacity"}},
        Field{"absent_from", &Staff::absentFrom, {"缺勤自", "Absent from"}},
        Field{"absent_until", &Staff::absentUntil, {"缺勤至", "Absent until"}},
        Field{"deputy_id", &Staff::deputyId, {"代理人", "Deputy"}},
    };
    static constexpr BucketColumn buckets[] = {{"ref"}};
};

} // namespace keydesk
