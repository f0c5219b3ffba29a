#pragma once

#include "schema/schema.h"

namespace keydesk {

struct Account;
struct AccountSite;
struct Area;

// What the person means for a deal (domain A12).
enum class ContactRole { Liaison, DecisionMaker, KeyPerson, Finance, Technical, EndUser };
template <>
struct EnumTable<ContactRole>
{
    static constexpr EnumKey keys[] = {
        {"liaison", {"联系人", "Liaison"}},
        {"decision_maker", {"决策人", "Decision maker"}},
        {"key_person", {"关键人", "Key person"}},
        {"finance", {"财务人员", "Finance"}},
        {"technical", {"技术人员", "Technical"}},
        {"end_user", {"产品使用人", "End user"}},
    };
};

enum class Gender { Unknown, Female, Male };
template <>
struct EnumTable<Gender>
{
    static constexpr EnumKey keys[] = {
        {"unknown", {"未知", "Not known"}},
        {"female", {"女", "Female"}},
        {"male", {"男", "Male"}},
    };
};

enum class ContactMeans { Phone, Sms, Mail, Visit };
template <>
struct EnumTable<ContactMeans>
{
    static constexpr EnumKey keys[] = {
        {"phone", {"电话", "Telephone"}},
        {"sms", {"短信", "Text message"}},
        {"mail", {"邮件", "E-mail"}},
        {"visit", {"上门", "Visit"}},
    };
};

// A person at a customer. All that identifies the person is Personal.
struct Contact : Record
{
    Ref<Account> accountId;
    Ref<Area> areaId;
    Ref<AccountSite> siteId;
    QString name;
    QString pinyin;
    Gender gender = Gender::Unknown;
    QString department;
    QString jobTitle;
    ContactRole role = ContactRole::Liaison;
    int influence = 3;
    int attitude = 0;
    Ref<Contact> reportsToId;
    QString phone;
    QString phone2;
    QString email;
    QString idNo;
    QDate birthday;
    ContactMeans preferredMeans = ContactMeans::Phone;
    QString preferredTime;
    bool consentMarketing = false;
    QDate consentOn;
    bool doNotCall = false;
    bool isPrimary = false;
    QDate leftOn;
    QStringList tags;
    QString remarks;
};

template <>
struct Schema<Contact>
{
    using enum FieldFlag;
    using C = Contact;
    static constexpr auto table = "contact";
    static constexpr Label label{"联系人", "Contact"};
    static constexpr FieldTable fields{
        Field{"account_id", &C::accountId, {"所属客户", "Account"}, Required},
        Field{"area_id", &C::areaId, {"本地网", "Area"}, ServerOwned},
        Field{"site_id", &C::siteId, {"所在地址", "Site"}},
        Field{"name", &C::name, {"姓名", "Name"}, Required | Searchable | Personal},
        Field{"pinyin", &C::pinyin, {"拼音首字母", "Pinyin initials"}, ServerOwned | Hidden | Personal},
        Field{"gender", &C::gender, {"性别", "Gender"}},
        Field{"department", &C::department, {"部门", "Department"}},
        Field{"job_title", &C::jobTitle, {"职务", "Job title"}},
        Field{"role", &C::role, {"联系人角色", "Role"}},
        Field{"influence", &C::influence, {"影响力", "Influence"}}.within(1, 5),
        Field{"attitude", &C::attitude, {"态度", "Attitude"}}.within(-2, 2),
        Field{"reports_to_id", &C::reportsToId, {"上级", "Reports to"}},
        Field{"phone", &C::phone, {"手机", "Mobile"}, Phone | Searchable | Personal},
        Field{"phone2", &C::phone2, {"办公电话", "Office phone"}, Phone | Searchable | Personal},
        Field{"email", &C::email, {"邮箱", "E-mail"}, Personal},
        Field{"id_no", &C::idNo, {"证件号码", "Identity number"}, Personal},
        Field{"birthday", &C::birthday, {"生日", "Birthday"}, Personal},
        Field{"preferred_means", &C::preferredMeans, {"首选联系方式", "Preferred means"}},
        Field{"preferred_time", &C::preferredTime, {"方便联系时间", "Best time"}},
        Field{"consent_marketing", &C::consentMarketing, {"同意接收营销", "Agrees to marketing"}},
        Field{"consent_on", &C::consentOn, {"同意日期", "Agreed on"}},
        Field{"do_not_call", &C::doNotCall, {"请勿致电", "Do not call"}},
        Field{"is_primary", &C::isPrimary, {"首要联系人", "Main contact"}},
        Field{"left_on", &C::leftOn, {"离职日期", "Left on"}},
        Field{"tags", &C::tags, {"标签", "Tags"}, {}, Merge::LastWriter},
        Field{"remarks", &C::remarks, {"备注", "Remarks"}, Long, Merge::LastWriter},
    };
    static constexpr BucketColumn buckets[] = {{"acct", "account_id"}, {"area", "area_id"}};
};

} // namespace keydesk
