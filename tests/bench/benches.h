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
/// Milliseconds from each save until it is in the other's store; such saves for `duration` ms. None
/// when one was lost.
std::vector<double> savesToOtherDesktop(BenchOffice &office, int duration);
std::vector<Figure> onlineLookups(BenchOffice &office);
std::vector<Figure> coldStart(BenchOffice &office);
std::vector<Figure> idleConnections(BenchOffice &office);
/// A thousand idle connections beside people who record: 50 for 20 s, or 200 for ten minutes.
std::vector<Figure> crowd(BenchOffice &office);
std::vector<Figure> crowdForTenMinutes(BenchOffice &office);
/// Beside an office with a hundredth of the customers: how much more the server works for the same.
std::vector<Figure> growth(BenchOffice &office);

} // namespace keydesk::bench
