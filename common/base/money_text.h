#pragma once

#include "base/money.h"
#include "base/result.h"

#include <QLocale>
#include <QString>
#include <QStringView>

namespace keydesk {

// Amounts and rates as people write them, for forms, lists, import and export. Exact in both
// directions: whole fen and whole basis points only, never through a floating-point number.

/// "1,284,000.00"; the unit (元) stands in the column's header.
QString formatMoney(Money amount);

/// "1284000.00": what export files carry.
QString plainMoney(Money amount);

/// For tiles, rounded to at most two decimals: "128.4万", "1.28亿"; in any other language than
/// Chinese "1.28M", "128.4K". Amounts below the first unit are written out.
QString shortMoney(Money amount, QLocale::Language language);

/// Reads "1,284,000.00", "￥1284000", "128.4万", "1.2亿元", "-5", "(5.00)", "12.5K", "3M",
/// full-width forms too. Fails with "value.not_amount" for anything else, also for commas in the
/// wrong place (12,84), with "value.too_precise" for parts of a fen, with "value.out_of_range"
/// beyond 64 bits of fen.
Result<Money> parseMoney(QStringView text);

/// "12.5 %" without trailing zeros.
QString formatPercent(BasisPoints rate);

/// Reads "12.5%", "12.5 ％" and, without the sign, "12.5" as percent. Fails with
/// "value.not_percent", "value.too_precise" (parts of a basis point) or "value.out_of_range".
Result<BasisPoints> parsePercent(QStringView text);

/// A whole number, perhaps with thousands separators. Fails with "value.not_integer" or
/// "value.out_of_range".
Result<qint64> parseInteger(QStringView text);

/// "1,284,000".
QString formatInteger(qint64 value);

} // namespace keydesk
