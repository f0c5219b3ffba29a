#pragma once

#include "base/money.h"

#include <QString>

#include <optional>

namespace keydesk {

/// "1,284,000.00": thousands and two decimals, for lists; the unit stands in the header.
QString moneyText(Money amount);
/// "128.4万", "3.2亿" or "1.28M", "45K": for tiles. Without a fraction below ten thousand yuan.
QString shortMoneyText(Money amount);
/// Reads what a person types: "1284000", "1,284,000.5", "¥12", "1.2万", "3亿", "45k", "1.28m".
/// Nothing for what is no amount, has more than two decimals of a yuan, or does not fit.
std::optional<Money> moneyFromText(const QString &text);

} // namespace keydesk
