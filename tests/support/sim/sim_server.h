#pragma once

#include "support/sim/program.h"
#include "support/sim/sim_files.h"
#include "support/sim/sim_network.h"

#include "base/fault.h"
#include "rules/work_calendar.h"
#include "sync/news.h"
#include "sync/page_builder.h"

namespace keydesk::sim {

// The state of the master data at one commit, for the oracle: living rows by table and id.
struct Cut
{
    std::map<std::pair<QString, QString>, std::shared_ptr<const Row>> rows;
    std::map<QString, qint64> lastN; // by device
    std::map<QString, Instant> opened; // "user/account" -> until
    Instant at;
};

// How many commands of a type had an outcome: "applied", or the reason of the refusal.
using Outcomes = std::map<std::pair<QString, QString>, int>;

// The server of a history: the real Authority, PageBuilder and PeerSession over SQLite in memory.
// Commands wait until commit(), pulls until answerPull(): these are the points where faults strike.
class SimServer final : public PeerBackend
{
public:
    /// What follows from commands, made anew with each process over its database (Writer::Setting).
    using MakeReactions = std::function<std::unique_ptr<Reactions>(RowStore &)>;
    SimServer(const Catalog &catalog, const CommandRegistry &registry, MakeReactions makeReactions,
              std::unique_ptr<SimFiles> files, const QByteArray &image, const Clock &clock);

    // PeerBackend
    Challenge challenge() override;
    void enrol(const Enrol &request, std::function<void(Result<Enrolled>)> answer) override;
    void login(const Hello &hello, const Auth &auth, const QByteArray &nonce,
               std::function<void(LoginOutcome)> answer) override;
    void submit(const Authority::Sender &sender, const Cmd &command,
                std::function<void(CmdResult)> answer) override;
    void pull(const QString &user, const QString &device,
              std::shared_ptr<const Projection> projection, const Pull &request,
              std::function<void(Result<Page>)> answer) override;
    void query(const QString &user, std::shared_ptr<const Projection> projection,
               const OnlineQuery &request, std::function<void(OnlineReply)> answer) override;
    const Catalog &catalog() const override { return *m_catalog; }

    /// This program runs here from the next start on; it must not be an older one. crash() follows.
    void update(const Program &program);

    bool hasCommands() const { return !m_commands.empty() || !m_door.empty(); }
    bool hasPulls() const { return !m_pulls.empty() || !m_pages.empty(); }
    /// Executes up to `most` waiting commands as one group, then answers them.
    void commit(std::size_t most);
    /// Runs calls of the server's own jobs as one group.
    void commitJobs(const std::vector<CommandCall> &calls);
    /// Runs commands of somebody whose desktop is not part of the history, as one group.
    void commitAs(const RecordId &user, const std::vector<CommandCall> &calls);
    /// What the claims, the questions and the tasks ask for by now, as the host does twice a
    /// minute.
    void runClock(const WorkCalendar &calendar);
    /// Ends the grants whose time is over, as the server does every minute.
    void expireOpened();
    /// Brings the assignments and everybody's grants in line with the day, as the host does. False
    /// when it could not: then nothing else is stored before it can.
    bool turnDay();
    /// The same, if the day is another one than when it turned last.
    bool keepDay();
    /// A reader builds the page of the pull that waits longest, from the present snapshot.
    void readPull();
    /// Sends the page that was read first, perhaps long ago; where there is none, one read now.
    void answerPull();
    /// Sends pokes that were held back, and so many to those who wait for their turn.
    void tick(int turns);
    /// Purges DEL ops except the newest `keep` numbers and moves the floor.
    void compact(qint64 keep);
    /// The process dies: what is not committed is gone, and so is every session. An empty text, or
    /// the answer that the new process does not know.
    QString crash(bool power = false);
    /// After a failed write or sync: stop, do not retry (sync.md G14).
    bool isBroken() const { return m_database->isBroken(); }
    void backUp();
    bool hasBackup() const { return !m_backup.isEmpty(); }
    /// The process dies and starts with what the backup holds, in the old epoch.
    void restore();
    /// What `keydesk-server restore` does beyond putting the file back. False when the disk did not
    /// take it: the old epoch goes on, and somebody tries again.
    [[nodiscard]] bool changeEpoch();

    qint64 head() const { return m_head; }
    /// The cut at a commit boundary; null if there is none at this number.
    std::shared_ptr<const Cut> cutAt(const QString &epoch, qint64 head) const;
    const Cut &latest() const { return *m_latest; }
    std::shared_ptr<const Cut> latestCut() const { return m_latest; }
    bool wasRestored() const { return m_restored; }
    /// Whether devices are known by enrolment only, and people wait for the writer at the door.
    bool guardsDoor = false;
    /// Put back by hand: until somebody has looked, people are only told so at the door.
    bool waitsForEpoch = false;
    Database &database() { return *m_database; }
    RowStore &store() { return *m_store; }
    std::vector<std::shared_ptr<PeerSession>> sessions;
    int pageBytes = 256 * 1024;
    /// Looks at each commit; what it answers is what the commit showed to be wrong.
    std::function<QString(const Cut &before, const Cut &after)> judge;
    QString violation;
    Outcomes outcomes;

private:
    void boot();
    void letGo(bool power);
    /// Runs `work` as one group; false from it gives the group up. True once it is stored.
    bool commitGroup(const std::function<bool()> &work, const std::function<void()> &answer = {});
    bool serveDoor();
    LoginOutcome letIn(const Hello &hello, const Auth &auth);
    Welcome welcomeOf(const QString &user, const QString &device);
    void endSessions(const Authority::Committed &committed) const;
    std::shared_ptr<Cut> wholeCut();
    QString lostAnswer();
    void count(const QString &device, const QString &type, const CmdResult &result);
    void runJob(const QString &device, const CommandCall &call);
    void record(const Authority::Committed &committed);

    struct Waiting
    {
        Authority::Sender sender;
        Cmd command;
        std::function<void(CmdResult)> answer;
    };
    struct WaitingPull
    {
        QString user;
        QString device;
        std::shared_ptr<const Projection> projection;
        Pull request;
        std::function<void(Result<Page>)> answer;
    };

    const Catalog *m_catalog;
    const CommandRegistry *m_registry;
    bool m_updated = false; // what is on the disk may be of an older program
    const MakeReactions m_makeReactions;
    const Clock &m_clock;
    const std::unique_ptr<SimFiles> m_files;
    const QByteArray m_image;
    std::shared_ptr<Database> m_database;
    std::unique_ptr<RowStore> m_store;
    std::unique_ptr<Reactions> m_reactions;
    std::unique_ptr<Authority> m_authority;
    News m_news{1}; // whatever two of them hold waits for its turn
    std::deque<Waiting> m_commands;
    std::deque<WaitingPull> m_pulls;
    std::deque<std::function<void()>> m_pages; // read, not sent
    std::deque<std::function<std::function<void()>()>> m_door; // each answers what to say
    std::map<std::pair<QString, qint64>, std::shared_ptr<const Cut>> m_cuts;
    std::shared_ptr<const Cut> m_latest;
    QDate m_day; // whose assignments and grants are in force
    bool m_turning = false;
    QString m_epoch;
    int m_epochs = 1;
    bool m_restored = false;
    bool m_atDoor = false;
    QByteArray m_backup;
    std::set<std::pair<QString, qint64>> m_answeredInBackup;
    qint64 m_head = 0;
    int m_devices = 0;
    Outcomes m_ofGroup; // of the group under way
    std::set<std::pair<QString, qint64>> m_answered; // (device, n) of all that is committed
    std::set<std::pair<QString, qint64>> m_answeredOfGroup;
};

} // namespace keydesk::sim
