#pragma once

#include "support/sim/sim_network.h"

#include "base/fault.h"
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

// The server of a history: the real Authority, PageBuilder and PeerSession over SQLite in memory.
// Commands wait until commit(), pulls until answerPull(): these are the points where faults strike.
class SimServer final : public PeerBackend
{
public:
    /// From now on these follow from commands; they work on store()'s database and outlive it.
    void setReactions(Reactions *reactions);
    SimServer(const Catalog &catalog, const CommandRegistry &registry, Reactions *reactions,
              const QByteArray &image, const Clock &clock);

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
    const Catalog &catalog() const override { return m_catalog; }

    bool hasCommands() const { return !m_commands.empty(); }
    bool hasPulls() const { return !m_pulls.empty(); }
    /// Executes up to `most` waiting commands as one group, then answers them.
    void commit(std::size_t most);
    /// Runs calls of the server's own jobs as one group.
    void commitJobs(const std::vector<CommandCall> &calls);
    /// Ends the grants whose time is over, as the server does every minute.
    void expireOpened();
    /// Builds the page of the pull that waits longest, from the present snapshot.
    void answerPull();
    /// Purges DEL ops except the newest `keep` numbers and moves the floor.
    void compact(qint64 keep);
    /// The process dies: what is not committed is gone, and so is every session.
    void crash();

    qint64 head() const { return m_head; }
    /// The cut at a commit boundary; null if there is none at this number.
    std::shared_ptr<const Cut> cutAt(qint64 head) const;
    const Cut &latest() const { return *m_cuts.rbegin()->second; }
    Database &database() { return *m_database; }
    RowStore &store() { return m_store; }
    std::vector<std::shared_ptr<PeerSession>> sessions;
    int pageBytes = 256 * 1024;
    /// What a commit showed to be wrong; empty while all is well.
    QString violation;

private:
    void boot();
    void record(const Authority::Committed &committed);
    void checkOwnership(const Cut &before, const Cut &after, const QString &id);
    void pokeAll(const Authority::Committed &committed);

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

    const Catalog &m_catalog;
    const CommandRegistry &m_registry;
    Reactions *m_reactions;
    const Clock &m_clock;
    std::unique_ptr<Database> m_database;
    RowStore m_store;
    std::unique_ptr<Authority> m_authority;
    std::deque<Waiting> m_commands;
    std::deque<WaitingPull> m_pulls;
    std::map<qint64, std::shared_ptr<const Cut>> m_cuts;
    qint64 m_head = 0;
    int m_devices = 0;
};

} // namespace keydesk::sim
