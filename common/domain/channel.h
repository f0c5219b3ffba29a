#pragma once

#include "schema/schema.h"

namespace keydesk {

// The eight ways in which a customer and the operator meet (S2, section 1).
enum class ChannelKind {
    AccountManager,
    PartnerAgent,
    TeleManager,
    Website,
    ServiceHall,
    Hotline,
    Showroom,
    OperationsCentre,
};
template <>
struct EnumTable<ChannelKind>
{
    static constexpr EnumKey keys[] = {
        {"account_manager", {"客户经理", "Account manager"}},
        {"partner_agent", {"社会渠道", "Partner agent"}},
        {"tele_manager", {"电话客户经理", "Telephone account manager"}},
        {"website", {"网站", "Website"}},
        {"service_hall", {"服营厅", "Service hall"}},
        {"hotline", {"集团热线", "Hotline"}},
        {"showroom", {"体验厅", "Showroom"}},
        {"operations_centre", {"运营中心", "Operations centre"}},
    };
};

// Families of channels (S3).
enum class ChannelFamily { Direct, Physical, Electronic, PartnerSales, PartnerValue };
template <>
struct EnumTable<ChannelFamily>
{
    static constexpr EnumKey keys[] = {
        {"direct", {"直销渠道", "Direct"}},
        {"physical", {"实体渠道", "Physical"}},
        {"electronic", {"电子渠道", "Electronic"}},
        {"partner_sales", {"销售型社会渠道", "Sales partner"}},
        {"partner_value", {"增值型社会渠道", "Value-adding partner"}},
    };
};

// One of the eight channels and what it may do. Only one that sells and serves can own an
// opportunity (S2, section 6.1).
struct Channel : Record
{
    QString code;
    QString name;
    ChannelKind kind = ChannelKind::AccountManager;
    ChannelFamily family = ChannelFamily::Direct;
    bool canSell = false;
    bool canServe = false;
    bool isInternal = false;
    bool isOwn = true; // staffed by the operator, not by a partner
    QString productScope;
    QString duties;
    int position = 0;
    bool active = true;
};

template <>
struct Schema<Channel>
{
    using enum FieldFlag;
    static constexpr auto table = "channel";
    static constexpr Label label{"渠道", "Channel"};
    static constexpr FieldTable fields{
        Field{"code", &Channel::code, {"渠道编码", "Channel code"}, Required | Searchable | BusinessKey},
        Field{"name", &Channel::name, {"渠道名称", "Channel name"}, Required | Searchable},
        Field{"kind", &Channel::kind, {"渠道类型", "Channel kind"}, Required},
        Field{"family", &Channel::family, {"渠道大类", "Channel family"}},
        Field{"can_sell", &Channel::canSell, {"可销售", "May sell"}},
        Field{"can_serve", &Channel::canServe, {"可服务", "May serve"}},
        Field{"is_internal", &Channel::isInternal, {"内部支撑", "Internal"}},
        Field{"is_own", &Channel::isOwn, {"自有渠道", "Own channel"}},
        Field{"product_scope", &Channel::productScope, {"承载业务", "Products handled"}, Long},
        Field{"duties", &Channel::duties, {"职责简述", "Duties"}, Long},
        Field{"position", &Channel::position, {"排序", "Order"}},
        Field{"active", &Channel::active, {"启用", "In use"}},
    };
    static constexpr BucketColumn buckets[] = {{"ref"}};
};

} // namespace keydesk
