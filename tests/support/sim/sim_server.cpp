#include "support/sim/sim_server.h"

#include "jobs/due_jobs.h"
#include "sync/housekeeping.h"
#include "sync/server_tables.h"

namespace keydesk::sim {

using namespace Qt::StringLiterals;

SimServer::SimServer(const Catalog &catalog, const CommandRegistry &registry,
                     MakeReactions makeReactions, const QByteArray &image, const Clock &clock)
    : m_catalog(catalog)
    , m_registry(registry)
    , m_makeReactions(std::move(makeReactions))
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

void SimServer::boot()
{
    if (m_makeReactions)
        m_reactions = m_makeReactions(*m_database);
    m_authority = std::make_unique<Authority>(m_store, m_registry, m_reactions.get());
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
    Query devices = m_database->query("SELECT id, last_n FROM device");
    while (devices.next())
        cut->lastN[devices.text(0)] = devices.integer(1);
    Query opened = m_database->query("SELECT user_id, account_id, until FROM opened_account");
    while (opened.next())
        cut->opened[opened.text(0) + u'/' + opened.text(1)] = {opened.integer(2)};
    cut->at = m_clock.now();
    if (judge && violation.isEmpty())
        violation = judge(latest(), *cut);
    m_cuts[m_head] = cut;
    for (const auto &[what, number] : m_ofGroup)
        outcomes[what] += number;
    m_answered.merge(m_answeredOfGroup);
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
    if (m_commands.empty())
        return;
    std::vector<std::pair<std::function<void(CmdResult)>, CmdResult>> answers;
    commitGroup(
        [&] {
            while (!m_commands.empty() && answers.size() < most) {
                Waiting waiting = std::move(m_commands.front());
                m_commands.pop_front();
                const CmdResult result = m_authority->accept(waiting.sender, waiting.command);
                count(waiting.sender.device, waiting.command.command, result);
                answers.emplace_back(std::move(waiting.answer), result);
                fault::yieldPoint("server: between commands");
            }
        },
        [&] {
            fault::yieldPoint("server: committed, not answered");
            for (const auto &[answer, result] : answers)
                answer(result);
        });
}

void SimServer::commitGroup(const std::function<void()> &work, const std::function<void()> &answer)
{
    m_ofGroup.clear();
    m_answeredOfGroup.clear();
    if (!m_authority->beginGroup(m_clock.now()))
        return;
    work();
    auto committed = m_authority->commitGroup();
    if (!committed)
        return;
    record(*committed);
    answer();
    pokeAll(*committed);
}

// Once each: a command sent again answers what it answered before.
void SimServer::count(const QString &device, const QString &type, const CmdResult &result)
{
    const bool final = result.status == CmdResult::Applied || result.status == CmdResult::Rejected;
    if (!final || m_answered.contains({device, result.n}))
        return;
    ++m_ofGroup[{type, result.status == CmdResult::Applied ? u"applied"_s : result.reason}];
    m_answeredOfGroup.emplace(device, result.n);
}

void SimServer::runJob(const QString &device, const CommandCall &call)
{
    count(device, call.type, m_authority->acceptJob(device, call));
    fault::yieldPoint("server: between jobs");
}

void SimServer::commitJobs(const std::vector<CommandCall> &calls)
{
    commitGroup([&] {
        for (const CommandCall &call : calls)
            runJob(u"job:sim"_s, call);
    });
}

void SimServer::commitAs(const RecordId &user, const std::vector<CommandCall> &calls)
{
    const QString device = u"elsewhere-"_s + user.text();
    commitGroup([&] {
        for (const CommandCall &call : calls) {
            Query last = m_database->query("SELECT last_n FROM device WHERE id=?");
            last.bind(1, device);
            const qint64 n = 1 + (last.next() ? last.integer(0) : 0);
            last.reset();
            const Cmd command{n,
                              call.id,
                              call.type,
                              call.version,
                              call.arguments.toCbor(),
                              m_clock.now()};
            count(device, call.type, m_authority->accept({device, user}, command));
            fault::yieldPoint("server: between commands");
        }
    });
}

void SimServer::runClock(const WorkCalendar &calendar)
{
    commitGroup([&] {
        for (const CommandCall &call : dueClaimJobs(m_store, m_clock.now(), calendar))
            runJob(u"job:claims"_s, call);
    });
    commitGroup([&] {
        for (const CommandCall &call : dueTaskJobs(m_store, m_clock.now()))
            runJob(u"job:tasks"_s, call);
    });
}

void SimServer::expireOpened()
{
    commitGroup([&] { (void)expireOpenedAccounts(*m_authority); });
}

void SimServer::turnDay()
{
    commitGroup([&] {
        for (const CommandCall &call : dueAssignmentJobs(m_store, m_clock.now()))
            runJob(u"job:assignments"_s, call);
    });
    commitGroup([&] {
        for (const QString &person : everybody(*m_database))
            (void)m_authority->scope().renew(RecordId(person), m_clock.now());
    });
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
