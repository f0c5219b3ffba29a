#include "support/histories/history_run.h"

#include "support/histories/answer_checker.h"

#include <QDirIterator>

#include <algorithm>

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int fewestLooks = 3; // of each desk, answered by the server, between two strikes
constexpr int fewestStrikes = 2;
constexpr int longestWait = 200; // ms from there to the strike, so that it falls anywhere
constexpr int shortestHarm = 150; // ms
constexpr int longestHarm = 700;
constexpr int workMost = 120'000; // ms until everybody has got something done
constexpr int restMost = 30'000; // ms until everybody has the answers to what was asked
constexpr int purgeMost = 60'000; // ms until removed rows have left the files (sync.md G9)
constexpr int mostPreparations = 6; // rounds

// The events of so many milliseconds, or until it holds.
bool letPass(
    int milliseconds, const std::function<bool()> &holds = [] { return false; })
{
    QElapsedTimer time;
    time.start();
    while (!holds()) {
        if (time.elapsed() >= milliseconds)
            return false;
        QEventLoop loop;
        QTimer::singleShot(5, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

bool copyFolder(const QString &from, const QString &to)
{
    bool whole = QDir().mkpath(to);
    QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
    while (whole && files.hasNext()) {
        const QString path = files.next();
        const QFileInfo target(to + path.mid(from.size()));
        whole = QDir().mkpath(target.absolutePath()) && QFile::copy(path, target.filePath());
    }
    return whole && QFile::setPermissions(to, QFile::permissions(from));
}

// Of a desktop, but for its outbox: what a person typed is his.
QStringList wordsIn(const QString &folder, const QStringList &words)
{
    QStringList there;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.fileName().contains(u"/outbox.db"_s) || !file.open(QFile::ReadOnly))
            continue;
        const QByteArray bytes = file.readAll();
        for (const QString &word : words) {
            if (bytes.contains(word.toUtf8()))
                there.append(word + u" in "_s + QFileInfo(file).fileName());
        }
    }
    return there;
}

} // namespace

HistoryRun::HistoryRun(Programs programs, std::unique_ptr<Workload> workload, Nemesis::Kind nemesis,
                       quint32 seed)
    : m_programs(std::move(programs))
    , m_workload(std::move(workload))
    , m_nemesis(nemesis)
    , m_random(seed)
{
}

HistoryRun::~HistoryRun()
{
    m_site.desks.clear();
    m_site.wires.clear();
}

bool HistoryRun::fail(const QString &why)
{
    m_problems.push_back(found(anomaly::noResult, why));
    return false;
}

bool HistoryRun::run(int milliseconds)
{
    return open() && prepare() && workUnderFaults(milliseconds) && calmDown() && readMaster();
}

bool HistoryRun::open()
{
    m_server = std::make_unique<ServerProcess>(m_programs.server);
    m_site.server = m_server.get();
    if (!copyFolder(m_programs.office, m_server->data()) || !m_server->serve())
        return fail(u"the server did not start"_s);
    const QStringList seats = m_workload->seats();
    for (int i = 0; i < int(seats.size()); ++i) {
        m_site.wires.push_back(std::make_unique<TcpProxy>(m_server->port()));
        const auto seat = seatAt(*m_server, seats[i], m_site.wires.back()->address(),
                                 u"-%1"_s.arg(i));
        m_site.desks.push_back(
            std::make_unique<Desk>(i, m_programs.desktop, seat, m_random.generate()));
        m_site.desks.back()->start();
    }
    for (const auto &desk : m_site.desks) {
        if (!desk->open())
            return fail(u"a desktop did not start: "_s
                        + QString::fromUtf8(desk->desktop().errors().right(500)));
        m_recorder.history().people.append(desk->person());
    }
    return true;
}

bool HistoryRun::bringAbout(const std::vector<std::pair<int, Wish>> &todo)
{
    return std::all_of(todo.begin(), todo.end(), [&](const auto &one) {
        return m_site.desks[std::size_t(one.first)]->perform({one.second});
    });
}

bool HistoryRun::prepare()
{
    for (int round = 0; round < mostPreparations; ++round) {
        for (const auto &desk : m_site.desks) {
            if (!desk->perform({}))
                return fail(u"a desktop is refused before the work begins"_s);
        }
        const auto first = m_site.desks.front()->replica();
        const auto last = m_site.desks.back()->replica();
        if (!first || !last)
            return fail(u"a replica cannot be read"_s);
        const auto todo = m_workload->preparations(*first, *last);
        if (todo.empty())
            return m_workload->choose(*first, *last, m_recorder.history())
                || fail(u"the demo office has nothing to work on"_s);
        if (!bringAbout(todo))
            return fail(u"the server refused what the work needs"_s);
    }
    return fail(u"the preparations came to no end"_s);
}

bool HistoryRun::workUnderFaults(int milliseconds)
{
    QElapsedTimer time;
    time.start();
    for (const auto &desk : m_site.desks)
        desk->work(*m_workload, m_recorder);
    Nemesis nemesis(m_nemesis, m_site, m_random.generate());
    while (time.elapsed() < milliseconds || nemesis.strikes() < fewestStrikes) {
        // However slow the machine: each has got something done since it was last disturbed.
        if (!everybodyLooks(fewestLooks))
            return fail(u"too little was answered in the time there was"_s);
        letPass(m_random.bounded(longestWait));
        const bool struck = nemesis.strike();
        letPass(m_random.bounded(shortestHarm, longestHarm));
        if (!nemesis.heal() || !struck)
            return fail(u"the server did not come back"_s);
    }
    m_strikes = nemesis.strikes();
    m_worked = time.elapsed();
    return true;
}

bool HistoryRun::everybodyLooks(int times)
{
    std::vector<int> wanted;
    for (const auto &desk : m_site.desks)
        wanted.push_back(desk->looks() + times);
    return letPass(workMost, [&] {
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (m_site.desks[i]->looks() < wanted[i] && !m_site.desks[i]->isDone())
                return false;
        }
        return true;
    });
}

// All wires are whole: everybody gets to the head and knows what became of his work.
bool HistoryRun::calmDown()
{
    QElapsedTimer time;
    time.start();
    const auto &desks = m_site.desks;
    for (const auto &desk : desks)
        desk->rest();
    const bool idle = letPass(restMost, [&] {
        return std::all_of(desks.begin(), desks.end(),
                           [](const auto &one) { return one->isIdle(); });
    });
    if (!idle)
        return fail(u"a desktop gave no answer any more"_s);
    // Twice: what the last one writes the first one sees in the second round.
    for (int round = 0; round < 2; ++round) {
        for (const auto &desk : desks) {
            if (!desk->settle())
                return fail(u"a desktop did not get to the head after all was healed"_s);
        }
    }
    m_calmed = time.elapsed();
    return true;
}

bool HistoryRun::readMaster()
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    const auto master = Database::open(m_server->data() + u"/keydesk.db"_s, options);
    if (!master)
        return fail(u"the master cannot be read"_s);
    m_recorder.history().master = m_workload->master(**master);
    return true;
}

void HistoryRun::check()
{
    const History &history = m_recorder.history();
    join(m_problems, checkKnown(history));
    join(m_problems, m_workload->check(history));
    lookForResidue();
}

void HistoryRun::lookForResidue()
{
    for (int i = 0; i < int(m_site.desks.size()); ++i) {
        const QStringList words = m_workload->forbidden(m_recorder.history(), i);
        if (words.isEmpty())
            continue;
        const QString folder = m_site.desks[std::size_t(i)]->desktop().seat().data;
        QStringList there;
        letPass(purgeMost, [&] {
            there = wordsIn(folder, words);
            return there.isEmpty();
        });
        for (const QString &word : std::as_const(there))
            m_problems.push_back(found(anomaly::residue, u"desktop %1: %2"_s.arg(i).arg(word)));
    }
}

QString HistoryRun::summary() const
{
    const History &history = m_recorder.history();
    const auto count = [&](Outcome outcome) {
        return std::count_if(history.operations.begin(), history.operations.end(),
                             [&](const Operation &one) { return one.outcome == outcome; });
    };
    return u"%1 times %2: %3 applied, %4 refused, %5 unknown, %6 reads, %7 rows, worked %8 ms, at the head %9 ms later"_s
        .arg(m_strikes)
        .arg(Nemesis::nameOf(m_nemesis))
        .arg(count(Outcome::Ok))
        .arg(count(Outcome::Failed))
        .arg(count(Outcome::Open))
        .arg(history.checkpoints.size())
        .arg(history.master.size())
        .arg(m_worked)
        .arg(m_calmed);
}

} // namespace keydesk::blackbox
