#pragma once

#include "schema/schema.h"

namespace keydesk {

enum class TagColour { Grey, Blue, Green, Yellow, Orange, Red, Purple };
template <>
struct EnumTable<TagColour>
{
    static constexpr EnumKey keys[] = {
        {"grey", {"灰", "Grey"}},
        {"blue", {"蓝", "Blue"}},
        {"green", {"绿", "Green"}},
        {"yellow", {"黄", "Yellow"}},
        {"orange", {"橙", "Orange"}},
        {"red", {"红", "Red"}},
        {"purple", {"紫", "Purple"}},
    };
};

// A word that people may hang on records; records keep the words themselves, so that renaming a tag
// rewrites nothing.
struct Tag : Record
{
    QString name;
    TagColour colour = TagColour::Grey;
    QStringList appliesTo; // entity names; none means all
    QString description;
    bool active = true;
};

template <>
struct Schema<Tag>
{
    using enum FieldFlag;
    static constexpr auto table = "tag";
    static constexpr Label label{"标签", "Tag"};
    static constexpr FieldTable fields{
        Field{"name", &Tag::name, {"标签名称", "Tag name"}, Required | Searchable | BusinessKey},
        Field{"colour", &Tag::colour, {"颜色", "Colour"}},
        Field{"applies_to", &Tag::appliesTo, {"适用对象", "Applies to"}},
        Field{"description", &Tag::description, {"标签说明", "Meaning"}},
        Field{"active", &Tag::active, {"启用", "In use"}},
    };
    static constexpr BucketColumn buckets[] = {{"ref"}};
};

} // namespace keydesk
