#pragma once

#include "schema/schema.h"

namespace keydesk {

// The four product families (S3).
enum class ProductFamily { Voice, Data, IndustryApplication, Personalised };
template <>
struct EnumTable<ProductFamily>
{
    static constexpr EnumKey keys[] = {
        {"voice", {"语音沟通", "Voice"}},
        {"data", {"数据信息", "Data"}},
        {"industry_application", {"特定行业应用", "Industry application"}},
        {"personalised", {"个性化服务", "Personalised service"}},
    };
};

// How the product is opened (S2, section 4.5.3).
enum class Fulfilment { Direct, WorkOrder };
template <>
struct EnumTable<Fulfilment>
{
    static constexpr EnumKey keys[] = {
        {"direct", {"BOSS直接开通", "Opened directly"}},
        {"work_order", {"工单流转", "By work order"}},
    };
};

// Lifecycle of an offering; the keys are TM Forum 620's.
enum class ProductLifecycle { Active, InStudy, InDesign, InTest, Launched, Retired, Obsolete, Rejected };
template <>
struct EnumTable<ProductLifecycle>
{
    static constexpr EnumKey keys[] = {
        {"active", {"在售", "Active"}},
        {"in_study", {"研究中", "In study"}},
        {"in_design", {"设计中", "In design"}},
        {"in_test", {"测试中", "In test"}},
        {"launched", {"已发布", "Launched"}},
        {"retired", {"停售", "Retired"}},
        {"obsolete", {"退市", "Obsolete"}},
        {"rejected", {"否决", "Rejected"}},
    };
};

// How days of a lead time are counted; the sources do not say, so it is a setting (domain F6).
enum class DayBasis { Working, Calendar };
template <>
struct EnumTable<DayBasis>
{
    static constexpr EnumKey keys[] = {
        {"working", {"工作日", "Working days"}},
        {"calendar", {"自然日", "Calendar days"}},
    };
};

// Something that can be sold. Whether it is simple or complex is no property of the product but of
// (product, action, channel).
struct ProductOffering : Record
{
    QString code;
    QString name;
    QString englishName;
    QString pinyin;
    ProductFamily family = ProductFamily::Voice;
    QString series;
    Fulfilment fulfilment = Fulfilment::WorkOrder;
    int standardDays = 0; // promised lead time; 0: opened at once
    int legacyDays = 0;   // what it took before the loop was closed
    DayBasis dayBasis = DayBasis::Working;
    Money listPriceFen; // a month and unit
    QString unit;
    ProductLifecycle lifecycle = ProductLifecycle::Active;
    bool teleSuitable = false; // fit to be sold by telephone (S2, section 1)
    QStringList aliases;
    QString description;
    QDate validFrom;
    QDate validUntil;
};

template <>
struct Schema<ProductOffering>
{
    using enum FieldFlag;
    using P = ProductOffering;
    static constexpr auto table = "product_offering";
    static constexpr Label label{"产品", "Product"};
    static constexpr FieldTable fields{
        Field{"code", &P::code, {"产品编码", "Product code"}, Required | Searchable | BusinessKey},
        Field{"name", &P::name, {"产品名称", "Product name"}, Required | Searchable},
        Field{"english_name", &P::englishName, {"英文名称", "English name"}, Searchable},
        Field{"pinyin", &P::pinyin, {"拼音首字母", "Pinyin initials"}, ServerOwned | Hidden},
        Field{"family", &P::family, {"产品类别", "Family"}, Required},
        Field{"series", &P::series, {"产品系列", "Series"}},
        Field{"fulfilment", &P::fulfilment, {"开通方式", "Fulfilment"}, Required},
        Field{"standard_days", &P::standardDays, {"标准时限（天）", "Standard days"}},
        Field{"legacy_days", &P::legacyDays, {"原时限（天）", "Former days"}},
        Field{"day_basis", &P::dayBasis, {"时限口径", "Days counted as"}},
        Field{"list_price_fen", &P::listPriceFen, {"标准月费", "List price a month"}},
        Field{"unit", &P::unit, {"计量单位", "Unit"}},
        Field{"lifecycle", &P::lifecycle, {"生命周期", "Lifecycle"}},
        Field{"tele_suitable", &P::teleSuitable, {"适合电话营销", "Fit for telephone sales"}},
        Field{"aliases", &P::aliases, {"别名", "Other names"}, Searchable},
        Field{"description", &P::description, {"产品说明", "Description"}, Long},
        Field{"valid_from", &P::validFrom, {"上架日期", "On sale from"}},
        Field{"valid_until", &P::validUntil, {"下架日期", "On sale until"}},
    };
    static constexpr BucketColumn buckets[] = {{"ref"}};
};

} // namespace keydesk
