#include "support/sim/history.h"

#include "support/sim/sim_commands.h"

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
    , m_clock({1'690'000'100'000})
    , m_oracle(stage.catalog)
{
    ++fault::history;
    m_server = std::make_unique<SimServer>(stage.catalog, stage.registry, m_reactions.get(),
                                           stage.serverImage, m_clock);
    std::vector<int> seats{0, 1, 2, 3, 4};
    const int desktops = 2 + pick(2);
    for (int i = 0; i < desktops; ++i) {
        const auto seat = seats.begin() + pick(int(seats.size()));
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

RecordId History::freshId()
{
    return RecordId::fromParts(m_clock.now().ms, m_random.generate64(), m_random.generate64());
}

CommandCall History::call(const QString &type, Arguments arguments)
{
    return {freshId(), type, 1, std::move(arguments)};
}

template <class F>
void History::mortal(SimClient *client, F body)
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
    mortal(&client, [&] { client.session().receive(frame, m_clock.now()); });
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

void History::personActs(SimClient &client)
{
    if (chance(15)) {
        workOnMadeRecords(client);
        // At once: what was just done is not on the wire yet.
        return chance(40) ? dealWithRefused(client) : void();
    }
    if (chance(15))
        return dealWithRefused(client);
    const QString target = anyOf(m_stage.opportunities);
    Arguments arguments;
    QString type;
    if (chance(m_claimPercent)) {
        arguments.values[u"opportunity"_s] = target;
        mortal(&client, [&] {
            (void)client.replica().run(call(u"ClaimOpportunity"_s, arguments), m_clock.now());
        });
        return;
    }
    const int what = pick(100);
    if (what < 50) {
        // Appends a tag to what this desktop shows of the text.
        type = u"EditRecord"_s;
        const EntityInfo &entity = m_stage.catalog.entity(u"opportunity"_s);
        const RecordId id = freshId();
        QString seen;
        if (client.replica().isReadable()) {
            if (const auto row = client.replica().current()->store().find(entity, RecordId(target)))
                seen = entity.cell(*row, u"need_summary"_s).text();
        }
        arguments.values[u"entity"_s] = u"opportunity"_s;
        arguments.values[u"record"_s] = target;
        arguments.sets[u"patch"_s][u"need_summary"_s] = QString(seen + u'#' + id.text() + u';');
        arguments.sets[u"seen"_s][u"need_summary"_s] = seen.isEmpty() ? Cell() : Cell(seen);
        mortal(&client, [&] {
            (void)client.replica().run({id, type, 1, arguments}, m_clock.now());
        });
        return;
    }
    if (what < 60) {
        type = u"EditRecord"_s;
        arguments.values[u"entity"_s] = u"opportunity"_s;
        arguments.values[u"record"_s] = target;
        arguments.sets[u"patch"_s][u"title"_s] = u"题%1"_s.arg(m_step);
        arguments.sets[u"seen"_s][u"title"_s] = u"商机0"_s;
    } else if (what < 68) {
        type = u"RecordOpportunity"_s;
        arguments.sets[u"values"_s] = {{u"title"_s, u"新商机%1"_s.arg(m_step)},
                                       {u"account_id"_s, anyOf(m_stage.accounts)}};
    } else if (what < 76) {
        type = u"OpenAccount"_s;
        arguments.values[u"account"_s] = anyOf(m_stage.accounts);
        arguments.values[u"reason"_s] = u"来电核实"_s;
    } else if (what < 92) {
        type = u"SimPair"_s;
        arguments.values[u"first"_s] = target;
        arguments.values[u"second"_s] = anyOf(m_stage.opportunities);
    } else {
        // Made by a newer program: kept here, refused there.
        (void)client.outbox().append(call(u"Unheard"_s, {}), m_clock.now());
        return;
    }
    mortal(&client, [&] { (void)client.replica().run(call(type, arguments), m_clock.now()); });
}

// Makes a contact, or does something with one that was to be made here, whatever became of it: a
// page may still show it.
void History::workOnMadeRecords(SimClient &client)
{
    const RecordId id = freshId();
    CommandCall act{id, u"SimMake"_s, 1, {}};
    if (client.makers.empty() || chance(40)) {
        act.arguments.values[u"account"_s] = anyOf(m_stage.accounts);
        act.arguments.values[u"title"_s] = u"联系人%1"_s.arg(m_step);
        client.makers.push_back(id);
    } else {
        RecordId maker = client.makers[std::size_t(pick(int(client.makers.size())))];
        const auto refused = client.outbox().rejected();
        if (!refused.empty() && chance(50))
            maker = refused[std::size_t(pick(int(refused.size())))].call.id;
        const QString contact = RecordId::derive(maker, 0).text();
        act.arguments.values[u"entity"_s] = u"contact"_s;
        act.arguments.values[u"record"_s] = contact;
        if (chance(50)) {
            act.type = u"EditRecord"_s;
            act.arguments.sets[u"patch"_s][u"name"_s] = u"改名%1"_s.arg(m_step);
        } else {
            act.type = u"AddNote"_s;
            act.arguments.values[u"body"_s] = u"记录%1"_s.arg(m_step);
        }
    }
    mortal(&client, [&] { (void)client.replica().run(act, m_clock.now()); });
}

// Sends a refused command again, sometimes with all of its colleagues, or puts it aside.
void History::dealWithRefused(SimClient &client)
{
    const auto refused = client.outbox().rejected();
    if (refused.empty())
        return;
    const Outbox::Rejected &one = refused[std::size_t(pick(int(refused.size())))];
    if (chance(10)) {
        client.dismissed.insert(one.call.id.text());
        mortal(&client, [&] { (void)client.outbox().dismiss(one.localNo); });
        return;
    }
    Outbox::Chosen chosen{{one.localNo, std::nullopt}};
    for (const Outbox::Rejected &other : refused) {
        if (chance(30))
            chosen[other.localNo] = std::nullopt;
        if (chosen.contains(other.localNo))
            client.retried.insert(other.call.id.text());
    }
    const auto held = [&] {
        return client.outbox().entries().size() + client.outbox().rejected().size();
    };
    const std::size_t before = held();
    note("retry", quint64(before));
    mortal(&client, [&] { (void)client.replica().retry(chosen, m_clock.now()); });
    if (held() != before)
        m_violation = u"G10: %1 commands became %2 by a retry"_s.arg(before).arg(held());
    if (m_violation.isEmpty())
        m_violation = m_oracle.checkReferences(client, *m_server);
}

void History::adminActs()
{
    Arguments arguments;
    const int what = pick(100);
    if (what < 30) { // a customer changes hands
        arguments.values[u"entity"_s] = u"assignment"_s;
        arguments.values[u"record"_s] = RecordId::fromParts(1'690'000'050'000, 1, quint64(pick(6)))
                                            .text();
        arguments.sets[u"values"_s] = {{u"account_id"_s, anyOf(m_stage.accounts)},
                                       {u"staff_id"_s, anyOf(m_stage.users)},
                                       {u"deleted_at"_s,
                                        chance(40) ? Cell(m_clock.now().ms) : Cell()}};
    } else if (what < 45) { // a customer moves to another area
        arguments.values[u"entity"_s] = u"account"_s;
        arguments.values[u"record"_s] = anyOf(m_stage.accounts);
        arguments.sets[u"values"_s] = {{u"area_id"_s, anyOf(m_stage.areas)}};
    } else if (what < 80) { // an opportunity is dispatched anew, or lies in the queue
        const bool queued = chance(30);
        const bool toTeam = !queued && chance(60); // anybody of the team may claim it
        arguments.values[u"entity"_s] = u"opportunity"_s;
        arguments.values[u"record"_s] = anyOf(m_stage.opportunities);
        arguments.sets[u"values"_s] =
            {{u"custody_state"_s, queued ? u"dispatching"_s : u"dispatched"_s},
             {u"queue_id"_s,
              queued       ? Cell(m_stage.queue)
                  : toTeam ? Cell(m_stage.salesQueue)
                           : Cell()},
             {u"assignee_id"_s,
              queued || toTeam ? Cell() : Cell(m_stage.users[std::size_t(pick(2))])},
             {u"owner_id"_s, Cell()}};
    } else if (what < 90) { // a record is deleted, or comes back
        arguments.values[u"entity"_s] = u"opportunity"_s;
        arguments.values[u"record"_s] = anyOf(m_stage.opportunities);
        arguments.sets[u"values"_s] = {{u"area_id"_s, anyOf(m_stage.areas)}};
    } else { // a person is disabled, or allowed back
        arguments.values[u"entity"_s] = u"staff"_s;
        arguments.values[u"record"_s] = anyOf(m_stage.users);
        arguments.sets[u"values"_s] = {{u"status"_s, chance(60) ? u"active"_s : u"disabled"_s}};
    }
    note("admin", quint64(what));
    const CommandCall act = call(u"SimSet"_s, arguments);
    mortal(nullptr, [&] { m_server->commitJobs({act}); });
}

void History::step()
{
    m_clock.advance(1 + pick(int(2 * tickLength)));
    SimClient &client = *m_clients[std::size_t(pick(int(m_clients.size())))];
    const int what = pick(100);
    if (what < 12) {
        personActs(client);
        client.session().wake(m_clock.now());
    } else if (what < 12 + m_flipPercent) {
        adminActs();
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
        m_clock.advance(50 * second); // long enough for every deadline
    } else if (chance(1)) {
        m_clock.advance(day + hour); // customers opened for a day are closed again
        mortal(nullptr, [&] { m_server->expireOpened(); });
    }
    afterClient(client);
    if (m_violation.isEmpty())
        m_violation = m_server->violation;
}

bool History::oneRoundOfHealing()
{
    m_clock.advance(tickLength);
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
    for (const QString &user : m_stage.users) {
        Arguments back;
        back.values[u"entity"_s] = u"staff"_s;
        back.values[u"record"_s] = user;
        back.sets[u"values"_s] = {{u"status"_s, u"active"_s}};
        m_server->commitJobs({call(u"SimSet"_s, back)});
    }
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
