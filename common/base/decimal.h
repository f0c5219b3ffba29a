#pragma once

#include <QString>
#include <QStringView>

namespace keydesk {

// What can keep digits from being a number of so many decimals.
enum class DecimalFault { None, NotANumber, TooPrecise, OutOfRange };

// A decimal number scaled to an integer: 12.5 with two decimals is 1250.
struct ScaledDecimal
{
    qint64 value = 0;
    DecimalFault fault = DecimalFault::None;
};

/// Reads an ASCII decimal with optional sign and thousands separators; `decimals` (may be above the
/// digits written, 0 to 18) says where the unit lies. Never rounds, never overflows.
ScaledDecimal readDecimal(QStringView text, int decimals);

/// `value` with `decimals` digits behind the point; `grouped` puts a comma after every thousand.
QString writeDecimal(qint64 value, int decimals, bool grouped);

/// NFKC (full-width digits and signs become ASCII), spaces taken off both ends.
QString plainInput(QStringView text);

} // namespace keydesk
