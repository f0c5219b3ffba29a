// A server with a thousand connections, most of them idle, and people who record all the while.

#include "benches.h"
#include "support/enrolled_directly.h"
#include "support/master_world.h"

#include <QThread>

namespace keydesk::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int arrival = 300'000; // ms, until all are there
constexpr int idlePerPerson = 20;
constexpr int tick = 10; // ms

struct Rush
{
    int idle = 0;
    int busy = 0;
    int perSecond = 0; // commands, by all of them
    int seconds = 0;
};

// The desktops, on a thread of their own so that they answer while somebody else measures.
class Crowd
{
public:
    Crowd(quint16 port, std::vector<LightDesktop::Identity> identities, QStringList accounts)
        : m_accounts(std::move(accounts))
    {
        m_loop.moveToThread(&m_thread);
        m_thread.start();
        onThread([&] {
            for (LightDesktop::Identity &identity : identities) {
                m_desktops.push_back(std::make_unique<LightDesktop>(port, std::move(identity)));
                m_desktops.back()->open();
            }
        });
    }
    ~Crowd()
    {
        onThread([this] {
            m_timer.reset();
            m_desktops.clear();
        });
        m_thread.quit();
        m_thread.wait();
    }

    bool areAllLive()
    {
        bool live = false;
        onThread([&] {
            live = std::all_of(m_desktops.begin(), m_desktops.end(),
                               [](const auto &one) { return one->isLive(); });
        });
        return live;
    }
    /// From now on the first `busy` of them record in turn.
    void begin(const Rush &rush)
    {
        onThread([this, rush] {
            for (int i = 0; i < rush.busy; ++i) {
                m_desktops[std::size_t(i)]->answered = [this, i](const CmdResult &result) {
                    note(i, result);
                };
            }
            m_sent.assign(std::size_t(rush.busy), {});
            m_clock.start();
            m_timer = std::make_unique<QTimer>();
            QObject::connect(m_timer.get(), &QTimer::timeout, m_timer.get(),
                             [this, rush] { sendDue(rush); });
            m_timer->start(tick);
        });
    }
    struct Outcome
    {
        std::vector<double> milliseconds; // of each answer
        int sent = 0;
        int refused = 0;
    };
    /// Nobody records any more; waits for the last answers.
    Outcome end()
    {
        onThread([this] { m_timer.reset(); });
        Outcome outcome;
        waitUntil(
            [&] {
                onThread([&] { outcome = m_outcome; });
                return int(outcome.milliseconds.size()) == outcome.sent;
            },
            20'000);
        return outcome;
    }

private:
    void onThread(const std::function<void()> &work)
    {
        QMetaObject::invokeMethod(&m_loop, work, Qt::BlockingQueuedConnection);
    }
    void sendDue(const Rush &rush)
    {
        const qint64 due = m_clock.elapsed() * rush.perSecond / 1000;
        for (; m_outcome.sent < due; ++m_outcome.sent) {
            const int who = m_outcome.sent % rush.busy;
            auto &times = m_sent[std::size_t(who)];
            const RecordId account(m_accounts[m_outcome.sent % m_accounts.size()]);
            times.push_back(m_clock.nsecsElapsed());
            m_desktops[std::size_t(who)]->send(
                MasterWorld::message(qint64(times.size()),
                                     MasterWorld::capture(account, u"专线"_s)));
        }
    }
    void note(int who, const CmdResult &result)
    {
        const auto &times = m_sent[std::size_t(who)];
        if (result.n < 1 || result.n > qint64(times.size()))
            return;
        m_outcome.milliseconds.push_back(
            double(m_clock.nsecsElapsed() - times[std::size_t(result.n - 1)]) / 1e6);
        m_outcome.refused += result.status == CmdResult::Applied ? 0 : 1;
    }

    const QStringList m_accounts;
    QThread m_thread;
    QObject m_loop;
    // On the thread only.
    std::vector<std::unique_ptr<LightDesktop>> m_desktops;
    std::unique_ptr<QTimer> m_timer;
    QElapsedTimer m_clock;
    std::vector<std::vector<qint64>> m_sent; // ns, by desktop
    Outcome m_outcome;
};

std::vector<Figure> rushed(BenchOffice &office, const Rush &rush)
{
    const QString crowd =
        u"_with_%1_idle_%2_busy_at_%3_a_second"_s.arg(rush.idle).arg(rush.busy).arg(rush.perSecond);
    Figure answers{u"answer_p99"_s + crowd, 0, u"ms"_s, {}, 500};
    Figure memory{u"server_memory"_s + crowd, 0, u"MB"_s, {}, 300};
    // The first tenth fills caches.
    Figure grown{u"server_memory_after_%1_s"_s.arg(rush.seconds) + crowd,
                 0,
                 u"MB"_s,
                 {},
                 1.2,
                 Figure::Wanted::AtMostTimes};
    Figure save{u"save_to_other_store_p99"_s + crowd, 0, u"ms"_s, {}, 100};
    Figure each{u"server_memory_of_a_connection_of_%1"_s.arg(rush.idle + rush.busy),
                0,
                u"KB"_s,
                {},
                250};
    std::vector<Figure> none{answers, memory, each, grown, save};

    allowManyFiles();
    const QString file = office.server().data() + u"/keydesk.db"_s;
    QStringList busyPeople = office.crowdCodes(rush.busy + rush.idle / idlePerPerson);
    const QStringList idlePeople = busyPeople.mid(rush.busy);
    busyPeople.resize(rush.busy);
    auto identities = enrolledDirectly(file, busyPeople, rush.busy);
    for (auto &one : enrolledDirectly(file, idlePeople, rush.idle))
        identities.push_back(std::move(one));
    if (int(identities.size()) != rush.busy + rush.idle)
        return none;
    const double before = office.residentMegabytes();
    Crowd desktops(office.server().port(), std::move(identities),
                   office.texts("SELECT id FROM account WHERE owner_staff_id IS NOT NULL AND "
                                "area_id = (SELECT id FROM area WHERE name='昆明') LIMIT 100"));
    if (!waitUntil([&] { return desktops.areAllLive(); }, arrival))
        return none;
    each.value = (office.residentMegabytes() - before) * 1000 / (rush.idle + rush.busy);
    auto pair = savingPair(office);
    if (!pair)
        return none;
    desktops.begin(rush);
    waitUntil([] { return false; }, rush.seconds * 100);
    grown.limit = office.residentMegabytes();
    QElapsedTimer time;
    time.start();
    save.value = percentile(savesToOtherDesktop(*pair, rush.seconds * 1000 / 2), 0.99);
    waitUntil([] { return false; }, std::max(1, int(rush.seconds * 900 - time.elapsed())));
    memory.value = grown.value = office.residentMegabytes();
    const Crowd::Outcome outcome = desktops.end();
    if (outcome.refused == 0 && int(outcome.milliseconds.size()) == outcome.sent)
        answers.value = percentile(outcome.milliseconds, 0.99);
    return {answers, memory, each, grown, save};
}

} // namespace

std::vector<Figure> crowd(BenchOffice &office)
{
    auto figures = rushed(office, {1000, 50, 50, 20});
    figures.push_back(rushed(office, {150, 50, 50, 20}).back()); // Save, where 200 are connected
    return figures;
}

std::vector<Figure> crowdForTenMinutes(BenchOffice &office)
{
    return rushed(office, {1000, 200, 100, 600});
}

} // namespace keydesk::bench
