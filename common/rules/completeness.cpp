#include "rules/completeness.h"

#include "domain/contact.h"

#include <initializer_list>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

bool has(const QString &text)
{
    return !text.trimmed().isEmpty();
}

BasisPoints shareOf(std::initializer_list<bool> filled)
{
    int count = 0;
    for (bool one : filled)
        count += one ? 1 : 0;
    return {int(count * 10'000 / qint64(filled.size()))};
}

bool hasNeed(const Opportunity &o)
{
    return !o.needKinds.keys.isEmpty() || has(o.needSummary) || !o.productId.isNull();
}

} // namespace

QStringList fieldsOf(Element element)
{
    switch (element) {
    case Element::Basic:
        return {u"title"_s, u"urgency"_s};
    case Element::Enterprise:
        return {u"ent_name"_s, u"ent_industry_id"_s, u"ent_employees"_s, u"ent_address"_s};
    case Element::Contact:
        return {u"contact_name"_s, u"contact_phone"_s, u"contact_department"_s, u"contact_time"_s};
    case Element::KeyPerson:
        return {u"key_person_name"_s, u"key_person_title"_s, u"key_person_phone"_s};
    case Element::Need:
        return {u"need_kinds"_s, u"need_summary"_s, u"product_id"_s,
                u"quantity"_s,   u"need_by"_s,      u"value_fen"_s};
    case Element::Informatisation:
        return {u"it_level"_s, u"it_operator"_s, u"it_contract_until"_s};
    }
    return {};
}

BasisPoints completenessOf(const Opportunity &o, Element element, const FiledPhones &filed)
{
    switch (element) {
    case Element::Basic:
        return shareOf(
            {has(o.title), !o.accountId.isNull(), o.willing || o.purchasePlanned || o.needStated});
    case Element::Enterprise:
        return shareOf({has(o.entName) || has(o.accountName), !o.entIndustryId.isNull(),
                        o.entEmployees > 0 || o.entBranches > 0});
    case Element::Contact:
        return shareOf(
            {has(o.contactName) || !o.contactId.isNull(), has(o.contactPhone) || filed.contact});
    case Element::KeyPerson:
        return shareOf({has(o.keyPersonName) || !o.keyPersonId.isNull(),
                        has(o.keyPersonPhone) || has(o.keyPersonTitle) || filed.keyPerson});
    case Element::Need:
        return shareOf({!o.needKinds.keys.isEmpty(), has(o.needSummary),
                        !o.productId.isNull() || !o.needProducts.isEmpty()});
    case Element::Informatisation:
        return shareOf(
            {o.itLevel != InformatisationLevel::Unknown, o.itOperator != Operator::Unknown});
    }
    return {};
}

BasisPoints completenessOf(const Opportunity &opportunity, const FiledPhones &filed)
{
    int sum = 0;
    constexpr int count = int(std::size(EnumTable<Element>::keys));
    for (int i = 0; i < count; ++i)
        sum += completenessOf(opportunity, Element(i), filed).value;
    return {sum / count};
}

bool hasNumber(const Contact &person)
{
    return !person.phone.trimmed().isEmpty() || !person.phone2.trimmed().isEmpty();
}

bool passesGate(const Opportunity &opportunity, const FiledPhones &filed)
{
    if (opportunity.completenessBp >= completenessGate)
        return true;
    return opportunity.willing && (has(opportunity.contactPhone) || filed.contact)
        && hasNeed(opportunity);
}

} // namespace keydesk
