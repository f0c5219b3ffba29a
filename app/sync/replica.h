#pragma once

#include "base/clock.h"
#include "sync/outbox.h"
#include "sync/replica_file.h"
#include "sync/run_outcome.h"
#include "sync/sync_status.h"

namespace keydesk {

// Where replica files live. The replica is a cache: any of them may be deleted at any time.
class ReplicaShelf
{
public:
    virtual ~ReplicaShelf() = default;
    /// Opens file number k for writing, created if missing.
    virtual Result<std::shared_ptr<Database>> open(int k) = 0;
    virtual void remove(int k) = 0;
};

// The local picture: base rows of the last checkpoint plus the pending commands re-run on top. Runs
// commands optimistically and moves from checkpoint to checkpoint by rewind, apply and replay in
// one transaction. Lives on one thread; knows no network.
class Replica
{
public:
    Replica(ReplicaShelf &shelf, Outbox &outbox, const Catalog &catalog,
            const CommandRegistry &registry);
    ~Replica();

    /// Opens the current file, finishes what a crash left over, replays the queue.
    Result<> open(const RecordId &user, Instant now);
    /// True once a first load is complete: there is something to read.
    bool isReadable() const { return m_current != nullptr; }
    ReplicaFile *current() const { return m_current.get(); }
    const Catalog &catalog() const { return m_catalog; }
    int currentNumber() const { return m_currentNumber; }

    using RunOutcome = keydesk::RunOutcome;
    /// Applies the command here and queues it. An error has queued nothing and says why:
    /// command.unknown, command.too_large, what the command itself refuses, storage.*.
    Result<RunOutcome> run(const CommandCall &given, Instant now);
    /// Takes back a command that was never sent. Errors: record.not_found.
    Result<> withdraw(qint64 localNo, Instant now);
    /// Queues refused commands again and takes along what depends on them; see Outbox::retriesOf.
    /// Stops at the first that run() would refuse; an error has changed nothing and says why the
    /// very first would not do, or record.not_found.
    Result<RetryOutcome> retry(const Outbox::Chosen &chosen, Instant now);

    // What the session asks while it pulls.
    Pull nextPull() const;
    /// Takes one page. At the end of a round: verifies the sums and moves to the checkpoint.
    /// `mismatched` gets the buckets that must be loaded again; the round then starts anew.
    struct PageOutcome
    {
        bool roundDone = false;
        QStringList mismatched;
    };
    Result<PageOutcome> takePage(const Page &page, Instant now);
    /// Forgets an unfinished round, except of a first load, which resumes where it was.
    void abandonRound();
    /// Asks for the sums of all buckets in the coming rounds.
    void verifyEverything();
    /// Compares the next `most` rows of the last checkpoint with the hashes they were sent with; an
    /// hour after the last row it begins anew. Buckets of damaged rows are loaded again in the next
    /// round, each twice at most; answers how many buckets. For idle moments.
    int scrub(int most, Instant now);
    /// Whether a read or write found the file broken: it must be loaded anew.
    bool isDamaged() const;
    /// Loads this bucket again in the next round.
    void reload(const QString &bucket) { m_reload.insert(bucket); }

    Result<> settleApplied(const std::vector<qint64> &numbers, Instant now);
    /// The picture without the refused command follows at once, or by catchUp() after two seconds
    /// at most while much is pending.
    Result<> settleRejected(qint64 n, const QString &reason, const QStringList &args, Instant now);
    /// Whether so much is pending that the picture is made anew every two seconds only (sync.md,
    /// "Rewind and replay").
    bool isCrowded() const;
    /// Makes the picture anew if a refused command is still in it and it is time.
    Result<> catchUp(Instant now);
    static constexpr qint64 crowdedPause = 2 * second;
    /// Renumbers the queue for a restored server (sync.md, "Epoch").
    Result<> adoptEpoch(qint64 serverLastN, Instant now);
    /// The server has given this PC a new name: see Outbox::adoptDevice.
    Result<> adoptDevice(const QString &deviceId, Instant now);

    /// How often sums did not agree and a bucket was loaded again: a symptom for support.
    int sumMismatches() const { return m_sumMismatches; }
    qint64 cursor() const { return m_current ? m_current->cursor() : 0; }
    QString epoch() const;
    using Progress = LoadProgress;
    Progress progress() const;

    /// Called after each committed change with what it touched.
    std::function<void(const ChangeSet &)> changed;

private:
    struct Round
    {
        bool active = false;
        QString epoch;
        qint64 position = 0;
        std::map<QString, int> known;
        KnownBucket current;
        QString key;
        int stagedPages = 0;
    };

    Result<> startBuilding(const Page &page);
    Result<> takeBuildingPage(const Page &page, PageOutcome &outcome, Instant now);
    Result<> finishBuilding(const Page &page, Instant now);
    Result<> stage(const Page &page);
    Result<> checkpoint(const Page &page, PageOutcome &outcome, Instant now);
    Result<> applyItems(ReplicaFile &file, const QByteArray &items, ChangeSet &changes);
    void followRound(const Page &page);
    Result<> checkFollows(const Page &page, bool loads) const;
    void scrubRemains();
    bool shows(const QString &table, const RecordId &record, const QString &name) const;
    Outbox::Shows whatShows() const;
    QStringList mismatches(const ReplicaFile &file, const Page &page) const;
    Result<> rewindAll(ChangeSet &changes);
    Result<> replayAll(qint64 lastN, Instant now, ChangeSet &changes);
    /// Runs one command's body behind a savepoint, keeping pre-images under `localNo`.
    Result<> preview(const CommandCall &call, qint64 localNo, Instant now, ChangeSet &changes);
    Result<> preview(const CommandCall &call, qint64 localNo, const Actor &person, Instant now,
                     ChangeSet &changes);
    Result<> rebuildPreview(Instant now);
    /// Whether the call may be queued at all: command.unknown, command.too_large.
    Result<> mayQueue(const CommandCall &call) const;
    /// Runs the calls without keeping anything. Leaves out the first that is refused here and what
    /// follows it, and answers why; `previewed` says whether the first could be judged here.
    std::optional<Error> tryOut(std::vector<Outbox::Retry> &retries, bool &previewed, Instant now);
    Result<> forgetNumbers(qint64 serverLastN);
    Result<Actor> actor();
    void emitChanged(const ChangeSet &changes) const;

    ReplicaShelf &m_shelf;
    Outbox &m_outbox;
    const Catalog &m_catalog;
    const CommandRegistry &m_registry;
    RecordId m_user;
    std::unique_ptr<ReplicaFile> m_current;
    std::unique_ptr<ReplicaFile> m_building;
    int m_currentNumber = 0;
    int m_buildingNumber = 0;
    Round m_round;
    QStringList m_toVerify;
    std::set<QString> m_reload;
    bool m_ofOtherColumns = false; // the current file; it is loaded anew beside itself
    int m_sumMismatches = 0;
    RowPlace m_scrubbed; // where the scrub stands
    Instant m_scrubAfter;
    std::map<QString, int> m_scrubReloads;
    bool m_refusedShown = false; // a refused command is still in the picture
    bool m_justReplayed = false; // since catchUp()
    Instant m_replayed; // when the picture was last made anew, as catchUp() saw it
    std::set<QString> m_stagedPuts; // for a seeded bug only
};

} // namespace keydesk
