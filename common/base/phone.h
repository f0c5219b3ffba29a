#pragma once

#include "base/phone_plan.h"
#include "base/result.h"

#include <QString>
#include <QStringView>

#include <vector>

namespace keydesk {

// One telephone number out of what somebody typed or an exchange sent. It keeps the text it came
// from; it never guesses a number that is not there.
struct PhoneNumber
{
    QString raw; // the piece of text this number was read from, trimmed, otherwise as it came
    QString key; // the one normal form, "+8613800138000": for storing, comparing and indexing
    QString extension; // digits behind the number: "8001"
    PhoneKind kind = PhoneKind::Unknown;

    /// Whether `key` names one line that can be dialled from anywhere in China.
    bool isValid() const { return !key.isEmpty(); }
    /// "138 0013 8000", "0871-63123456-8001", "400-123-4567"; `raw` when not valid. Reads back to
    /// the same number.
    QString display() const;
    /// "138****1234", "0871****3456", "+852****5678". Service lines and short codes are public and
    /// stay whole. Anything else shows at most its last two digits.
    QString masked() const;
    /// What a person dials inside China: "13800138000", "087163123456". Empty when not valid.
    QString nationalDigits() const;

    bool operator==(const PhoneNumber &other) const = default;
};

/// Every number in `text`, in its order, at least one entry for a text that is not blank; entries
/// that are no number keep their text in `raw` and are not valid. `homeAreaCode` ("0871") completes
/// landlines written without an area.
std::vector<PhoneNumber> parsePhones(QStringView text, QStringView homeAreaCode = {});

/// The first valid number in `text`, else the first entry, else an empty number.
PhoneNumber parsePhone(QStringView text, QStringView homeAreaCode = {});

/// As parsePhone(), for fields that must hold a number: fails with "value.not_phone".
Result<PhoneNumber> requirePhone(QStringView text, QStringView homeAreaCode = {});

/// Whether `text` holds at least one number that can be dialled, whatever is noted beside it.
/// Errors: value.not_phone.
Result<> checkPhones(QStringView text);

/// `text` with every number in it masked; for text or keys.
QString maskedPhones(QStringView text);

/// `text` with every number in it in its display form; for text or keys.
QString displayPhones(QStringView text);

} // namespace keydesk
