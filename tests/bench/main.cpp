#include "benches.h"
#include "ui/widgets/keydesk_style.h"

#include <QApplication>
#include <QLoggingCategory>

#include <cstdio>

using namespace keydesk::bench;
using namespace Qt::StringLiterals;

namespace {

// Small enough that all of it takes a few minutes; each figure says its size in its name.
constexpr int usualAccounts = 20'000;
constexpr int mostAccounts = 5'000'000;

struct Bench
{
    const char *name;
    std::vector<Figure> (*measure)(BenchOffice &);
    bool onlyNamed = false; // too long for every day
};
constexpr Bench benches[] = {
    {"first_sync", firstSync},    {"lookup", onlineLookups},
    {"cold_start", coldStart},    {"screens", screens},
    {"save", saveToOtherDesktop}, {"record", durableCommands},
    {"edits", queuedEdits},       {"crowd", crowd},
    {"growth", growth},           {"crowd_600s", crowdForTenMinutes, true},
};

int usage()
{
    std::fprintf(stderr, "usage: keydesk-bench [--accounts N] [NAME..]\nmeasurements:");
    for (const Bench &bench : benches)
        std::fprintf(stderr, " %s", bench.name);
    std::fprintf(stderr, "\n");
    return 2;
}

} // namespace

// Prints one JSON object a line for each figure; the exit code tells only whether all were taken.
int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    keydesk::KeydeskStyle::install();
    QLoggingCategory::setFilterRules(u"keydesk.*.info=false"_s);
    QStringList wanted = QApplication::arguments().mid(1);
    int accounts = usualAccounts;
    if (wanted.value(0) == u"--accounts") {
        accounts = wanted.value(1).toInt();
        if (accounts < 1 || accounts > mostAccounts)
            return usage();
        wanted = wanted.mid(2);
    }
    for (const QString &name : wanted) {
        if (std::none_of(std::begin(benches), std::end(benches),
                         [&](const Bench &bench) { return name == QLatin1StringView(bench.name); }))
            return usage();
    }
    BenchOffice office(accounts);
    if (const QString wrong = office.open(); !wrong.isEmpty()) {
        std::fprintf(stderr, "keydesk-bench: %s\n", qPrintable(wrong));
        return 1;
    }
    int missing = 0;
    for (const Bench &bench : benches) {
        if (wanted.isEmpty() ? bench.onlyNamed : !wanted.contains(QLatin1StringView(bench.name)))
            continue;
        for (const Figure &figure : bench.measure(office)) {
            std::printf("%s\n", figure.toJson().constData());
            std::fflush(stdout);
            missing += figure.value > 0 ? 0 : 1;
        }
    }
    return missing > 0 ? 1 : 0;
}
