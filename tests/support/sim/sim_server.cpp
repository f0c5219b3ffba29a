#include "support/sim/sim_server.h"

#include "jobs/due_jobs.h"
#include "security/login_tables.h"
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

void SimServer::enrol(const Enrol &request, std::function<void(Result<Enrolled>)> answer)
{
    const Enrolled enrolled{u"sim-device-%1"_s.arg(++m_devices), {}};
    if (!guardsDoor)
        return answer(enrolled);
    m_door.push_back([this, request, answer, enrolled]() -> std::function<void()> {
        const QString user = request.code.section(u':', 1);
        if (!request.code.startsWith(u"code:"))
            return [answer] { answer(Error("enrol.code_invalid"_reason)); };
        const auto done = LoginTables(*m_database)
                              .addDevice(enrolled.deviceId, RecordId(user), request.publicKey,
                                         request.platform, m_clock.now());
        return
            [answer, enrolled, done] { answer(done ? Result<Enrolled>(enrolled) : done.error()); };
    });
}

Welcome SimServer::welcomeOf(const QString &user, const QString &device)
{
    Welcome welcome;
    welcome.userId = user;
    welcome.serverTime = m_clock.now();
    welcome.leaseUntil = m_clock.now() + 7 * day;
    welcome.head = m_head;
    welcome.epoch = m_epoch;
    Query known = m_database->query("SELECT last_n FROM device WHERE id=?");
    known.bind(1, device);
    welcome.lastN = known.next() ? known.integer(0) : 0;
    return welcome;
}

// Passwords, tokens and signatures are proved elsewhere (gatekeeper): here a user name is believed.
void SimServer::login(const Hello &hello, const Auth &auth, const QByteArray &nonce,
                      std::function<void(LoginOutcome)> answer)
{
    Q_UNUSED(nonce)
    if (!guardsDoor) {
        LoginOutcome outcome;
        outcome.welcome = welcomeOf(auth.user, hello.deviceId);
        return answer(outcome);
    }
    m_door.push_back([this, hello, auth, answer]() -> std::function<void()> {
        const LoginOutcome outcome = letIn(hello, auth);
        return [answer, outcome] { answer(outcome); };
    });
}

// The gatekeeper's rules about devices.
LoginOutcome SimServer::letIn(const Hello &hello, const Auth &auth)
{
    LoginTables tables(*m_database);
    const auto device = tables.device(hello.deviceId);
    LoginOutcome outcome;
    if (!device || !device->isActive || device->user.text() != auth.user
        || hello.bootCounter <= device->bootCounter) {
        outcome.refused = Refused{u"login.device_unknown"_s, {}, 0};
        return outcome;
    }
    if (hello.epoch == m_epoch && (hello.cursor > m_head || hello.lastAckedN > device->lastN)) {
        outcome.refused = Refused{u"sync.rollback"_s, {}, 0};
        return outcome;
    }
    outcome.welcome = welcomeOf(auth.user, device->id);
    if (!tables.noteLogin(device->id, hello.bootCounter, m_clock.now(), outcome.welcome.leaseUntil))
        outcome.refused = Refused{u"server.busy"_s, {}, 1000};
    return outcome;
}

bool SimServer::serveDoor()
{
    if (m_door.empty())
        return true;
    auto waiting = std::exchange(m_door, {});
    std::vector<std::function<void()>> answers;
    const QScopedValueRollback<bool> atDoor(m_atDoor, true);
    return commitGroup(
        [&] {
            for (const auto &one : waiting)
                answers.push_back(one());
            return true;
        },
        [&] {
            for (const auto &say : answers)
                say();
        });
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

void SimServer::pokeAll(const Authority::Committed &committed)
{
    for (const auto &session : sessions) {
        if (session->holdsAny(committed.buckets) || committed.users.contains(session->user()))
            session->poke(committed.head, m_clock.now());
    }
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
    pokeAll(*committed);
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

void SimServer::answerPull()
{
    if (m_pulls.empty())
        return;
    WaitingPull waiting = std::move(m_pulls.front());
    m_pulls.pop_front();
    waiting.request.maxBytes = pageBytes;
    PageBuilder builder(*m_store, *waiting.projection, waiting.user, waiting.device);
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

void SimServer::letGo(bool power)
{
    // First the disk, so that what the old process still writes while it is put away goes nowhere.
    m_files->died(power);
    m_commands.clear();
    m_pulls.clear();
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
