#pragma once

#include "schema/schema.h"

namespace keydesk {

// A branch of the economy; two levels. Sales teams, routing and the search for potential key
// accounts go by it.
struct Industry : Record
{
    QString code;
    QString name;
    QString pinyin;
    Ref<Industry> parentId;
    int potentialTopN = 10; // rank that makes a potential key account (domain A7) [J]
    QStringList aliases;    // other spellings that imports bring
    bool active = true;
};

template <>
struct Schema<Industry>
{
    using enum FieldFlag;
    static constexpr auto table = "industry";
    static constexpr Label label{"行业", "Industry"};
    static constexpr FieldTable fields{
        Field{"code", &Industry::code, {"行业编码", "Industry code"}, Required | Searchable | BusinessKey},
        Field{"name", &Industry::name, {"行业名称", "Industry name"}, Required | Searchable},
        Field{"pinyin", &Industry::pinyin, {"拼音首字母", "Pinyin initials"}, ServerOwned | Hidden},
        Field{"parent_id", &Industry::parentId, {"上级行业", "Parent industry"}},
        Field{"potential_top_n", &Industry::potentialTopN, {"潜力排名上限", "Potential rank limit"}},
        Field{"aliases", &Industry::aliases, {"别名", "Other names"}, Searchable},
        Field{"active", &Industry::active, {"启用", "In use"}},
    };
    static constexpr BucketColumn buckets[] = {{"ref"}};
};

} // namespace keydesk
