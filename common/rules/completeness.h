#pragma once

#include "domain/opportunity.h"

namespace keydesk {

struct Contact;

// The six elements of an opportunity (S2, section 5.2), each a page of the form.
enum class Element { Basic, Enterprise, Contact, KeyPerson, Need, Informatisation };
template <>
struct EnumTable<Element>
{
    static constexpr EnumKey keys[] = {
        {"basic", {"基本信息", "Basics"}},  {"enterprise", {"单位信息", "Enterprise"}},
        {"contact", {"联系人", "Contact"}}, {"key_person", {"关键人", "Key person"}},
        {"need", {"需求", "Need"}},         {"informatisation", {"信息化现状", "Informatisation"}},
    };
};

/// The fields by which one asks for an element, in the order one asks: its page of every form.
QStringList fieldsOf(Element element);

/// Whether there is any number in the person's file.
bool hasNumber(const Contact &person);

// What the customer's file adds to the form: whether the people who were chosen from it have a
// number there. Given in, so that the rule reads no record.
struct FiledPhones
{
    bool contact = false;
    bool keyPerson = false;
};

/// The share of an element's telling fields that is filled in; 10,000 is all. A page counts by the
/// fields a seat can ask for in one call, not by every field it has [J].
BasisPoints completenessOf(const Opportunity &opportunity, Element element,
                           const FiledPhones &filed = {});

/// Mean over the six elements.
BasisPoints completenessOf(const Opportunity &opportunity, const FiledPhones &filed = {});

/// What is enough to be dispatched without a person looking at it (domain C2) [J].
constexpr BasisPoints completenessGate{6000};

/// Whether it may be dispatched: complete enough, or a willing customer who left a number and a
/// need, whom the gate never holds back (domain C2). The number of a contact chosen from the file
/// is as good as one that was typed.
bool passesGate(const Opportunity &opportunity, const FiledPhones &filed = {});

} // namespace keydesk
