#pragma once

#include "importing/demo/demo_random.h"

#include <QString>

#include <set>

namespace keydesk {

// What an invented organisation is called and does.
struct DemoOrganisation
{
    QString name;
    QString shortName;
    QString industryCode;
    bool isPublic = false; // a public body, not a company
};

// Invents names and numbers: none belongs to a person or organisation on purpose. Mobile numbers
// begin with 154 and landlines with 97, which nobody has been given; mail goes to demo.example.
class DemoNames
{
public:
    explicit DemoNames(DemoRandom &random)
        : m_random(random)
    {
    }

    /// A person, never the same twice.
    QString person();
    /// An organisation of the area ("5301", "3205"), never the same twice.
    DemoOrganisation organisation(const QString &areaCode);
    QString district(const QString &areaCode);
    QString street();
    QString mobile();
    QString landline(const QString &areaCode);
    QString mail();

private:
    DemoOrganisation company(const QString &city);
    DemoOrganisation publicBody(const QString &areaCode, const QString &city);

    DemoRandom &m_random;
    std::set<QString> m_used;
    int m_mobiles = 0;
    int m_landlines = 0;
    int m_mails = 0;
};

/// "昆明" or "苏州".
QString demoCity(const QString &areaCode);

} // namespace keydesk
