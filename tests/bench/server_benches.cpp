// What the server does a second, and how soon it answers.

#include "bare_programs.h"
#include "base/search_text.h"
#include "benches.h"
#include "support/master_world.h"

#include <QThread>

#include <thread>

namespace keydesk::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int commandsAlone = 200;
constexpr int commandsTogether = 1600; // by all clients
constexpr int edits = 10'000;
constexpr int editsInFlight = 64; // as many as a desktop sends ahead
constexpr int questions = 200;

int commandsOf(int clients)
{
    return clients == 1 ? commandsAlone : commandsTogether / clients;
}

// Each client records, waits for the answer and records again.
double recordedPerSecond(BenchOffice &office, int clients)
{
    const int commandsEach = commandsOf(clients);
    std::vector<std::unique_ptr<WireClient>> people;
    for (int i = 0; i < clients; ++i) {
        people.push_back(std::make_unique<WireClient>(office.server().port()));
        if (!office.admit(*people.back(), u"1131"_s))
            return 0;
    }
    const QStringList accounts = office.texts("SELECT id FROM account WHERE owner_staff_id IS NOT "
                                              "NULL AND area_id = (SELECT id FROM area "
                                              "WHERE name='昆明') LIMIT 100");
    std::atomic<int> applied = 0;
    const auto work = [&](WireClient &client) {
        for (int n = 1; n <= commandsEach; ++n) {
            const RecordId account(accounts[n % accounts.size()]);
            client.send(MasterWorld::message(n, MasterWorld::capture(account, u"专线"_s)));
            client.socket->flush();
            const auto result = client.receive<CmdResult>();
            applied += result && result->status == CmdResult::Applied ? 1 : 0;
        }
        client.socket.reset(); // on the thread that used it
    };
    QElapsedTimer time;
    time.start();
    std::vector<std::thread> threads;
    for (auto &person : people) {
        person->socket->moveToThread(nullptr); // taken over below
        threads.emplace_back([&work, &person] {
            person->socket->moveToThread(QThread::currentThread());
            work(*person);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    return applied == clients * commandsEach ? applied * 1e9 / double(time.nsecsElapsed()) : 0;
}

// A desktop whose queue holds so many edits of its manager's customers, without a line.
std::unique_ptr<Workbench> desktopWithQueue(BenchOffice &office, const QString &pc, int waiting)
{
    auto desktop = office.desktop(u"1101"_s, pc);
    if (!desktop)
        return nullptr;
    const QStringList mine = office.texts("SELECT id FROM account WHERE owner_staff_id = (SELECT "
                                          "id FROM staff WHERE code='1101')");
    desktop->setLinkEnabled(false);
    int queued = 0;
    for (int i = 0; i < waiting; ++i) {
        const RecordId account(mine[i % mine.size()]);
        desktop->run(MasterWorld::edit(u"account"_s, account, {{u"remarks"_s, u"备注%1"_s.arg(i)}}),
                     [&](const Result<RunOutcome> &outcome) { queued += outcome ? 1 : 0; });
    }
    return waitUntil([&] { return queued == waiting; }) ? std::move(desktop) : nullptr;
}

// From the moment the first person is let in until the last queue is empty.
double editedPerSecond(BenchOffice &office, int clients)
{
    std::vector<std::unique_ptr<Workbench>> desktops;
    for (int i = 0; i < clients; ++i) {
        desktops.push_back(
            desktopWithQueue(office, u"-edits-%1-%2"_s.arg(clients).arg(i), edits / clients));
        if (!desktops.back())
            return 0;
    }
    QElapsedTimer time;
    int settled = 0;
    for (auto &desktop : desktops) {
        QObject::connect(desktop.get(), &Workbench::statusChanged, desktop.get(),
                         [&](const SyncStatus &status) {
                             if (!time.isValid() && status.state == SyncStatus::Live)
                                 time.start();
                         });
        desktop->whenSettled([&] { ++settled; });
        desktop->setLinkEnabled(true);
    }
    const bool done = waitUntil([&] { return settled == clients; });
    return done && time.isValid() ? edits * 1e9 / double(time.nsecsElapsed()) : 0;
}

Row anOpportunity(BenchOffice &office)
{
    const auto master = office.master();
    RowStore store(*master, office.catalog());
    const auto rows = store.select(office.catalog().entity(u"opportunity"_s),
                                   "no IS NOT NULL LIMIT 1");
    return rows.empty() ? Row() : rows.front();
}

// Milliseconds from question to answer, each asked when the last was answered.
std::vector<double> asked(Workbench &desktop, const std::function<OnlineQuery(int)> &question)
{
    std::vector<double> samples;
    for (int i = 0; i < questions; ++i) {
        QElapsedTimer time;
        bool answered = false;
        bool found = false;
        time.start();
        desktop.ask(question(i), [&](const Result<OnlineAnswer> &answer) {
            answered = true;
            found = answer && !answer->rows.empty();
        });
        if (!waitUntil([&] { return answered; }, 10'000) || !found)
            return {};
        samples.push_back(double(time.nsecsElapsed()) / 1e6);
    }
    return samples;
}

} // namespace

std::vector<Figure> durableCommands(BenchOffice &office)
{
    std::vector<Figure> figures;
    const Row row = anOpportunity(office);
    const auto master = office.master();
    const QString before = office.server().file(u"bare-same-rows.db"_s);
    for (const int clients : {1, 16, 64}) {
        const QString name = u"record_opportunity_%1_clients"_s.arg(clients);
        Figure figure{name, 0, u"commands/s"_s, {}, 0.25, Figure::Wanted::AtLeastRatio};
        figure.limit = bareInserts(office.server().file(u"."_s), row, clients, 1600);
        QFile::remove(before);
        const bool copied = bool(master->backupTo(before));
        figure.value = recordedPerSecond(office, clients);
        figures.push_back(figure);
        // How much of the distance to the bare program is the rows that a command leaves.
        figure.name = name + u"_beside_all_their_rows"_s;
        figure.limit = copied
            ? bareSameRows(*master, before, clients, commandsOf(clients) * clients)
            : 0;
        figures.push_back(figure);
    }
    return figures;
}

std::vector<Figure> queuedEdits(BenchOffice &office)
{
    std::vector<Figure> figures;
    const auto master = office.master();
    RowStore store(*master, office.catalog());
    const auto accounts = store.select(office.catalog().entity(u"account"_s), "1=1 LIMIT 1");
    for (const int clients : {1, 8}) {
        Figure figure{u"edits_from_a_queue_of_%1_%2_clients"_s.arg(edits).arg(clients),
                      0,
                      u"commands/s"_s,
                      {},
                      0.25,
                      Figure::Wanted::AtLeastRatio};
        figure.limit = bareInserts(office.server().file(u"."_s), accounts.front(),
                                   clients * editsInFlight, edits);
        figure.value = editedPerSecond(office, clients);
        figures.push_back(figure);
    }
    return figures;
}

std::vector<Figure> onlineLookups(BenchOffice &office)
{
    const QString size = QString::number(office.accounts());
    Figure caller{u"caller_lookup_p99_"_s + size + u"_contacts"_s, 0, u"ms"_s, {}, 10};
    Figure name{u"name_search_two_characters_p99_"_s + size + u"_accounts"_s, 0, u"ms"_s, {}, 10};
    const auto desktop = office.desktop(u"1171"_s, u"-asks"_s);
    if (!desktop)
        return {caller, name};
    QStringList numbers;
    QStringList words;
    const QString tails = u"隆祥丰辉利通和顺康宁"_s;
    for (int i = 0; i < questions; ++i) {
        numbers.append(u"139%1"_s.arg(i * 97 % office.accounts(), 8, 10, QLatin1Char('0')));
        words.append(u"鑫"_s + tails[i % tails.size()]);
    }
    caller.value = percentile(asked(*desktop,
                                    [&](int i) {
                                        OnlineQuery query;
                                        query.entity = u"contact"_s;
                                        query.phone = numbers[i];
                                        return query;
                                    }),
                              0.99);
    name.value = percentile(asked(*desktop,
                                  [&](int i) {
                                      OnlineQuery query;
                                      query.entity = u"account"_s;
                                      query.text = words[i];
                                      return query;
                                  }),
                            0.99);
    const auto master = office.master();
    caller.limit =
        percentile(bareLookups(*master,
                               "SELECT name, phone, account_id FROM contact WHERE id IN "
                               "(SELECT id FROM phone_index WHERE number=? AND tbl='contact')",
                               numbers),
                   0.99);
    QStringList expressions;
    for (const QString &word : words)
        expressions.append(searchExpression(word));
    name.limit = percentile(bareLookups(*master,
                                        "SELECT name, address FROM account WHERE pk IN (SELECT "
                                        "rowid FROM search_account WHERE search_account MATCH ?) "
                                        "ORDER BY pk DESC LIMIT 50",
                                        expressions),
                            0.99);
    return {caller, name};
}

} // namespace keydesk::bench
