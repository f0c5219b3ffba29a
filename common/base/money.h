#pragma once

#include <QtGlobal>

#include <compare>

namespace keydesk {

// An amount in fen (1/100 yuan). Never a floating-point number.
struct Money
{
    qint64 fen = 0;
    auto operator<=>(const Money &) const = default;
};

// A rate in basis points: 10,000 is 100 %.
struct BasisPoints
{
    int value = 0;
    auto operator<=>(const BasisPoints &) const = default;
};

} // namespace keydesk
