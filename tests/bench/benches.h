#pragma once

#include "bench_office.h"
#include "figure.h"

namespace keydesk::bench {

// The measurements. Each takes the office as it is, leaves it serving, and answers its figures;
// one that could not be taken has the value 0 and is not reached.

std::vector<Figure> firstSync(BenchOffice &office);
std::vector<Figure> durableCommands(BenchOffice &office);
std::vector<Figure> queuedEdits(BenchOffice &office);
std::vector<Figure> saveToOtherDesktop(BenchOffice &office);

// An agent who records for a customer of the manager, each at a desktop.
struct SavingPair
{
    std::unique_ptr<Workbench> agent;
    std::unique_ptr<Workbench> manager;
    RecordId account;
};
/// None when one of them could not be made.
std::optional<SavingPair> savingPair(BenchOffice &office);
/// Milliseconds from each save until it is in the other's store; such saves for `duration` ms. None
/// when one was lost.
std::vector<double> savesToOtherDesktop(SavingPair &pair, int duration);

std::vector<Figure> onlineLookups(BenchOffice &office);
std::vector<Figure> coldStart(BenchOffice &office);
/// A thousand idle connections beside people who record: 50 for 20 s, or 200 for ten minutes.
std::vector<Figure> crowd(BenchOffice &office);
std::vector<Figure> crowdForTenMinutes(BenchOffice &office);
/// Keys pressed at real windows until what they ask for is painted.
std::vector<Figure> screens(BenchOffice &office);
/// Beside an office with a hundredth of the customers: how much more the server works for the same.
std::vector<Figure> growth(BenchOffice &office);

} // namespace keydesk::bench
