#pragma once

#include "ui/widgets/theme.h"

namespace keydesk {

/// The word the settings keep for a density: compact, standard, comfortable.
inline QString densityKey(Density density)
{
    return density == Density::Compact    ? QStringLiteral("compact")
        : density == Density::Comfortable ? QStringLiteral("comfortable")
                                          : QStringLiteral("standard");
}

/// The density that a word stands for; standard for any other.
inline Density densityOf(const QString &key)
{
    for (const Density density : {Density::Compact, Density::Comfortable}) {
        if (densityKey(density) == key)
            return density;
    }
    return Density::Standard;
}

} // namespace keydesk
