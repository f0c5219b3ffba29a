#pragma once

#include <QString>
#include <QStringView>

namespace keydesk {

// What a number is by the Chinese numbering plan. International is every other country's.
enum class PhoneKind {
    Unknown, // no telephone number at all
    Mobile, // 11 digits
    Landline, // with its area code
    Local, // a landline without its area code: not dialled from elsewhere, so no key
    ServiceLine, // 400 and 800
    ShortCode, // 110, 10086, 95588, 96128, 0871-12345
    GroupShort, // 3 to 6 digits within one organisation (短号): means nothing outside it, so no key
    International,
};

// One string of digits read by the numbering plan.
struct PlannedNumber
{
    PhoneKind kind = PhoneKind::Unknown;
    QString key; // "+86..." or "+852..."; empty when the number is not complete or not possible
};

/// Reads `digits` (ASCII digits, perhaps with one leading '+'), as people dial it or a PBX sends
/// it: international, long-distance and carrier prefixes are taken off. `homeAreaCode` ("0871" or
/// "871") completes a local landline.
PlannedNumber readByPlan(QStringView digits, QStringView homeAreaCode = {});

/// The digits after the "+86" of a key, split for reading: {"0871", "63123456"}, {"138", "0013",
/// "8000"}. A foreign number or a short code is one part.
QStringList readableParts(PhoneKind kind, const QString &key);

} // namespace keydesk
