#include "support/sim/history.h"

#include "commands/staff_commands.h"
#include "support/sim/watched_dispatch.h"

#include "base/fault.h"

namespace keydesk::sim {

using namespace Qt::StringLiterals;

namespace {

quint64 mixed(quint64 state, quint64 value)
{
    state = (state ^ value) * 0x9e3779b97f4a7c15ull;
    return state ^ (state >> 29);
}

constexpr qint64 tickLength = 200; // ms of simulated time a step takes on average
constexpr int healingRounds = 1000; // ticks within which a healed core must agree (G7)

} // namespace

History::History(const Stage &stage, quint64 seed, HistoryWatch *watch)
    : m_stage(stage)
    , m_watch(watch)
    , m_random(quint32(seed ^ (seed >> 32)))
    , m_versions(quint32(seed * 2'654'435'761u))
    , m_clock(Stage::start + 100 * second)
    , m_real(m_clock.now())
    , m_faults(watch ? Faults::ofGrants(m_random) : Faults::of(m_random, m_versions))
    , m_had(m_faults)
    , m_serverRuns(&stage.programs.front())
    , m_oracle(stage.programs.back().catalog)
    , m_opportunities(stage.opportunities)
{
    ++fault::history;
    const auto makeReactions = [this](RowStore &store) {
        return std::make_unique<WatchedDispatch>(
            store, m_stage.calendar, [this] { return chance(m_faults.spoilPercent); },
            [this](const CommandCall &call, const Error &error) {
                if (error.code() != ErrorCode::Storage || !m_faults.onDisk)
                    m_violation = u"dispatch failed after %1: %2 %3"_s.arg(call.type, error.key(),
                                                                           error.detail);
            });
    };
    m_server = std::make_unique<SimServer>(stage.catalog, stage.registry, makeReactions,
                                           filesOf(u"server/"_s), stage.serverImage, m_clock);
    if (m_faults.skew && m_versions.bounded(2) == 1) {
        m_serverRuns = &stage.programs[1];
        m_server->update(*m_serverRuns);
        (void)m_server->crash();
    }
    m_server->guardsDoor = true;
    const bool whole = m_faults.spoilPercent == 0 && m_faults.troublePercent == 0;
    // Whoever watches has furnished the master data with more than it knows of.
    if (!watch)
        m_server->judge = [this, whole](const Cut &before, const Cut &after) {
            return m_oracle.checkMaster(before, after, whole);
        };
    const std::array<int, 4> pages{256, 2000, 8000, 256 * 1024};
    m_server->pageBytes = pages[std::size_t(pick(4))];
    makeDesktops(seed);
}

void History::makeDesktops(quint64 seed)
{
    std::vector<int> seats{0, 1, 2, 3, 4};
    const int desktops = 2 + pick(2);
    const SimClient::Images images{m_stage.outboxImage,
                                   m_faults.emptyReplicas ? QByteArray() : m_stage.replicaImage};
    for (int i = 0; i < desktops; ++i) {
        // One of the two sellers first: without them nothing is claimed.
        const auto seat = seats.begin() + pick(i == 0 ? 2 : int(seats.size()));
        const auto version = m_faults.skew ? m_versions.bounded(Program::newest) : 0;
        m_clients.push_back(std::make_unique<SimClient>(m_stage.programs[std::size_t(version)],
                                                        m_stage.users[std::size_t(*seat)],
                                                        filesOf(u"desktop-%1/"_s.arg(i)), images,
                                                        seed + quint64(i)));
        seats.erase(seat);
        m_clients.back()->line.slow = m_faults.slowReaders && chance(60);
        startAgain(*m_clients.back());
    }
}

const Program &History::nextOf(const Program &program)
{
    const bool updates = m_faults.skew && program.version < Program::newest
        && m_versions.bounded(100) < 40;
    return updates ? m_stage.programs[std::size_t(program.version)] : program;
}

std::unique_ptr<SimFiles> History::filesOf(const QString &machine)
{
    if (m_faults.onDisk)
        return std::make_unique<DiskFiles>(m_stage.disk(), machine, m_random);
    return std::make_unique<LentFiles>(m_stage.spares());
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

CommandCall History::call(const QString &type, Arguments arguments, int version)
{
    return {freshId(), type, version, std::move(arguments)};
}

void History::afterClient(SimClient &client)
{
    if (!client.isRunning())
        return;
    if (client.port().closeAsked
        || (client.port().wire && !client.port().wire->serverOpen
            && client.port().wire->toClient.empty()))
        cut(client);
    // Damaged disks apart, sums that differ mean that sync lost or kept a row.
    if (client.replica().sumMismatches() > 0 && m_violation.isEmpty())
        m_violation = u"G7: sums differ on "_s + client.user();
    if (m_violation.isEmpty())
        m_violation = m_oracle.checkOwnWrites(client);
    if (client.replica().isReadable() && m_violation.isEmpty()) {
        const qint64 cursor = client.replica().cursor();
        if (cursor != client.highestCursor || client.checkpoints == 0) {
            ++client.checkpoints;
            note("checkpoint", quint64(cursor));
            atCheckpoint(client);
        }
    }
}

void History::atCheckpoint(SimClient &client)
{
    ReplicaFile &file = *client.replica().current();
    const auto cut = m_server->cutAt(file.epoch(), file.cursor());
    for (std::size_t i = 0; m_watch && cut && i < m_clients.size(); ++i) {
        if (m_clients[i].get() == &client)
            m_violation = m_watch->held(client, m_stage.disk().contents(u"desktop-%1/"_s.arg(i)),
                                        cut);
    }
    if (m_violation.isEmpty())
        m_violation = m_oracle.checkReplica(client, *m_server);
}

QString History::words(const SimClient &client, const QString &plain)
{
    return m_watch ? m_watch->textOf(client.user()) : plain;
}

QString History::phone(const SimClient &client, const QString &plain)
{
    return m_watch ? m_watch->phoneOf(client.user()) : plain;
}

void History::step()
{
    passTime(1 + pick(int(2 * tickLength)));
    SimClient &client = *m_clients[std::size_t(pick(int(m_clients.size())))];
    if (!client.isRunning())
        startAgain(client);
    const int what = pick(100);
    if (what < 12) {
        if (client.isRunning()) {
            personActs(client);
            if (client.isRunning())
                client.session().wake(client.clock(m_real.now()));
        }
    } else if (what < 12 + m_faults.flipPercent + (m_faults.skew ? 6 : 0)) {
        worldActs();
    } else {
        networkActs(client, what);
    }
    if (chance(m_faults.jumpPercent))
        jumpInTime();
    if (chance(m_faults.linePercent))
        lineActs();
    if (m_faults.wild && chance(25))
        wildActs();
    if (chance(m_faults.troublePercent))
        diskActs();
    // A copy is made early and put back late: what came between is what a restore loses.
    if (m_faults.restores && chance(m_epochKept ? 3 : m_server->hasBackup() ? 1 : 10))
        restoreActs();
    if (m_faults.copies && chance(4))
        rollBack(client);
    if (m_faults.skew && chance(3)) // ended, perhaps for an update
        chance(60) ? crashClient(client) : crashServer();
    if (m_server->isBroken())
        crashServer();
    afterClient(client);
    if (m_violation.isEmpty())
        m_violation = m_server->violation;
}

void History::networkActs(SimClient &client, int what)
{
    if (what < 60) {
        // Whoever watches wants to see many checkpoints.
        for (int i = 0; i < (m_watch ? 6 : 1); ++i)
            deliver(client);
    } else if (what < 72) {
        mortal(nullptr, [&] { m_server->commit(std::size_t(1) + std::size_t(pick(8))); });
    } else if (what < 84) {
        // Whoever watches what is sent knows the rights of now, not of when it was read.
        const bool late = !m_watch && chance(35);
        mortal(nullptr, [&] {
            m_server->tick(1);
            late ? m_server->readPull() : m_server->answerPull();
        });
    } else if (what < 88) {
        if (client.isRunning())
            mortal(&client, [&] { client.session().tick(client.clock(m_real.now())); });
    } else if (what < 90) {
        m_server->compact(5 + pick(60));
    } else if (what < 93 && !m_lostWires.empty()) {
        deliverLate();
    } else if (chance(m_faults.cutPercent) && client.port().wire) {
        cut(client);
    } else if (chance(m_faults.crashPercent)) {
        chance(70) ? crashClient(client) : crashServer();
    } else if (chance(3)) {
        passTime((chance(50) ? 25 : 50) * second); // somebody asks; or past every deadline
    }
}

bool History::oneRoundOfHealing()
{
    passTime(tickLength);
    bool settled = true;
    for (const auto &client : m_clients) {
        if (client->line.broken) {
            // Outside the core: it goes on to disturb.
            if (client->isRunning() && chance(50))
                deliver(*client);
            if (chance(2))
                crashClient(*client);
            continue;
        }
        if (!client->isRunning())
            startAgain(*client);
        if (!client->port().wire)
            connect(*client);
        for (int i = 0; i < 4 && client->port().wire; ++i)
            deliver(*client);
        client->session().tick(client->clock(m_real.now()));
        afterClient(*client);
        const auto &wire = client->port().wire;
        settled = settled && client->session().isSettled() && wire && wire->toServer.empty()
            && wire->toClient.empty();
    }
    const qint64 before = m_server->head();
    m_server->commit(64);
    m_server->tick(64);
    while (m_server->hasPulls())
        m_server->answerPull();
    return settled && !m_server->hasCommands() && m_server->head() == before;
}

// An update is of interest on a desktop that has something: all load what they may see first.
void History::workInPeace()
{
    const Faults later = m_faults;
    m_faults.cease();
    for (int round = 0; round < healingRounds && m_violation.isEmpty(); ++round) {
        if (oneRoundOfHealing())
            break;
    }
    m_faults = later;
}

// Everything heals, or in one history of three only the server and some of the desktops: the others
// stay as broken as they are for ever, and must hold nobody up.
void History::endFaults()
{
    m_faults.cease();
    m_wild.reset();
    m_swizzle.clear();
    const bool core = m_had.linePercent + m_had.crashPercent > 0 && m_clients.size() > 1
        && chance(33);
    for (const auto &client : m_clients) {
        if (core && client != m_clients.front() && chance(60)) {
            client->line.broken = client->line.downLost = true;
            client->line.upLost = chance(50);
        } else {
            client->line = {};
            // What loses frames breaks sooner or later: TCP does not go on without them.
            if (m_had.dropPercent + m_had.linePercent > 0 && client->isRunning())
                cut(*client);
        }
    }
    m_lostWires.clear();
    if (m_had.onDisk) {
        for (std::size_t i = 0; i < m_clients.size(); ++i)
            m_stage.disk().setTrouble(u"desktop-%1/"_s.arg(i), SimDisk::Trouble::None);
        m_stage.disk().setTrouble(u"server/"_s, SimDisk::Trouble::None);
    }
    if (m_epochKept) {
        afterServerDeath();
        m_epochKept = !m_server->changeEpoch();
    }
}

void History::takeEverybodyBack()
{
    std::vector<CommandCall> back;
    const EntityInfo &entity = m_stage.catalog.entity(u"staff"_s);
    const auto &rows = m_server->latest().rows;
    for (const QString &user : m_stage.users) {
        // Who is still there is left alone, or all would hear of this and nobody need be told of
        // what came before it.
        const auto row = rows.find({entity.name(), user});
        if (row != rows.end() && entity.cell(*row->second, u"status"_s).text() == u"active")
            continue;
        SaveStaff save;
        save.staff = RecordId(user);
        save.status = u"active"_s;
        back.push_back(call(save));
    }
    m_server->commitAs(m_stage.elsewhere, back);
}

// When all is well and everything answered, an old copy of the server is put back: what it lost has
// to be offered again. Whether there was one.
bool History::restoreLate()
{
    if (!m_had.restores || m_restoredLate || !m_server->hasBackup())
        return false;
    m_restoredLate = true;
    restoreServer();
    takeEverybodyBack();
    return true;
}

QString History::heal()
{
    endFaults();
    takeEverybodyBack();
    int quiet = 0; // the first round in which nothing happens may still tell the last news
    for (int round = 0; round < healingRounds; ++round) {
        quiet = oneRoundOfHealing() ? quiet + 1 : 0;
        if (quiet >= 2 && !restoreLate())
            return {};
        if (!m_violation.isEmpty())
            return m_violation;
        if (m_server->isBroken())
            crashServer();
    }
    return stuck();
}

QString History::stuck() const
{
    QString text = u"G7: not settled"_s;
    for (const auto &client : m_clients) {
        if (!client->isRunning())
            continue;
        const SyncStatus &status = client->session().status();
        text += u"; %1 state %2 queued %3 cursor %4 head %5 alarm %6 broken %7 "
                u"needs a code %8 behind %9"_s.arg(client->device())
                    .arg(int(status.state))
                    .arg(status.queued)
                    .arg(status.cursor)
                    .arg(status.head)
                    .arg(status.alarm)
                    .arg(client->line.broken)
                    .arg(client->needsCode)
                    .arg(client->rollbackSeen);
    }
    return text
        + u"; restores %1 kept %2 copies %3 on disk %4"_s.arg(m_had.restores)
              .arg(m_had.keepsEpoch)
              .arg(m_had.copies)
              .arg(m_had.onDisk);
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
    if (m_faults.skew)
        workInPeace();
    const int length = (m_watch ? 120 : 60) + pick(140);
    for (m_step = 0; m_step < length && m_violation.isEmpty(); ++m_step)
        step();
    if (m_violation.isEmpty())
        m_violation = heal();
    if (m_violation.isEmpty())
        m_violation = m_oracle.checkEffects(m_clients, *m_server);
    for (const auto &client : m_clients) {
        if (!m_violation.isEmpty() || !client->isRunning() || client->line.broken)
            continue;
        m_violation = m_oracle.checkReferences(*client, *m_server);
        if (m_violation.isEmpty() && !client->replica().current()->hasOwnColumns())
            m_violation = u"G15: what %1 sees is of an older program"_s.arg(client->user());
        if (m_violation.isEmpty())
            m_violation = m_oracle.checkNews(*client, *m_server);
    }
    return m_violation.isEmpty() ? QString() : u"step %1: "_s.arg(m_step) + m_violation;
}

} // namespace keydesk::sim
