#pragma once

#include "domain/levels.h"
#include "schema/schema.h"

namespace keydesk {

struct Channel;

enum class CoverageRole { Main, Aux };
template <>
struct EnumTable<CoverageRole>
{
    static constexpr EnumKey keys[] = {
        {"main", {"主渠道", "Main"}},
        {"aux", {"辅助渠道", "Auxiliary"}},
    };
};

// The part of the customers of a class that a channel is meant for.
enum class CoverageAudience { All, KeyPersons, OnlineUsers, SomeProducts, MicroArea };
template <>
struct EnumTable<CoverageAudience>
{
    static constexpr EnumKey keys[] = {
        {"all", {"全部", "All"}},
        {"key_persons", {"关键人", "Key persons"}},
        {"online_users", {"有上网习惯的客户", "Customers used to the web"}},
        {"some_products", {"部分产品", "Some products"}},
        {"micro_area", {"含微区域客户", "With micro-area customers"}},
    };
};

// One cell of the table channel x value class: who is meant to look after which customers (domain
// B1). Routing tries the main channels of a class before the auxiliary ones.
struct ChannelCoverage : Record
{
    Ref<Channel> channelId;
    ValueClass valueClass = ValueClass::Potential;
    CoverageRole role = CoverageRole::Main;
    CoverageAudience audience = CoverageAudience::All;
};

template <>
struct Schema<ChannelCoverage>
{
    using enum FieldFlag;
    static constexpr auto table = "channel_coverage";
    static constexpr Label label{"渠道覆盖", "Channel coverage"};
    static constexpr FieldTable fields{
        Field{"channel_id", &ChannelCoverage::channelId, {"渠道", "Channel"}, Required},
        Field{"value_class", &ChannelCoverage::valueClass, {"价值分类", "Value class"}, Required},
        Field{"role", &ChannelCoverage::role, {"主辅", "Main or auxiliary"}, Required},
        Field{"audience", &ChannelCoverage::audience, {"覆盖对象", "Audience"}},
    };
    static constexpr BucketColumn buckets[] = {{"ref"}};
};

} // namespace keydesk
