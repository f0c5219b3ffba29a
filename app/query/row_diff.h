#pragma once

#include "base/cell.h"

#include <QString>

#include <optional>
#include <vector>

namespace keydesk {

// One row of an answer: the record's id, and the values asked for.
struct ResultRow
{
    QString id;
    Row cells;

    bool operator==(const ResultRow &) const = default;
};

// One step from the old rows to the new ones, in the terms of an item model. Steps are taken in
// order; each finds the list as the earlier ones left it.
struct DiffStep
{
    enum Kind {
        Remove, // first..last go
        Move, // row `first` goes to where row `to` stands afterwards
        Insert, // first..last of the new rows come in at the same place
        Change, // first..last have other values
    };
    Kind kind = Remove;
    int first = 0;
    int last = 0;
    int to = 0;

    bool operator==(const DiffStep &) const = default;
};

/// The steps from `before` to `after`, matched by id; nothing when so many rows changed places that
/// a reset is cheaper than to tell.
std::optional<std::vector<DiffStep>> diffRows(const std::vector<ResultRow> &before,
                                              const std::vector<ResultRow> &after);

} // namespace keydesk
