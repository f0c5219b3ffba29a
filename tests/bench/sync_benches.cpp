// What the desktop's replica costs: the first load, the start with a full one, news from others.

#include "bare_programs.h"
#include "benches.h"
#include "support/master_world.h"
#include "support/process_memory.h"
#include "ui/shell/event_log.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace keydesk::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int starts = 5;
constexpr int loadedWithin = 300'000; // ms
constexpr int savingFor = 20'000; // ms
constexpr int pause = 150; // ms, between two saves

double milliseconds(const QElapsedTimer &time)
{
    return double(time.nsecsElapsed()) / 1e6;
}

qint64 count(Workbench &desktop, const QByteArray &from)
{
    Query query = desktop.reader().store().database().query("SELECT count(*) FROM " + from);
    return query.next() ? query.integer(0) : 0;
}

// A start of the real desktop without a screen until Today is painted.
struct WindowStart
{
    double painted = 0; // ms
    double longestBlock = EventLog::unanswered.count(); // ms; shorter ones are not noted
    double megabytes = 0; // resident at most
};

WindowStart startOnce(BenchOffice &office, const QString &user, const QString &folder,
                      const QStringList &more = {})
{
    const QString log = folder + u".events"_s;
    QFile::remove(log);
    QProcess desktop;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    desktop.setProcessEnvironment(environment);
    const auto began = std::chrono::steady_clock::now().time_since_epoch();
    desktop.start(QStringLiteral(KEYDESK_PROGRAM),
                  QStringList{u"--server"_s, office.server().address(), u"--user"_s, user,
                              u"--password-file"_s, office.server().passwordFile(), u"--data"_s,
                              folder, u"--event-log"_s, log}
                      + more);
    WindowStart start;
    waitUntil(
        [&] {
            QFile file(log);
            if (!file.open(QFile::ReadOnly))
                return false;
            while (!file.atEnd()) {
                const QJsonObject event = QJsonDocument::fromJson(file.readLine()).object();
                const auto at = std::chrono::microseconds(event.value(u"us"_s).toInteger());
                if (event.value(u"event"_s) == u"painted"_s)
                    start.painted = std::chrono::duration<double, std::milli>(at - began).count();
                else if (event.value(u"event"_s) == u"blocked"_s)
                    start.longestBlock = std::max(start.longestBlock,
                                                  event.value(u"ms"_s).toDouble());
            }
            return start.painted > 0;
        },
        loadedWithin);
    start.megabytes = double(kilobytesOf(desktop.processId(), "VmHWM")) * 1024 / 1e6;
    desktop.kill();
    desktop.waitForFinished();
    return start;
}

} // namespace

std::vector<Figure> firstSync(BenchOffice &office)
{
    Figure figure{u"first_sync_%1_accounts"_s.arg(office.accounts()),
                  0,
                  u"rows/s"_s,
                  {},
                  0.5,
                  Figure::Wanted::AtLeastRatio};
    const auto master = office.master();
    RowStore store(*master, office.catalog());
    figure.limit = barePageStream(office.server().file(u"."_s), store);

    const auto desktop = office.emptyDesktop(u"1171"_s, u"-first"_s);
    QElapsedTimer time; // from the moment the person is let in
    QObject::connect(desktop.get(), &Workbench::signedIn, desktop.get(), [&] { time.start(); });
    bool settled = false;
    if (!desktop->signIn(office.signIn(u"1171"_s))
        || !waitUntil([&] { return desktop->isReady(); }, loadedWithin))
        return {figure};
    desktop->whenSettled([&] { settled = true; });
    if (!waitUntil([&] { return settled; }))
        return {figure};
    const double seconds = milliseconds(time) / 1000;
    const qint64 rows = count(*desktop, "row_bucket");
    figure.value = double(rows) / seconds;
    Figure memory{u"first_sync_server_rss"_s, 0, u"MB"_s, {}, 300};
    memory.value = office.residentMegabytes();

    const Workbench::SignIn anew = office.signIn(u"1171"_s);
    const WindowStart start = startOnce(office, u"1171"_s,
                                        office.directory(u"1171"_s, u"-window"_s),
                                        {u"--enrol"_s, anew.enrolment});
    Figure own{u"first_sync_desktop_rss"_s, start.megabytes, u"MB"_s, {}, 300};
    Figure block{u"first_sync_longest_block_of_the_window"_s, 0, u"ms"_s, {}, 50};
    if (start.painted > 0)
        block.value = start.longestBlock;
    return {figure, memory, own, block};
}

std::vector<Figure> coldStart(BenchOffice &office)
{
    Figure figure{u"cold_start_to_today_%1_accounts"_s.arg(office.accounts()),
                  0,
                  u"ms"_s,
                  {},
                  1000};
    const QString folder = office.directory(u"1171"_s, u"-start"_s);
    if (!office.desktop(u"1171"_s, u"-start"_s))
        return {figure};
    std::vector<double> samples;
    samples.reserve(starts);
    for (int i = 0; i < starts; ++i)
        samples.push_back(startOnce(office, u"1171"_s, folder).painted);
    figure.value = percentile(samples, 0.5);
    return {figure};
}

std::optional<SavingPair> savingPair(BenchOffice &office)
{
    SavingPair pair{office.desktop(u"1131"_s), office.desktop(u"1101"_s), {}};
    if (!pair.agent || !pair.manager)
        return std::nullopt;
    pair.account = RecordId(
        office
            .texts("SELECT id FROM account WHERE owner_staff_id = (SELECT id FROM staff WHERE "
                   "code='1101') LIMIT 1")
            .value(0));
    return pair;
}

std::vector<double> savesToOtherDesktop(SavingPair &pair, int duration)
{
    std::vector<double> samples;
    QElapsedTimer all;
    all.start();
    while (all.elapsed() < duration) {
        const CommandCall call = MasterWorld::capture(pair.account,
                                                      u"专线%1"_s.arg(qsizetype(samples.size())));
        const QByteArray there = "opportunity WHERE id='"
            + RecordId::derive(call.id, 0).text().toLatin1() + '\'';
        QElapsedTimer time;
        time.start();
        pair.agent->run(call);
        if (!waitUntil([&] { return count(*pair.manager, there) == 1; }, 10'000))
            return {};
        samples.push_back(milliseconds(time));
        // Nobody saves ten times a second; who did would meet the pause between two pokes.
        waitUntil([] { return false; }, pause);
    }
    return samples;
}

std::vector<Figure> saveToOtherDesktop(BenchOffice &office)
{
    auto pair = savingPair(office);
    const auto samples = pair ? savesToOtherDesktop(*pair, savingFor) : std::vector<double>();
    return {{u"save_to_other_store_p50"_s, percentile(samples, 0.5), u"ms"_s, {}, 20},
            {u"save_to_other_store_p99"_s, percentile(samples, 0.99), u"ms"_s, {}, 20}};
}

} // namespace keydesk::bench
