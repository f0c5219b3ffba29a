#pragma once

#include "schema/schema.h"

namespace keydesk {

struct Area;
struct Channel;
struct Industry;
struct Staff;

enum class TeamKind { Sales, Tele, Hotline, Hall, Partner, OperationsCentre, Station, Management };
template <>
struct EnumTable<TeamKind>
{
    static constexpr EnumKey keys[] = {
        {"sales", {"客户经理团队", "Sales team"}},
        {"tele", {"电话客户经理团队", "Telephone team"}},
        {"hotline", {"热线班组", "Hotline team"}},
        {"hall", {"服营厅班组", "Service hall team"}},
        {"partner", {"社会渠道团队", "Partner team"}},
        {"operations_centre", {"运营中心", "Operations centre"}},
        {"station", {"工位", "Station"}},
        {"management", {"管理部门", "Management"}},
    };
};

// What a sales force is cut by (domain A14).
enum class TeamAxis { Area, Industry, Account };
template <>
struct EnumTable<TeamAxis>
{
    static constexpr EnumKey keys[] = {
        {"area", {"按区域", "By area"}},
        {"industry", {"按行业", "By industry"}},
        {"account", {"按客户", "By account"}},
    };
};

// People who work together. A team with a queue also holds work that nobody in it has claimed yet.
struct Team : Record
{
    QString code;
    QString name;
    QString pinyin;
    TeamKind kind = TeamKind::Sales;
    TeamAxis axis = TeamAxis::Area;
    Ref<Area> areaId;
    Ref<Industry> industryId;
    Ref<Channel> channelId;
    Ref<Team> parentId;
    Ref<Staff> leaderId;
    bool hasQueue = false;
    bool active = true;
};

template <>
struct Schema<Team>
{
    using enum FieldFlag;
    static constexpr auto table = "team";
    static constexpr Label label{"团队", "Team"};
    static constexpr FieldTable fields{
        Field{"code", &Team::code, {"团队编码", "Team code"}, Required | Searchable | BusinessKey},
        Field{"name", &Team::name, {"团队名称", "Team name"}, Required | Searchable},
        Field{"pinyin", &Team::pinyin, {"拼音首字母", "Pinyin initials"}, ServerOwned | Hidden},
        Field{"kind", &Team::kind, {"团队类型", "Team kind"}, Required},
        Field{"axis", &Team::axis, {"划分方式", "Organised by"}},
        Field{"area_id", &Team::areaId, {"本地网", "Area"}},
        Field{"industry_id", &Team::industryId, {"行业", "Industry"}},
        Field{"channel_id", &Team::channelId, {"渠道", "Channel"}},
        Field{"parent_id", &Team::parentId, {"上级团队", "Parent team"}},
        Field{"leader_id", &Team::leaderId, {"负责人", "Leader"}},
        Field{"has_queue", &Team::hasQueue, {"设有队列", "Has a queue"}},
        Field{"active", &Team::active, {"启用", "In use"}},
    };
    static constexpr BucketColumn buckets[] = {{"ref"}};
};

} // namespace keydesk
