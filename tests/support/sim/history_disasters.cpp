#include "support/sim/history.h"

#include "base/fault.h"

// Deaths at yield points, disks in trouble, and old copies put back.

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

} // namespace

void History::mortal(SimClient *client, const std::function<void()> &body)
{
    fault::yieldHandler = dieWhenDue;
    yieldsUntilDeath = chance(m_faults.crashPercent) ? pick(6) : -1;
    try {
        body();
    } catch (const Death &) {
        yieldsUntilDeath = -1;
        client ? crashClient(*client) : crashServer();
    }
    yieldsUntilDeath = -1;
}

void History::startAgain(SimClient &client)
{
    if (m_faults.clocks) {
        client.clockOffset = qint64(pick(7300) - 3650) * day;
        client.driftPerMille = pick(21) - 10;
        client.startedAt = m_real.now();
    }
    client.update(nextOf(client.program()));
    if (!client.start(m_clock.now()) && !m_faults.onDisk)
        m_violation = u"a desktop does not start: "_s + client.user();
}

void History::crashClient(SimClient &client)
{
    if (!client.isRunning())
        return;
    note("client dies", quint64(client.checkpoints));
    if (client.port().wire)
        m_lostWires.push_back(client.port().wire);
    client.crash(chance(m_faults.powerPercent));
    startAgain(client);
}

// Whoever had a connection has none.
void History::afterServerDeath()
{
    m_lostWires.clear();
    m_wild.reset();
    for (const auto &client : m_clients) {
        if (client->port().wire)
            cut(*client);
    }
    m_lostWires.clear();
}

void History::crashServer()
{
    note("server dies");
    if (m_had.onDisk)
        m_stage.disk().setTrouble(u"server/"_s, SimDisk::Trouble::None);
    m_serverRuns = &nextOf(*m_serverRuns);
    m_server->update(*m_serverRuns);
    const QString lost = m_server->crash(chance(m_faults.powerPercent));
    if (m_violation.isEmpty())
        m_violation = lost;
    afterServerDeath();
}

// A disk fails or is full from one of the next writes on, until it does not any more.
void History::diskActs()
{
    const int machine = pick(int(m_clients.size()) + 1) - 1;
    const QString name = machine < 0 ? u"server/"_s : u"desktop-%1/"_s.arg(machine);
    const std::array<SimDisk::Trouble, 5> kinds{SimDisk::Trouble::None,
                                                SimDisk::Trouble::WriteFails,
                                                SimDisk::Trouble::SyncFails, SimDisk::Trouble::Full,
                                                SimDisk::Trouble::None};
    m_stage.disk().setTrouble(name, kinds[std::size_t(pick(5))], pick(12));
    note("disk", quint64(machine) + 1);
}

// The master data are put back from an older copy: properly, or by hand, and then the desktops that
// know more say so until the epoch is changed.
void History::restoreActs()
{
    if (m_epochKept) {
        if (!chance(40))
            return;
        note("epoch");
        m_epochKept = !m_server->changeEpoch();
        afterServerDeath();
    } else if (!m_server->hasBackup() || chance(20)) {
        m_server->backUp();
        return;
    } else {
        return restoreServer();
    }
    for (const auto &client : m_clients)
        client->verdicts.clear();
}

void History::restoreServer()
{
    note("restore");
    if (m_had.skew && m_had.onDisk) // it may have to be brought up to date
        m_stage.disk().setTrouble(u"server/"_s, SimDisk::Trouble::None);
    m_server->restore();
    m_epochKept = m_faults.keepsEpoch || !m_server->changeEpoch();
    afterServerDeath();
    // What a server does when it starts: an old copy knows of no time since. The day turns first.
    (void)m_server->turnDay();
    m_server->expireOpened();
    for (const auto &client : m_clients)
        client->verdicts.clear();
}

// A cloned device, or a PC put back: its old numbers and its old picture of itself.
void History::rollBack(SimClient &client)
{
    if (!client.isRunning() || client.device().isEmpty())
        return;
    if (!client.hasBackup() || chance(40))
        return client.backUp();
    note("copy");
    if (client.port().wire)
        m_lostWires.push_back(client.port().wire);
    client.rollBack();
    startAgain(client);
}

} // namespace keydesk::sim
