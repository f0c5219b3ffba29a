#include "support/sim/history.h"

#include "commands/staff_commands.h"
#include "support/sim/watched_dispatch.h"

namespace keydesk::sim {

using namespace Qt::StringLiterals;

namespace {

// The death of a process at a yield point.
struct Death
{
};

// Counts down to a planned death; the handler of fault::yieldPoint is a plain function.
int yieldsUntilDeath = -1;

void dieWhenDue(const char *)
{
    if (yieldsUntilDeath >= 0 && yieldsUntilDeath-- == 0)
        throw Death();
}

quint64 mixed(quint64 state, quint64 value)
{
    state = (state ^ value) * 0x9e3779b97f4a7c15ull;
    return state ^ (state >> 29);
}

constexpr qint64 tickLength = 200; // ms of simulated time a step takes on average

} // namespace

History::History(const Stage &stage, quint64 seed)
    : m_stage(stage)
    , m_random(quint32(seed ^ (seed >> 32)))
    , m_clock(Stage::start + 100 * second)
    , m_oracle(stage.catalog)
    , m_opportunities(stage.opportunities)
    , m_day(businessDate(m_clock.now()))
{
    ++fault::history;
    const auto makeReactions = [this](Database &database) {
        return std::make_unique<WatchedDispatch>(
            database, m_stage.calendar, [this] { return chance(m_spoilPercent); },
            [this](const CommandCall &call, const Error &error) {
                m_violation = u"dispatch failed after %1: %2 %3"_s.arg(call.type, error.key(),
                                                                       error.detail);
            });
    };
    m_server = std::make_unique<SimServer>(stage.catalog, stage.registry, makeReactions,
                                           stage.serverImage, m_clock);
    m_server->judge = [this](const Cut &before, const Cut &after) {
        return m_oracle.checkMaster(before, after, !m_spoilt);
    };
    std::vector<int> seats{0, 1, 2, 3, 4};
    const int desktops = 2 + pick(2);
    for (int i = 0; i < desktops; ++i) {
        // One of the two sellers first: without them nothing is claimed.
        const auto seat = seats.begin() + pick(i == 0 ? 2 : int(seats.size()));
        m_clients.push_back(std::make_unique<SimClient>(stage.catalog, stage.registry,
                                                        stage.users[std::size_t(*seat)],
                                                        stage.replicaImage, seed + quint64(i)));
        seats.erase(seat);
        m_clients.back()->start(m_clock.now());
    }
    const std::array<int, 4> pages{256, 2000, 8000, 256 * 1024};
    m_server->pageBytes = pages[std::size_t(pick(4))];
    m_dropPercent = chance(50) ? pick(12) : 0;
    m_doublePercent = chance(50) ? pick(10) : 0;
    m_cutPercent = chance(60) ? pick(8) : 0;
    m_crashPercent = chance(60) ? pick(10) : 0;
    m_flipPercent = 4 + pick(12);
    m_claimPercent = chance(25) ? 70 : 15;
    m_spoilt = chance(10);
    m_spoilPercent = m_spoilt ? 10 : 0;
    m_jumpPercent = chance(50) ? 1 + pick(5) : 0;
    fault::yieldHandler = dieWhenDue;
    yieldsUntilDeath = -1;
}

History::~History()
{
    fault::yieldHandler = nullptr;
}

void History::note(const char *what, quint64 detail)
{
    quint64 hash = detail;
    for (const char *c = what; *c; ++c)
        hash = mixed(hash, quint64(*c));
    m_trace = mixed(m_trace, hash);
}

QString History::anyOf(const std::vector<QString> &list)
{
    return list[std::size_t(pick(int(list.size())))];
}

// Mostly one of the first, so that many are after the same ones.
QString History::anyOpportunity()
{
    return chance(65) ? anyOf(m_stage.opportunities) : anyOf(m_opportunities);
}

RecordId History::freshId()
{
    return RecordId::fromParts(m_clock.now().ms, m_random.generate64(), m_random.generate64());
}

CommandCall History::call(const QString &type, Arguments arguments)
{
    return {freshId(), type, 1, std::move(arguments)};
}

void History::mortal(SimClient *client, const std::function<void()> &body)
{
    yieldsUntilDeath = chance(m_crashPercent) ? pick(6) : -1;
    try {
        body();
    } catch (const Death &) {
        yieldsUntilDeath = -1;
        client ? crashClient(*client) : crashServer();
    }
    yieldsUntilDeath = -1;
}

void History::crashClient(SimClient &client)
{
    note("client dies", quint64(client.checkpoints));
    if (client.port().wire)
        m_lostWires.push_back(client.port().wire);
    client.crash();
    client.start(m_clock.now());
}

void History::crashServer()
{
    note("server dies");
    m_server->crash();
    m_lostWires.clear();
    for (const auto &client : m_clients) {
        if (client->port().wire)
            cut(*client);
    }
}

void History::connect(SimClient &client)
{
    auto wire = std::make_shared<Wire>();
    wire->peer = std::make_shared<PeerSession>(*m_server, *wire);
    m_server->sessions.push_back(wire->peer);
    client.port().wire = wire;
    client.port().closeAsked = false;
    note("connect");
    mortal(&client, [&] { client.session().connected(QByteArray(32, 'c'), m_clock.now()); });
}

void History::cut(SimClient &client)
{
    // The server may not notice: what was on its way still arrives there.
    if (auto wire = std::exchange(client.port().wire, nullptr)) {
        if (chance(50))
            m_lostWires.push_back(wire);
        else
            wire->peer->detach();
    }
    client.port().closeAsked = false;
    note("cut");
    client.session().disconnected();
}

void History::afterClient(SimClient &client)
{
    if (client.port().closeAsked
        || (client.port().wire && !client.port().wire->serverOpen
            && client.port().wire->toClient.empty()))
        cut(client);
    // No fault of a history damages rows, so sums that differ mean that sync lost or kept one.
    if (client.replica().sumMismatches() > 0 && m_violation.isEmpty())
        m_violation = u"G7: sums differ on "_s + client.user();
    if (client.replica().isReadable() && m_violation.isEmpty()) {
        const qint64 cursor = client.replica().cursor();
        if (cursor != client.highestCursor || client.checkpoints == 0) {
            ++client.checkpoints;
            note("checkpoint", quint64(cursor));
            m_violation = m_oracle.checkReplica(client, *m_server);
        }
    }
}

void History::deliver(SimClient &client)
{
    const auto wire = client.port().wire;
    if (!wire)
        return connect(client);
    const bool up = wire->toClient.empty() || (!wire->toServer.empty() && chance(50));
    auto &line = up ? wire->toServer : wire->toClient;
    if (line.empty())
        return;
    QByteArray frame = line.front();
    line.pop_front();
    if (chance(m_dropPercent)) {
        note("drop", quint64(frame.size()));
        return;
    }
    if (chance(m_doublePercent))
        line.push_front(frame);
    note(up ? "up" : "down", quint64(frame.size()));
    if (up) {
        if (wire->serverOpen)
            mortal(nullptr, [&] { wire->peer->receive(frame); });
        return;
    }
    noteVerdict(client, frame);
    mortal(&client, [&] {
        client.session().receive(frame, m_clock.now());
        if (chance(70)) // else more comes together with it
            client.session().rest(m_clock.now());
    });
    afterClient(client);
}

void History::noteVerdict(SimClient &client, const QByteArray &frame)
{
    const auto message = decodeMessage(frame);
    const auto *result = message ? std::get_if<CmdResult>(&*message) : nullptr;
    if (!result || (result->status != CmdResult::Applied && result->status != CmdResult::Rejected))
        return;
    const bool applied = result->status == CmdResult::Applied;
    const auto [known, fresh] = client.verdicts.try_emplace(result->n, applied);
    if (!fresh && known->second != applied)
        m_violation = u"G2: the verdict of %1/%2 changed"_s.arg(client.device()).arg(result->n);
}

void History::step()
{
    passTime(1 + pick(int(2 * tickLength)));
    SimClient &client = *m_clients[std::size_t(pick(int(m_clients.size())))];
    const int what = pick(100);
    if (what < 12) {
        personActs(client);
        client.session().wake(m_clock.now());
    } else if (what < 12 + m_flipPercent) {
        worldActs();
    } else if (what < 60) {
        deliver(client);
    } else if (what < 72) {
        mortal(nullptr, [&] { m_server->commit(std::size_t(1) + std::size_t(pick(8))); });
    } else if (what < 84) {
        mortal(nullptr, [&] { m_server->answerPull(); });
    } else if (what < 88) {
        mortal(&client, [&] { client.session().tick(m_clock.now()); });
    } else if (what < 90) {
        m_server->compact(5 + pick(60));
    } else if (what < 93 && !m_lostWires.empty()) {
        // A frame of a connection the desktop has given up reaches the server late.
        Wire &late = *m_lostWires[std::size_t(pick(int(m_lostWires.size())))];
        if (!late.toServer.empty() && late.serverOpen) {
            const QByteArray frame = late.toServer.front();
            late.toServer.pop_front();
            mortal(nullptr, [&] { late.peer->receive(frame); });
        }
    } else if (chance(m_cutPercent) && client.port().wire) {
        cut(client);
    } else if (chance(m_crashPercent)) {
        chance(70) ? crashClient(client) : crashServer();
    } else if (chance(3)) {
        passTime(50 * second); // long enough for every deadline
    }
    if (chance(m_jumpPercent))
        jumpInTime();
    afterClient(client);
    if (m_violation.isEmpty())
        m_violation = m_server->violation;
}

bool History::oneRoundOfHealing()
{
    passTime(tickLength);
    bool settled = true;
    for (const auto &client : m_clients) {
        if (!client->port().wire)
            connect(*client);
        for (int i = 0; i < 4 && client->port().wire; ++i)
            deliver(*client);
        client->session().tick(m_clock.now());
        afterClient(*client);
        settled = settled && client->session().isSettled();
    }
    m_server->commit(64);
    while (m_server->hasPulls())
        m_server->answerPull();
    return settled && !m_server->hasCommands();
}

QString History::heal()
{
    m_dropPercent = m_doublePercent = m_cutPercent = m_crashPercent = 0;
    m_lostWires.clear();
    m_spoilPercent = 0;
    std::vector<CommandCall> back;
    for (const QString &user : m_stage.users) {
        SaveStaff save;
        save.staff = RecordId(user);
        save.status = u"active"_s;
        back.push_back(call(save));
    }
    m_server->commitAs(m_stage.elsewhere, back);
    for (int round = 0; round < 3000; ++round) {
        if (oneRoundOfHealing())
            return {};
        if (!m_violation.isEmpty())
            return m_violation;
    }
    QString stuck = u"G7: not settled"_s;
    for (const auto &client : m_clients) {
        const SyncStatus &status = client->session().status();
        stuck += u"; %1 state %2 queued %3 cursor %4 head %5 alarm %6"_s.arg(client->device())
                     .arg(int(status.state))
                     .arg(status.queued)
                     .arg(status.cursor)
                     .arg(status.head)
                     .arg(status.alarm);
    }
    return stuck;
}

std::map<QString, int> History::moves() const
{
    std::map<QString, int> moves;
    const EntityInfo &entity = m_stage.catalog.entity(u"transfer"_s);
    const auto &rows = m_server->latest().rows;
    for (auto row = rows.lower_bound({entity.name(), QString()});
         row != rows.end() && row->first.first == entity.name(); ++row)
        ++moves[entity.cell(*row->second, u"kind"_s).text()];
    return moves;
}

QString History::run()
{
    const int length = 60 + pick(140);
    for (m_step = 0; m_step < length && m_violation.isEmpty(); ++m_step)
        step();
    if (m_violation.isEmpty())
        m_violation = heal();
    if (m_violation.isEmpty())
        m_violation = m_oracle.checkEffects(m_clients, *m_server);
    for (const auto &client : m_clients) {
        if (m_violation.isEmpty())
            m_violation = m_oracle.checkReferences(*client, *m_server);
    }
    return m_violation.isEmpty() ? QString() : u"step %1: "_s.arg(m_step) + m_violation;
}

} // namespace keydesk::sim
