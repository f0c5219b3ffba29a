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
std::vector<Figure> onlineLookups(BenchOffice &office);
std::vector<Figure> coldStart(BenchOffice &office);
std::vector<Figure> idleConnections(BenchOffice &office);
/// Beside an office with a hundredth of the customers: how much more the server works for the same.
std::vector<Figure> growth(BenchOffice &office);

} // namespace keydesk::bench
