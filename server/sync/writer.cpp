#include "sync/writer.h"

#include "base/steady_clock.h"

#include <QFileInfo>
#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcWriter, "keydesk.server.writer", QtInfoMsg)

namespace keydesk {

namespace {

constexpr auto idleTurn = std::chrono::seconds(1);

// In the words for an incident, which the log tells more of.
Error poisonous(const Cmd &command)
{
    const QString incident = command.cmdId.text().right(8);
    qCCritical(lcWriter) << "incident" << incident << "the server died over" << command.command
                         << "again and again: refused";
    return Error("unknown"_reason, {incident});
}

Instant steadyNow()
{
    return SteadyClock().now();
}

} // namespace

Writer::Writer(Setting setting)
    : m_setting(std::move(setting))
{
}

Writer::~Writer()
{
    stop();
}

Result<> Writer::start()
{
    std::promise<Result<>> ready;
    auto opened = ready.get_future();
    m_heartbeat = steadyNow().ms;
    m_thread = std::thread(
        [this, promise = std::move(ready)]() mutable { work(std::move(promise)); });
    return opened.get();
}

void Writer::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

// ---- Taking requests

bool Writer::enqueue(Request request)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_closing || m_queue.size() >= m_setting.limits.waiting
            || m_queuedBytes + request.bytes > m_setting.limits.waitingBytes)
            return false;
        m_queuedBytes += request.bytes;
        m_queue.push_back(std::move(request));
    }
    m_wake.notify_one();
    return true;
}

void Writer::submit(const Authority::Sender &sender, const Cmd &command,
                    const std::function<void(CmdResult)> &answer)
{
    const auto result = std::make_shared<CmdResult>();
    const auto later = [answer, n = command.n] {
        answer({n, CmdResult::RetryLater, QStringLiteral("server.busy"), {}, 0});
    };
    const auto run = [this, sender, command, result](Authority &authority) {
        *result = m_poison->isSuspect(sender.device, command.n)
                && m_poison->isPoison(sender.device, command.n)
            ? authority.refuse(sender, command, poisonous(command))
            : authority.accept(sender, command);
        return result->status != CmdResult::RetryLater;
    };
    const bool taken = enqueue({command.args.size() + 512, run,
                                [answer, result] { answer(*result); }, later, false, sender.device,
                                command.n});
    if (!taken)
        m_setting.deliver(later);
}

Writer::Request Writer::requestFor(Deed deed, const std::function<void(Result<>)> &done)
{
    const auto result = std::make_shared<Result<>>();
    Request request;
    request.bytes = 512;
    request.run = [deed = std::move(deed), result](Authority &authority) {
        Database &database = authority.store().database();
        (void)database.takeTrouble();
        *result = authority.perform(
            [&](Transaction &tx, AuditEntry &entry) { return deed(authority, tx, entry); });
        return database.inTransaction() && !database.takeTrouble();
    };
    request.succeeded = [done, result] { done(*result); };
    request.failed = [done, result] {
        done(*result ? Result<>(Error("server.busy"_reason)) : *result);
    };
    return request;
}

void Writer::perform(Deed deed, std::function<void(Result<>)> done)
{
    if (!done)
        done = [](const Result<> &how) {
            if (!how)
                qCWarning(lcWriter) << "not done:" << how.error().key() << how.error().args;
        };
    if (!enqueue(requestFor(std::move(deed), done)))
        m_setting.deliver([done] { done(Error("server.busy"_reason)); });
}

Result<> Writer::performNow(Deed deed)
{
    // Answers also when the request is dropped with the queue.
    struct Outcome
    {
        std::promise<Result<>> promise;
        bool known = false;
        void set(const Result<> &how)
        {
            if (!std::exchange(known, true))
                promise.set_value(how);
        }
        ~Outcome() { set(Error("server.busy"_reason)); }
    };
    auto outcome = std::make_shared<Outcome>();
    auto done = outcome->promise.get_future();
    Request request = requestFor(std::move(deed),
                                 [outcome](const Result<> &how) { outcome->set(how); });
    outcome.reset();
    request.answersHere = true;
    (void)enqueue(std::move(request));
    return done.get();
}

void Writer::runJobs(const QString &device, const Round &round, std::function<void(Result<>)> done)
{
    if (!done)
        done = [](const Result<> &) {};
    const auto later = [done] { done(Error("server.busy"_reason)); };
    const bool taken = enqueue(
        {512,
         [device, round](Authority &authority) {
             for (const CommandCall &call : round(authority.store(), authority.now())) {
                 const CmdResult result = authority.acceptJob(device, call);
                 if (result.status == CmdResult::RetryLater)
                     return false;
                 if (result.status != CmdResult::Applied)
                     qCWarning(lcWriter) << device << call.type << result.reason << result.args;
             }
             return true;
         },
         [done] { done({}); },
         later,
         false,
         {},
         0});
    if (!taken)
        m_setting.deliver(later);
}

// ---- The thread

Result<> Writer::open()
{
    auto opened = Database::open(m_setting.databasePath);
    if (!opened)
        return opened.error();
    m_database = std::move(*opened);
    m_database->ownCheckpoints();
    m_store = std::make_unique<RowStore>(*m_database, m_setting.catalog);
    m_store->rememberReference();
    if (m_setting.makeReactions)
        m_reactions = m_setting.makeReactions(*m_store);
    m_authority = std::make_unique<Authority>(*m_store, m_setting.registry, m_reactions.get());
    Query head = m_database->query("SELECT seq FROM head WHERE one=1");
    if (!head.next())
        return head.error().value_or(Error("storage.failed"_reason, {QStringLiteral("head")}));
    m_head = head.integer(0);
    head.reset();
    m_poison = std::make_unique<PoisonWatch>(*m_database, QFileInfo(m_setting.databasePath).path());
    return m_poison->begin();
}

void Writer::work(std::promise<Result<>> ready)
{
    auto opened = open();
    ready.set_value(opened);
    while (opened && !m_stopped) {
        m_heartbeat = steadyNow().ms;
        auto requests = take();
        const bool idle = requests.empty();
        if (!idle)
            runGroups(std::move(requests));
        if (!m_stopped)
            keepHouse(idle);
        const std::lock_guard lock(m_mutex);
        if (idle && m_closing && m_queue.empty())
            break;
    }
    if (m_poison && !m_stopped)
        m_poison->end();
    if (m_database && !m_stopped)
        (void)m_database->truncateLog();
    m_poison.reset();
    m_authority.reset();
    m_reactions.reset();
    m_store.reset();
    m_database.reset();
}

std::deque<Writer::Request> Writer::take()
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, idleTurn, [this] { return m_closing || !m_queue.empty(); });
    m_queuedBytes = 0;
    return std::exchange(m_queue, {});
}

void Writer::runGroups(std::deque<Request> requests)
{
    std::size_t alone = 0; // so many go one by one: one of them spoilt their group
    while (!requests.empty() && !m_stopped) {
        m_heartbeat = steadyNow().ms;
        const Turn turn = isSuspect(requests.front())
            ? runSuspect(requests)
            : runGroup(requests, alone > 0 ? 1 : m_setting.limits.commandsPerGroup);
        if (m_stopped)
            return;
        if (!turn.stored && turn.count > 1) {
            alone = turn.count;
            continue;
        }
        answer(requests, {std::max<std::size_t>(turn.count, 1), turn.stored});
        alone -= std::min<std::size_t>(alone, 1);
    }
}

bool Writer::isSuspect(const Request &request)
{
    return m_poison->isSuspect(request.device, request.n);
}

Writer::Turn Writer::runSuspect(std::deque<Request> &requests)
{
    const QString device = requests.front().device;
    const qint64 n = requests.front().n;
    if (!m_poison->noteAttempt(device, n)) {
        if (m_database->isBroken())
            failStop();
        return {1, false};
    }
    const Turn turn = runGroup(requests, 1);
    // A note that stays is taken back by the next one that goes well, or counts as a try too many.
    if (!m_stopped)
        (void)m_poison->survived(device, n);
    return turn;
}

// Runs requests from the front in one transaction; leaves them where they are.
Writer::Turn Writer::runGroup(std::deque<Request> &requests, std::size_t most)
{
    const Instant started = steadyNow();
    const Limits &limits = m_setting.limits;
    const qint64 time = std::max(limits.groupTime, std::min(m_commitTime, limits.longestGroup));
    Turn turn;
    turn.stored = bool(m_authority->beginGroup(m_setting.clock.now()));
    while (
        turn.stored && turn.count < std::min(requests.size(), most)
        && (turn.count == 0 || (steadyNow() - started < time && !isSuspect(requests[turn.count]))))
        turn.stored = requests[turn.count++].run(*m_authority);
    if (turn.stored && !m_database->isBroken())
        turn.stored = commit();
    else
        m_authority->rollbackGroup();
    if (m_database->isBroken())
        failStop();
    return turn;
}

bool Writer::commit()
{
    const Instant started = steadyNow();
    auto committed = m_authority->commitGroup();
    m_commitTime = steadyNow() - started;
    if (!committed) {
        qCWarning(lcWriter) << "commit failed:" << committed.error().key() << committed.error().args
                            << committed.error().detail;
        return false;
    }
    m_head = committed->head;
    m_committed = std::move(*committed);
    return true;
}

void Writer::answer(std::deque<Request> &requests, const Turn &turn)
{
    std::vector<std::function<void()>> answers;
    answers.reserve(turn.count);
    for (std::size_t i = 0; i < turn.count; ++i) {
        Request &request = requests.front();
        auto &words = turn.stored ? request.succeeded : request.failed;
        if (request.answersHere)
            words();
        else
            answers.push_back(std::move(words));
        requests.pop_front();
    }
    auto news = std::exchange(m_committed, std::nullopt);
    m_setting.deliver(
        [answers = std::move(answers), news = std::move(news), tell = m_setting.committed] {
            for (const auto &words : answers)
                words();
            if (news && tell)
                tell(*news);
        });
}

// After the answers, and not between those of one person who works on: he would wait for it. This
// connection alone owns the checkpoints.
void Writer::keepHouse(bool idle)
{
    const qint64 pages = m_database->logPages();
    if (pages >= m_setting.limits.checkpointPages || (idle && pages > 0))
        (void)m_database->checkpoint();
    const bool large = QFileInfo(m_setting.databasePath + QStringLiteral("-wal")).size()
        > m_setting.limits.truncateBytes;
    if (idle && large)
        (void)m_database->truncateLog();
    (void)m_database->takeTrouble(); // a reader that held a checkpoint up is nobody's failure
    if (m_database->isBroken())
        failStop();
}

void Writer::failStop()
{
    m_stopped = true;
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        m_queue.clear();
    }
    m_poison->end(); // what stops here is the disk's fault
    const Error why("storage.failed"_reason, {m_setting.databasePath});
    qCCritical(lcWriter) << "the disk failed or the database is damaged: stopping";
    if (m_setting.broken)
        m_setting.broken(why);
}

} // namespace keydesk
