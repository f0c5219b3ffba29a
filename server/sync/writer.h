#pragma once

#include "sync/authority.h"
#include "sync/delivery.h"
#include "sync/poison_watch.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

namespace keydesk {

// The one thread that writes: owns the only read-write connection and an Authority, gathers what
// came in meanwhile into one durable commit, and answers only afterwards. Never reads a socket, and
// after a failed disk never answers again (sync.md, G1, G4, G14).
class Writer
{
public:
    /// What the Authority lends to a deed: itself for grants and jobs, a transaction for records,
    /// and the line of the audit trail to fill in (without an action none is written).
    using Deed = std::function<Result<>(Authority &, Transaction &, AuditEntry &)>;
    using Round = std::function<std::vector<CommandCall>(RowStore &, Instant)>;

    struct Limits
    {
        std::size_t commandsPerGroup = 256;
        // ms of work after which a group is committed, or as long as the last commit took: a disk
        // that is slow is asked less often.
        qint64 groupTime = 40;
        qint64 longestGroup = 50;
        std::size_t waiting = 8192; // requests; more are answered "later"
        qsizetype waitingBytes = 64 * 1024 * 1024;
        qint64 checkpointPages = 4000; // since the last one; 16 MB of log
        qint64 truncateBytes = 64 * 1024 * 1024;
    };

    struct Setting
    {
        QString databasePath;
        const Catalog &catalog;
        const CommandRegistry &registry;
        /// Makes what follows from commands, in the writer's thread and for its database; may be
        /// empty.
        std::function<std::unique_ptr<Reactions>(RowStore &)> makeReactions;
        const Clock &clock;
        Delivery deliver;
        /// Delivered after each commit, after the answers that belong to it.
        std::function<void(const Authority::Committed &)> committed;
        /// Called in the writer's thread when the disk failed or the file is damaged. It must not
        /// return to serving: nothing is answered any more.
        std::function<void(const Error &)> broken;
        Limits limits;
    };

    explicit Writer(Setting setting);
    ~Writer();

    /// Opens the database in its thread. Errors: storage.failed.
    Result<> start();
    /// Finishes what waits, moves the log into the file, ends the thread.
    void stop();

    /// From any thread. `answer` is delivered, after the commit, or at once with RetryLater.
    void submit(const Authority::Sender &sender, const Cmd &command,
                const std::function<void(CmdResult)> &answer);
    /// From any thread. `done` is delivered; server.busy when too much waits.
    void perform(Deed deed, std::function<void(Result<>)> done = {});
    /// Waits for the commit. Never from the thread that runs deliveries or the writer's own.
    Result<> performNow(Deed deed);
    /// Runs the calls that `round` finds due, as the numbered commands of a server-side device
    /// ("job:claims"). `done` is delivered; server.busy when nothing was stored.
    void runJobs(const QString &device, const Round &round,
                 std::function<void(Result<>)> done = {});

    /// When the writer last showed that it is alive, on the steady clock.
    Instant heartbeat() const { return {m_heartbeat.load()}; }
    /// Sequence number of the last commit.
    qint64 head() const { return m_head.load(); }

private:
    struct Request
    {
        qsizetype bytes = 0;
        // Does its part in the open group; false: the group must be given up.
        std::function<bool(Authority &)> run;
        std::function<void()> succeeded; // after the commit
        std::function<void()> failed; // when nothing was stored
        bool answersHere = false; // in the writer's thread, else delivered
        QString device; // of a command, with its number
        qint64 n = 0;
    };
    // How far a group came: what it tried, and whether that is stored.
    struct Turn
    {
        std::size_t count = 0;
        bool stored = false;
    };
    bool enqueue(Request request);
    static Request requestFor(Deed deed, const std::function<void(Result<>)> &done);
    void work(std::promise<Result<>> ready);
    Result<> open();
    std::deque<Request> take();
    void runGroups(std::deque<Request> requests);
    Turn runGroup(std::deque<Request> &requests, std::size_t most);
    bool isSuspect(const Request &request);
    Turn runSuspect(std::deque<Request> &requests);
    bool commit();
    void answer(std::deque<Request> &requests, const Turn &turn);
    void keepHouse(bool idle);
    void failStop();

    Setting m_setting;
    std::thread m_thread;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Request> m_queue;
    qsizetype m_queuedBytes = 0;
    bool m_closing = false;
    bool m_stopped = false;
    std::atomic<qint64> m_heartbeat = 0;
    std::atomic<qint64> m_head = 0;

    // The writer's thread only.
    std::unique_ptr<Database> m_database;
    std::unique_ptr<RowStore> m_store;
    std::unique_ptr<Reactions> m_reactions;
    std::unique_ptr<Authority> m_authority;
    std::unique_ptr<PoisonWatch> m_poison;
    std::optional<Authority::Committed> m_committed;
    qint64 m_commitTime = 0; // ms, of the last one
};

} // namespace keydesk
