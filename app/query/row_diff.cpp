#include "query/row_diff.h"

#include <QHash>

#include <algorithm>

namespace keydesk {

namespace {

constexpr std::size_t mostMoves = 64;

// Which elements of `values` form a longest increasing run: those need not move.
std::vector<bool> longestIncreasing(const std::vector<int> &values)
{
    std::vector<int> tails; // index into values of the smallest end of each length
    std::vector<int> previous(values.size(), -1);
    for (int i = 0; i < int(values.size()); ++i) {
        const auto at = std::lower_bound(tails.begin(), tails.end(), values[std::size_t(i)],
                                         [&](int index, int value) {
                                             return values[std::size_t(index)] < value;
                                         });
        if (at != tails.begin())
            previous[std::size_t(i)] = *(at - 1);
        if (at == tails.end())
            tails.push_back(i);
        else
            *at = i;
    }
    std::vector<bool> stays(values.size(), false);
    for (int i = tails.empty() ? -1 : tails.back(); i >= 0; i = previous[std::size_t(i)])
        stays[std::size_t(i)] = true;
    return stays;
}

// Calls `take(first, last)` for each run of neighbours in 0..count-1 for which `holds`.
template <class Holds, class Take>
void forRuns(int count, Holds holds, Take take)
{
    for (int first = 0; first < count; ++first) {
        if (!holds(first))
            continue;
        int last = first;
        while (last + 1 < count && holds(last + 1))
            ++last;
        take(first, last);
        first = last;
    }
}

// The moves that bring `current` (places in the new list) into ascending order.
std::optional<std::vector<DiffStep>> moves(std::vector<int> current)
{
    const std::vector<bool> stays = longestIncreasing(current);
    std::vector<int> wandering;
    for (std::size_t i = 0; i < current.size(); ++i) {
        if (!stays[i])
            wandering.push_back(current[i]);
    }
    if (wandering.size() > mostMoves)
        return std::nullopt;
    std::sort(wandering.begin(), wandering.end());
    std::vector<int> ascending = current;
    std::sort(ascending.begin(), ascending.end());

    std::vector<DiffStep> steps;
    for (const int place : wandering) {
        const auto self = std::find(current.begin(), current.end(), place);
        const int from = int(self - current.begin());
        current.erase(self);
        // Right behind its predecessor in the new order, which already stands right.
        const auto rank = std::lower_bound(ascending.begin(), ascending.end(), place);
        int to = 0;
        if (rank != ascending.begin()) {
            const auto before = std::find(current.begin(), current.end(), *(rank - 1));
            to = int(before - current.begin()) + 1;
        }
        current.insert(current.begin() + to, place);
        if (from != to)
            steps.push_back({DiffStep::Move, from, from, to});
    }
    return steps;
}

} // namespace

std::optional<std::vector<DiffStep>> diffRows(const std::vector<ResultRow> &before,
                                              const std::vector<ResultRow> &after)
{
    QHash<QString, int> places;
    for (int i = 0; i < int(after.size()); ++i)
        places.insert(after[std::size_t(i)].id, i);
    std::vector<int> kept; // places in `after` of the rows that stay, in the old order
    std::vector<bool> isNew(after.size(), true);
    std::vector<bool> isChanged(after.size(), false);
    for (const ResultRow &row : before) {
        const int place = places.value(row.id, -1);
        if (place < 0)
            continue;
        kept.push_back(place);
        isNew[std::size_t(place)] = false;
        isChanged[std::size_t(place)] = row != after[std::size_t(place)];
    }

    std::vector<DiffStep> steps;
    const auto goes = [&](int i) { return !places.contains(before[std::size_t(i)].id); };
    forRuns(int(before.size()), goes, [&](int first, int last) {
        steps.push_back({DiffStep::Remove, first, last, 0});
    });
    std::reverse(steps.begin(), steps.end()); // from the end, so that earlier numbers stay right
    auto moved = moves(std::move(kept));
    if (!moved)
        return std::nullopt;
    steps.insert(steps.end(), moved->begin(), moved->end());
    forRuns(
        int(after.size()), [&](int i) { return bool(isNew[std::size_t(i)]); },
        [&](int first, int last) {
            steps.push_back({DiffStep::Insert, first, last, 0});
        });
    forRuns(
        int(after.size()), [&](int i) { return bool(isChanged[std::size_t(i)]); },
        [&](int first, int last) {
            steps.push_back({DiffStep::Change, first, last, 0});
        });
    return steps;
}

} // namespace keydesk
