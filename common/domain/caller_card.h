#pragma once

#include "domain/levels.h"
#include "schema/schema.h"

namespace keydesk {

struct Account;
struct Area;
struct Contact;

// One line of an area's directory: who a calling number is, as far as a seat may know it offline.
// Holds no number and no name, only a keyed hash to match by, the masked number and one character.
// Written by the server alone.
struct CallerCard : Record
{
    Ref<Area> areaId;
    QString numberKey; // keyed hash of the number's normal form
    QString maskedNumber;
    QString contactInitial; // the first character of the contact's name
    Ref<Contact> contactId; // named when details are asked for online
    Ref<Account> accountId;
    QString accountName;
    QString groupCode;
    ValueClass valueClass = ValueClass::Potential;
    MgmtTier mgmtTier = MgmtTier::None;
    ServiceLevel serviceLevel = ServiceLevel::None;
    QString amName;
    QString deputyName;
};

template <>
struct Schema<CallerCard>
{
    using enum FieldFlag;
    using C = CallerCard;
    static constexpr auto table = "caller_card";
    static constexpr Label label{"来电名片", "Caller card"};
    static constexpr FieldTable fields{
        Field{"area_id", &C::areaId, {"本地网", "Area"}, ServerOwned},
        Field{"number_key", &C::numberKey, {"号码键", "Number key"}, Required | ServerOwned | Hidden},
        Field{"masked_number", &C::maskedNumber, {"号码（脱敏）", "Masked number"}, ServerOwned},
        Field{"contact_initial", &C::contactInitial, {"联系人首字", "Contact's first character"}, ServerOwned},
        Field{"contact_id", &C::contactId, {"联系人", "Contact"}, ServerOwned | Hidden},
        Field{"account_id", &C::accountId, {"所属客户", "Account"}, Required | ServerOwned},
        Field{"account_name", &C::accountName, {"客户名称", "Account name"}, ServerOwned | Searchable},
        Field{"group_code", &C::groupCode, {"集团编码", "Group code"}, ServerOwned | Searchable},
        Field{"value_class", &C::valueClass, {"价值分类", "Value class"}, ServerOwned},
        Field{"mgmt_tier", &C::mgmtTier, {"管理级别", "Management tier"}, ServerOwned},
        Field{"service_level", &C::serviceLevel, {"服务星级", "Service star"}, ServerOwned},
        Field{"am_name", &C::amName, {"客户经理姓名", "Account manager"}, ServerOwned},
        Field{"deputy_name", &C::deputyName, {"副客户经理姓名", "Deputy"}, ServerOwned},
    };
    static constexpr BucketColumn buckets[] = {{"directory", "area_id"}};
};

} // namespace keydesk
