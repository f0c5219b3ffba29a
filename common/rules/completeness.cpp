#include "rules/completeness.h"

#include "domain/contact.h"

#include <initializer_list>

namespace keydesk {

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
