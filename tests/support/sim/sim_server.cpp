#include "support/sim/sim_server.h"

#include "jobs/due_jobs.h"
#include "sync/housekeeping.h"
#include "sync/server_tables.h"

#include <QScopedValueRollback>

namespace keydesk::sim {

using namespace Qt::StringLiterals;

namespace {

void addBookkeeping(Database &database, Cut &cut)
{
    Query devices = database.query("SELECT id, last_n FROM device");
    while (devices.next())
        cut.lastN[devices.text(0)] = devices.integer(1);
    cut.opened.clear();
    Query opened = database.query("SELECT user_id, account_id, until FROM opened_account");
    while (opened.next())
        cut.opened[opened.text(0) + u'/' + opened.text(1)] = {opened.integer(2)};
}

} // namespace

SimServer::SimServer(const Catalog &catalog, const CommandRegistry &registry,
                     MakeReactions makeReactions, std::unique_ptr<SimFiles> files,
                     const QByteArray &image, const Clock &clock)
    : m_catalog(&catalog)
    , m_registry(&registry)
    , m_makeReactions(std::move(makeReactions))
    , m_clock(clock)
    , m_files(std::move(files))
    , m_image(image)
    , m_day(businessDate(clock.now()))
{
    boot();
}

std::shared_ptr<Cut> SimServer::wholeCut()
{
    auto cut = std::make_shared<Cut>();
    for (const EntityInfo &entity : m_catalog->entities()) {
        for (Row &row : m_store->select(entity, "deleted_at IS NULL")) {
            const QString id = row[common_column::Id].text();
            cut->rows[{entity.name(), id}] = std::make_shared<const Row>(std::move(row));
        }
    }
    addBookkeeping(*m_database, *cut);
    cut->at = m_clock.now();
    return cut;
}

void SimServer::boot()
{
    auto opened = m_files->open(u"master.db"_s, u"master"_s, m_image, true);
    Q_ASSERT(opened);
    m_database = std::move(*opened);
    m_store = std::make_unique<RowStore>(*m_database, *m_catalog);
    if (m_updated) {
        [[maybe_unused]] const auto migrated = m_store->migrate();
        Q_ASSERT(migrated);
    }
    m_store->rememberReference();
    if (m_makeReactions)
        m_reactions = m_makeReactions(*m_store);
    m_authority = std::make_unique<Authority>(*m_store, *m_registry, m_reactions.get());
    Query head = m_database->query("SELECT seq, epoch FROM head");
    m_head = head.next() ? head.integer(0) : 0;
    m_epoch = head.text(1);
    head.reset();
    // A group whose sync failed may have reached the disk all the same.
    auto &cut = m_cuts[{m_epoch, m_head}];
    if (!cut)
        cut = wholeCut();
    m_latest = cut;
}

void SimServer::update(const Program &program)
{
    m_catalog = &program.catalog;
    m_registry = &program.registry;
    m_updated = m_updated || program.version > 1;
}

Challenge SimServer::challenge()
{
    Challenge challenge;
    challenge.nonce = QByteArray(32, 'n');
    challenge.serverTime = m_clock.now();
    challenge.epoch = m_epoch;
    return challenge;
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
        const EntityInfo &entity = m_catalog->entity(table);
        for (const QString &id : ids) {
            auto row = m_store->find(entity, RecordId(id));
            if (row && (*row)[common_column::DeletedAt].isNull())
                cut->rows[{table, id}] = std::make_shared<const Row>(std::move(*row));
            else
                cut->rows.erase({table, id});
        }
    }
    addBookkeeping(*m_database, *cut);
    cut->at = m_clock.now();
    // An old copy that nobody has looked at yet knows no day but its own, and changes no record.
    if (judge && violation.isEmpty() && !waitsForEpoch)
        violation = judge(latest(), *cut);
    m_cuts[{m_epoch, m_head}] = m_latest = cut;
    for (const auto &[what, number] : m_ofGroup)
        outcomes[what] += number;
    m_answered.merge(m_answeredOfGroup);
}

void SimServer::commit(std::size_t most)
{
    if (!serveDoor() || m_commands.empty() || waitsForEpoch)
        return;
    std::vector<std::pair<std::function<void(CmdResult)>, CmdResult>> answers;
    const bool stored = commitGroup(
        [&] {
            bool all = true;
            while (all && !m_commands.empty() && answers.size() < most) {
                Waiting waiting = std::move(m_commands.front());
                m_commands.pop_front();
                const CmdResult result = m_authority->accept(waiting.sender, waiting.command);
                all = result.status != CmdResult::RetryLater;
                count(waiting.sender.device, waiting.command.command, result);
                answers.emplace_back(std::move(waiting.answer), result);
                fault::yieldPoint("server: between commands");
            }
            return all;
        },
        [&] {
            fault::yieldPoint("server: committed, not answered");
            for (const auto &[answer, result] : answers)
                answer(result);
        });
    if (stored || isBroken())
        return;
    for (const auto &[answer, result] : answers)
        answer({result.n, CmdResult::RetryLater, u"server.busy"_s, {}, 0});
}

// As the writer does (sync.md, "Server algorithm"): all of a group or nothing.
bool SimServer::commitGroup(const std::function<bool()> &work, const std::function<void()> &answer)
{
    if (!keepDay() || (waitsForEpoch && !m_atDoor))
        return false;
    m_ofGroup.clear();
    m_answeredOfGroup.clear();
    if (!m_authority->beginGroup(m_clock.now()))
        return false;
    if (!work() || isBroken()) {
        m_authority->rollbackGroup();
        return false;
    }
    auto committed = m_authority->commitGroup();
    if (!committed)
        return false;
    record(*committed);
    if (answer)
        answer();
    m_news.note(*committed, sessions, m_clock.now());
    if (guardsDoor)
        endSessions(*committed);
    return true;
}

void SimServer::endSessions(const Authority::Committed &committed) const
{
    const auto all = sessions;
    for (const auto &session : all) {
        if (committed.ended.contains(session->user()))
            session->dismiss(u"login.session_ended"_s);
        else if (committed.quarantined.contains(session->device()))
            session->dismiss(u"login.device_unknown"_s);
    }
}

// Once each: a command sent again answers what it answered before.
void SimServer::count(const QString &device, const QString &type, const CmdResult &result)
{
    const bool final = result.status == CmdResult::Applied || result.status == CmdResult::Rejected;
    if (!final || result.reason == u"login.device_unknown"
        || m_answered.contains({device, result.n}))
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
        return true;
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
        return true;
    });
}

void SimServer::runClock(const WorkCalendar &calendar)
{
    commitGroup([&] {
        for (const CommandCall &call : dueClaimJobs(*m_store, m_clock.now(), calendar))
            runJob(u"job:claims"_s, call);
        return true;
    });
    commitGroup([&] {
        for (const CommandCall &call : dueTaskJobs(*m_store, m_clock.now()))
            runJob(u"job:tasks"_s, call);
        return true;
    });
}

void SimServer::expireOpened()
{
    commitGroup([&] { return bool(expireOpenedAccounts(*m_authority)); });
}

bool SimServer::turnDay()
{
    const QScopedValueRollback turning(m_turning, true);
    const bool turned = commitGroup([&] {
        for (const CommandCall &call : dueAssignmentJobs(*m_store, m_clock.now()))
            runJob(u"job:assignments"_s, call);
        return true;
    });
    const bool renewed = turned && commitGroup([&] {
                             const auto people = everybody(*m_database);
                             return std::all_of(people.begin(), people.end(), [&](const auto &one) {
                                 return bool(
                                     m_authority->scope().renew(RecordId(one), m_clock.now()));
                             });
                         });
    if (renewed)
        m_day = businessDate(m_clock.now());
    return renewed;
}

bool SimServer::keepDay()
{
    return m_turning || waitsForEpoch || m_day == businessDate(m_clock.now()) || turnDay();
}

void SimServer::tick(int turns)
{
    const auto all = sessions; // what is said may end one
    for (const auto &session : all)
        session->tick(m_clock.now());
    m_news.takeTurns(turns, m_clock.now());
}

void SimServer::readPull()
{
    if (m_pulls.empty())
        return;
    WaitingPull waiting = std::move(m_pulls.front());
    m_pulls.pop_front();
    waiting.request.maxBytes = pageBytes;
    PageBuilder builder(*m_store, *waiting.projection, waiting.user, waiting.device);
    m_pages.push_back(
        [answer = waiting.answer, page = builder.build(waiting.request)] { answer(page); });
}

void SimServer::answerPull()
{
    if (m_pages.empty())
        readPull();
    if (m_pages.empty())
        return;
    const auto answer = std::move(m_pages.front());
    m_pages.pop_front();
    answer();
}

void SimServer::compact(qint64 keep)
{
    const qint64 floor = m_head - keep;
    if (floor <= 0)
        return;
    // One transaction, as the host's: where a removal is forgotten the floor moves.
    if (!m_database->execute("BEGIN IMMEDIATE"))
        return;
    auto done = m_database->query("DELETE FROM oplog WHERE kind=1 AND seq<=?").bind(1, floor).run();
    if (done)
        done = m_database->query("UPDATE head SET floor=max(floor, ?)").bind(1, floor).run();
    if (done)
        done = m_database->execute("COMMIT");
    if (!done && m_database->inTransaction())
        (void)m_database->execute("ROLLBACK");
}

void SimServer::letGo(bool power)
{
    // First the disk, so that what the old process still writes while it is put away goes nowhere.
    m_files->died(power);
    m_commands.clear();
    m_pulls.clear();
    m_pages.clear();
    m_door.clear();
    for (const auto &session : sessions)
        session->detach();
    sessions.clear();
    m_authority.reset();
    m_reactions.reset();
    m_store.reset();
    m_database.reset();
}

QString SimServer::crash(bool power)
{
    letGo(power);
    boot();
    return lostAnswer();
}

// What was committed, and may have been answered, survives every death (sync.md G1).
QString SimServer::lostAnswer()
{
    std::set<std::pair<QString, qint64>> stored;
    Query results = m_database->query("SELECT device, n FROM cmd_result");
    while (results.next())
        stored.emplace(results.text(0), results.integer(1));
    for (const auto &[device, n] : m_answered) {
        if (!stored.contains({device, n}))
            return u"G1: the answer to %1/%2 is gone"_s.arg(device).arg(n);
    }
    return {};
}

void SimServer::backUp()
{
    m_backup = m_database->image();
    m_answeredInBackup = m_answered;
}

void SimServer::restore()
{
    letGo(false);
    m_files->replace(u"master.db"_s, m_backup);
    m_backup.clear();
    m_answered = m_answeredInBackup;
    m_restored = true;
    boot();
    // What follows is another story of the same numbers.
    m_cuts.erase(m_cuts.upper_bound({m_epoch, m_head}), m_cuts.end());
    waitsForEpoch = true;
    m_day = {}; // the copy may be of another
}

bool SimServer::changeEpoch()
{
    if (isBroken())
        (void)crash(); // the tool works on the file of a server that does not run
    m_epoch = u"epoch-%1"_s.arg(++m_epochs);
    waitsForEpoch = false;
    // The tool that restores looks at no calendar: the day turns when the server starts, and is
    // judged from then on.
    const auto judgeOfServing = std::exchange(judge, {});
    const bool stored = commitGroup([&] {
        auto done = m_database->query("UPDATE head SET epoch=?").bind(1, m_epoch).run();
        if (done)
            done = m_database->execute("UPDATE number_series SET last=last+1000");
        return bool(done);
    });
    judge = judgeOfServing;
    (void)crash();
    waitsForEpoch = !stored;
    return stored;
}

std::shared_ptr<const Cut> SimServer::cutAt(const QString &epoch, qint64 head) const
{
    const auto found = m_cuts.find({epoch, head});
    return found == m_cuts.end() ? nullptr : found->second;
}

} // namespace keydesk::sim
