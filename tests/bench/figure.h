#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace keydesk::bench {

// One measured figure beside the bare program's (the limit) of the same run, and what we want.
struct Figure
{
    enum class Wanted {
        AtLeastRatio, // value / limit
        AtMost, // value
        AtMostTimes // the limit, which is the same elsewhere
    };

    QString name; // with the size it was measured at
    double value = 0;
    QString unit;
    std::optional<double> limit; // the bare program's; none where nothing bare compares
    double goal = 0;
    Wanted wanted = Wanted::AtMost;

    /// How near it comes to the bare program, 1 being as good; less is worse in either direction.
    std::optional<double> ratio() const;
    bool isReached() const;
    /// {"name","value","unit","limit","ratio","goal","ok"} in one line.
    QByteArray toJson() const;
};

/// The value that `share` (0 to 1) of the samples do not exceed; 0 without samples.
double percentile(std::vector<double> samples, double share);

} // namespace keydesk::bench
