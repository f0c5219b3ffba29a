#include "support/sim/sim_server.h"

#include "sync/housekeeping.h"
#include "sync/server_tables.h"

namespace keydesk::sim {

using namespace Qt::StringLiterals;

SimServer::SimServer(const Catalog &catalog, const CommandRegistry &registry, Reactions *reactions,
                     const QByteArray &image, const Clock &clock)
    : m_catalog(catalog)
    , m_registry(registry)
    , m_reactions(reactions)
    , m_clock(clock)
    , m_database(Database::openInMemory(image))
    , m_store(*m_database, catalog)
{
    boot();
    auto cut = std::make_shared<Cut>();
    for (const EntityInfo &entity : catalog.entities()) {
        for (Row &row : m_store.select(entity, "deleted_at IS NULL")) {
            const QString id = row[common_column::Id].text();
            cut->rows[{entity.name(), id}] = std::make_shared<const Row>(std::move(row));
        }
    }
    cut->at = clock.now();
    m_cuts[m_head] = cut;
}

void SimServer::setReactions(Reactions *reactions)
{
    m_reactions = reactions;
    boot();
}

void SimServer::boot()
{
    m_authority = std::make_unique<Authority>(m_store, m_registry, m_reactions);
    Query head = m_database->query("SELECT seq FROM head");
    m_head = head.next() ? head.integer(0) : 0;
}

Challenge SimServer::challenge()
{
    Challenge challenge;
    challenge.nonce = QByteArray(32, 'n');
    challenge.serverTime = m_clock.now();
    Query head = m_database->query("SELECT epoch FROM head");
    challenge.epoch = head.next() ? head.text(0) : QString();
    return challenge;
}

void SimServer::enrol(const Enrol &request, std::function<void(Result<Enrolled>)> answer)
{
    Q_UNUSED(request)
    answer(Enrolled{u"sim-device-%1"_s.arg(++m_devices), {}});
}

// Logging in is proved elsewhere (gatekeeper): here a user name is believed.
void SimServer::login(const Hello &hello, const Auth &auth, const QByteArray &nonce,
                      std::function<void(LoginOutcome)> answer)
{
    Q_UNUSED(nonce)
    LoginOutcome outcome;
    outcome.welcome.userId = auth.user;
    outcome.welcome.serverTime = m_clock.now();
    outcome.welcome.leaseUntil = m_clock.now() + 7 * day;
    outcome.welcome.head = m_head;
    outcome.welcome.epoch = challenge().epoch;
    Query device = m_database->query("SELECT last_n FROM device WHERE id=?");
    device.bind(1, hello.deviceId);
    outcome.welcome.lastN = device.next() ? device.integer(0) : 0;
    answer(outcome);
}

void SimServer::submit(const Authority::Sender &sender, const Cmd &command,
                       std::function<void(CmdResult)> answer)
{
    m_commands.push_back({sender, command, std::move(answer)});
}

void SimServer::pull(const QString &user, const QString &device,
                     std::shared_ptr<const Projection> projection, const Pull &request,
                     std::function<void(Result<Page>)> answer)
{
    m_pulls.push_back({user, device, std::move(projection), request, std::move(answer)});
}

void SimServer::query(const QString &user, std::shared_ptr<const Projection> projection,
                      const OnlineQuery &request, std::function<void(OnlineReply)> answer)
{
    Q_UNUSED(user)
    Q_UNUSED(projection)
    answer(OnlineReply{request.request, {}, {}, request.entity, {}});
}

void SimServer::record(const Authority::Committed &committed)
{
    m_head = committed.head;
    auto cut = std::make_shared<Cut>(latest());
    for (const auto &[table, ids] : committed.changes.rows()) {
        const EntityInfo &entity = m_catalog.entity(table);
        for (const QString &id : ids) {
            auto row = m_store.find(entity, RecordId(id));
            if (row && (*row)[common_column::DeletedAt].isNull())
                cut->rows[{table, id}] = std::make_shared<const Row>(std::move(*row));
            else
                cut->rows.erase({table, id});
        }
    }
    for (const auto &[table, ids] : committed.changes.rows()) {
        for (const QString &id : ids) {
            if (table == u"opportunity")
                checkOwnership(latest(), *cut, id);
        }
    }
    Query devices = m_database->query("SELECT id, last_n FROM device");
    while (devices.next())
        cut->lastN[devices.text(0)] = devices.integer(1);
    Query opened = m_database->query("SELECT user_id, account_id, until FROM opened_account");
    while (opened.next())
        cut->opened[opened.text(0) + u'/' + opened.text(1)] = {opened.integer(2)};
    cut->at = m_clock.now();
    m_cuts[m_head] = cut;
}

// G11: an opportunity that somebody holds passes to nobody else by a claim; the world's own acts in
// a history always take it away first.
void SimServer::checkOwnership(const Cut &before, const Cut &after, const QString &id)
{
    const EntityInfo &entity = m_catalog.entity(u"opportunity"_s);
    const auto owner = [&](const Cut &cut) {
        const auto row = cut.rows.find({u"opportunity"_s, id});
        return row == cut.rows.end() ? QString() : entity.cell(*row->second, u"owner_id"_s).text();
    };
    const QString was = owner(before);
    const QString is = owner(after);
    if (!was.isEmpty() && !is.isEmpty() && was != is)
        violation = u"G11: %1 passed from %2 to %3 by a claim"_s.arg(id, was, is);
}

void SimServer::pokeAll(const Authority::Committed &committed)
{
    for (const auto &session : sessions) {
        if (session->holdsAny(committed.buckets) || committed.users.contains(session->user()))
            session->poke(committed.head, m_clock.now());
    }
}

void SimServer::commit(std::size_t most)
{
    if (m_commands.empty() || !m_authority->beginGroup(m_clock.now()))
        return;
    std::vector<std::pair<std::function<void(CmdResult)>, CmdResult>> answers;
    while (!m_commands.empty() && answers.size() < most) {
        Waiting waiting = std::move(m_commands.front());
        m_commands.pop_front();
        answers.emplace_back(std::move(waiting.answer),
                             m_authority->accept(waiting.sender, waiting.command));
        fault::yieldPoint("server: between commands");
    }
    auto committed = m_authority->commitGroup();
    if (!committed)
        return;
    record(*committed);
    fault::yieldPoint("server: committed, not answered");
    for (const auto &[answer, result] : answers)
        answer(result);
    pokeAll(*committed);
}

void SimServer::commitJobs(const std::vector<CommandCall> &calls)
{
    if (!m_authority->beginGroup(m_clock.now()))
        return;
    for (const CommandCall &call : calls)
        (void)m_authority->acceptJob(u"job:sim"_s, call);
    auto committed = m_authority->commitGroup();
    if (!committed)
        return;
    record(*committed);
    pokeAll(*committed);
}

void SimServer::expireOpened()
{
    if (!m_authority->beginGroup(m_clock.now()))
        return;
    (void)expireOpenedAccounts(*m_authority);
    auto committed = m_authority->commitGroup();
    if (!committed)
        return;
    record(*committed);
    pokeAll(*committed);
}

void SimServer::answerPull()
{
    if (m_pulls.empty())
        return;
    WaitingPull waiting = std::move(m_pulls.front());
    m_pulls.pop_front();
    waiting.request.maxBytes = pageBytes;
    PageBuilder builder(m_store, *waiting.projection, waiting.user, waiting.device);
    waiting.answer(builder.build(waiting.request));
}

void SimServer::compact(qint64 keep)
{
    const qint64 floor = m_head - keep;
    if (floor <= 0)
        return;
    (void)m_database->query("DELETE FROM oplog WHERE kind=1 AND seq<=?").bind(1, floor).run();
    (void)m_database->query("UPDATE head SET floor=max(floor, ?)").bind(1, floor).run();
}

void SimServer::crash()
{
    m_commands.clear();
    m_pulls.clear();
    for (const auto &session : sessions)
        session->detach();
    sessions.clear();
    m_authority.reset();
    if (m_database->inTransaction())
        (void)m_database->execute("ROLLBACK");
    boot();
}

std::shared_ptr<const Cut> SimServer::cutAt(qint64 head) const
{
    const auto found = m_cuts.find(head);
    return found == m_cuts.end() ? nullptr : found->second;
}

} // namespace keydesk::sim
