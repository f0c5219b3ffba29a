#pragma once

#include "schema/schema.h"

namespace keydesk {

struct Account;
struct Area;

enum class SiteKind { HeadOffice, Branch, Plant, DataRoom, Shop, Other };
template <>
struct EnumTable<SiteKind>
{
    static constexpr EnumKey keys[] = {
        {"head_office", {"总部", "Head office"}},
        {"branch", {"分支机构", "Branch"}},
        {"plant", {"厂区", "Plant"}},
        {"data_room", {"机房", "Data room"}},
        {"shop", {"营业网点", "Shop"}},
        {"other", {"其他", "Other"}},
    };
};

// A place of a customer: where lines end, visits go and papers are sent.
struct AccountSite : Record
{
    Ref<Account> accountId;
    Ref<Area> areaId;
    QString name;
    SiteKind kind = SiteKind::Branch;
    QString district; // decides the nearest hall
    QString address;
    QString postcode;
    QString building;
    int employees = 0;
    bool isPrimary = false;
    QString phone;
    QString accessNote; // what a station must know to get in
    QString remarks;
};

template <>
struct Schema<AccountSite>
{
    using enum FieldFlag;
    using S = AccountSite;
    static constexpr auto table = "account_site";
    static constexpr Label label{"客户地址", "Site"};
    static constexpr FieldTable fields{
        Field{"account_id", &S::accountId, {"所属客户", "Account"}, Required},
        Field{"area_id", &S::areaId, {"本地网", "Area"}, ServerOwned},
        Field{"name", &S::name, {"地址名称", "Site name"}, Required | Searchable},
        Field{"kind", &S::kind, {"地址类型", "Site kind"}},
        Field{"district", &S::district, {"区县", "District"}},
        Field{"address", &S::address, {"详细地址", "Address"}, Searchable},
        Field{"postcode", &S::postcode, {"邮政编码", "Postcode"}},
        Field{"building", &S::building, {"楼宇", "Building"}},
        Field{"employees", &S::employees, {"现场人数", "People there"}},
        Field{"is_primary", &S::isPrimary, {"主要地址", "Main site"}},
        Field{"phone", &S::phone, {"现场电话", "Site phone"}, Phone | Searchable | Personal},
        Field{"access_note", &S::accessNote, {"进场说明", "How to get in"}, Long, Merge::Append},
        Field{"remarks", &S::remarks, {"备注", "Remarks"}, Long, Merge::LastWriter},
    };
    static constexpr BucketColumn buckets[] = {{"acct", "account_id"}, {"area", "area_id"}};
};

} // namespace keydesk
