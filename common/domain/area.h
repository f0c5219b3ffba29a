#pragma once

#include "schema/schema.h"

namespace keydesk {

enum class AreaLevel { Local, Province, Group };
template <>
struct EnumTable<AreaLevel>
{
    static constexpr EnumKey keys[] = {
        {"local", {"本地网", "Local network"}},
        {"province", {"省公司", "Province"}},
        {"group", {"集团公司", "Group"}},
    };
};

// A place in the operator's own order: group, province, local network. Customers and people belong
// to one; a right over a province means its local networks.
struct Area : Record
{
    QString code;
    QString name;
    QString pinyin;
    AreaLevel level = AreaLevel::Local;
    Ref<Area> parentId;
    QStringList aliases; // other spellings that imports bring
    bool active = true;
};

template <>
struct Schema<Area>
{
    using enum FieldFlag;
    static constexpr auto table = "area";
    static constexpr Label label{"本地网", "Area"};
    static constexpr FieldTable fields{
        Field{"code", &Area::code, {"区域编码", "Area code"}, Required | Searchable | BusinessKey},
        Field{"name", &Area::name, {"区域名称", "Area name"}, Required | Searchable},
        Field{"pinyin", &Area::pinyin, {"拼音首字母", "Pinyin initials"}, ServerOwned | Hidden},
        Field{"level", &Area::level, {"区域级别", "Area level"}, Required},
        Field{"parent_id", &Area::parentId, {"上级区域", "Parent area"}},
        Field{"aliases", &Area::aliases, {"别名", "Other names"}, Searchable},
        Field{"active", &Area::active, {"启用", "In use"}},
    };
    static constexpr BucketColumn buckets[] = {{"ref"}};
};

} // namespace keydesk
