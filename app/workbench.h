#pragma once

#include "base/enrolment.h"
#include "commands/registry.h"
#include "domain/staff.h"
#include "protocol/messages.h"
#include "query/replica_reader.h"
#include "settings/settings.h"
#include "sync/outbox.h"
#include "sync/run_outcome.h"
#include "sync/sync_status.h"

namespace keydesk {

class EventThread;
class Link;
class SyncWorker;

// The honest word on a record (ux.md, principle 4): 已保存本机, 待同步, 已同步, 需处理.
enum class SyncWord { SavedHere, Queued, Accepted, NeedsYou };
template <>
struct EnumTable<SyncWord>
{
    static constexpr EnumKey keys[] = {
        {"saved_here", {"已保存本机", "Saved here"}},
        {"queued", {"待同步", "Queued"}},
        {"accepted", {"已同步", "Accepted"}},
        {"needs_you", {"需处理", "Needs you"}},
    };
};

// A command that the server has not answered, or has answered and not yet sent back.
struct QueuedCommand
{
    qint64 localNo = 0;
    CommandCall call;
    Instant created;
    bool sent = false; // it has its number: Undo is a command of its own now
    bool answered = false;
    std::optional<Error> doubtful; // would fail here now: the server decides
};

// A command that the server refused, with what was typed, until the person has dealt with it.
struct RejectedCommand
{
    qint64 localNo = 0;
    CommandCall call;
    Error error;
    Instant at;
    Instant accepted; // set: the server had accepted it before it was restored from a backup
};

struct OnlineAnswer
{
    QString entity;
    std::vector<Row> rows; // in the order of the entity's field table
};

// The composition root of the desktop: builds and owns replica, sync and settings, and is what
// pages know of the world. Lives on the GUI thread, never blocks it, and has no widget.
class Workbench final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString dataDirectory; // one directory per server and user inside
        QString appVersion;
        /// How to reach a server; empty: TLS. Runs on the worker's thread.
        std::function<std::unique_ptr<Link>(const ServerAddress &, const QByteArray &pin)> makeLink;
    };
    explicit Workbench(Options options, QObject *parent = nullptr);
    ~Workbench() override;

    const Catalog &catalog() const { return m_catalog; }
    const CommandRegistry &registry() const { return m_registry; }
    Settings &settings() { return m_settings; }
    /// The local picture; closed while nobody is signed in or the first load runs.
    ReplicaReader &reader() { return m_reader; }
    const ReplicaReader &reader() const { return m_reader; }

    // ---- Sign-in
    struct SignIn
    {
        QString server; // HOST:PORT; may be empty with an enrolment string
        QString user; // staff number
        QString password; // empty: by the stored token, if there is one
        QString enrolment; // keydesk://..., once per PC and person
    };
    /// signedIn() or refused() follows. Only a malformed address or string is refused at once.
    Result<> signIn(const SignIn &request);
    /// Whether this person has worked here before, so that the server need not be in reach.
    bool isKnownHere(const QString &server, const QString &user) const;
    /// Ends the session on this desktop. Queue and drafts stay for the next sign-in.
    void signOut();
    /// Whether this is the password of who works here, asked of this PC alone; for the lock.
    /// Errors: login.wrong, login.lease_ended, offline: it was never typed here.
    void checkPassword(const QString &password, std::function<void(Result<>)> answer);
    bool isSignedIn() const { return m_signedIn; }
    /// Who works here. Before the first load is complete: the id and staff number alone.
    const Staff &me() const { return m_me; }
    /// True once there is something to read.
    bool isReady() const { return m_reader.isOpen(); }

    // ---- Commands
    using RunAnswer = std::function<void(Result<RunOutcome>)>;
    /// Applies the command here and queues it; `answer` comes later on this thread. A refusal has
    /// changed nothing.
    void run(const CommandCall &call, RunAnswer answer = {});
    /// Whether the person may do this to these records as they are here: for buttons. What is not
    /// held here is not refused: the server decides.
    Result<> mayRun(const CommandCall &call);
    /// Takes back a command that was never sent; record.not_found once it was.
    void withdraw(qint64 localNo, std::function<void(Result<>)> answer = {});

    std::vector<QueuedCommand> queue() const;
    std::vector<RejectedCommand> rejected() const;
    using RetryAnswer = std::function<void(Result<RetryOutcome>)>;
    /// Queues these again as new commands, in their order and with other arguments where given.
    /// What works on records that they were to make follows, on the records that the new ones make:
    /// refused commands, and those that wait in the queue.
    void retryRejected(Outbox::Chosen chosen, RetryAnswer answer = {});
    void dismissRejected(qint64 localNo, std::function<void(Result<>)> answer = {});

    SyncWord wordOf(const QString &entity, const RecordId &id) const;

    // ---- Drafts: what is typed and not yet a command. Key: "<entity>/<id>" or the form's name.
    /// What was saved last, at once, though the disk may not have it yet.
    QString draft(const QString &key) const;
    /// An empty body removes it.
    void saveDraft(const QString &key, const QString &body);

    // ---- The server
    using AskAnswer = std::function<void(Result<OnlineAnswer>)>;
    /// Asks within the person's own scope; answers `offline` when the line is down.
    void ask(OnlineQuery query, AskAnswer answer);
    const SyncStatus &status() const { return m_status; }
    /// Why the line is down, as far as it is.
    const std::optional<Error> &connectionProblem() const { return m_connectionProblem; }
    /// F5: connects at once, or asks for what is new.
    void syncNow();
    /// Calls back once the queue is answered and everything committed until now is here.
    void whenSettled(std::function<void()> then);
    /// Cuts the line and keeps it cut, or lets it come back; `then` once that is so.
    void setLinkEnabled(bool enabled, std::function<void()> then = {});

Q_SIGNALS:
    void signedIn();
    void signedOut();
    /// The first load is complete: there is something to read.
    void ready();
    /// me() has other content: roles, team, name.
    void meChanged();
    void changed(const keydesk::ChangeSet &changes);
    void statusChanged(const keydesk::SyncStatus &status);
    /// The queue or the rejected list has other content, or a draft came or went.
    void queueChanged();
    void commandRejected(const keydesk::RejectedCommand &rejected);
    /// Sign-in failed, or the server ended it; the same is told by connectionProblem(). `locked`:
    /// nobody is signed in any more.
    void refused(const keydesk::Error &error, bool locked);

private:
    void startWorker(const ServerAddress &server, const QByteArray &pin, const QString &user);
    void startThread();
    void stopWorker();
    void connectWorker();
    void onAdmitted(const RecordId &user, const QString &replicaPath);
    void onReplicaMoved(const QString &path);
    void onChanged(const ChangeSet &changes);
    void onStatus(const SyncStatus &status);
    void rememberLastSync();
    void onConnectionFailed(const Error &error);
    void onRejected(qint64 localNo);
    void onRefused(const Error &error, bool locked);
    void lock();
    void readMe();
    void refreshNeedsYou();
    /// Runs on the worker's thread, in order.
    void post(std::function<void(SyncWorker &)> work);
    /// Runs here again, unless this workbench or the sign-in that asked is gone.
    void postBack(quint64 asked, std::function<void()> work);
    QString directoryOf(const QByteArray &pin, const QString &user) const;
    QByteArray pinOf(const ServerAddress &server) const;
    Actor actor() const;

    const Options m_options;
    const Catalog m_catalog;
    const CommandRegistry m_registry;
    Settings m_settings;
    ReplicaReader m_reader;
    std::vector<std::unique_ptr<EventThread>> m_threads; // the last is the worker's, others finish
    SyncWorker *m_worker = nullptr; // lives on its thread
    quint64 m_generation = 0; // of workers: a new one may stand where an old one stood
    ServerAddress m_server;
    QString m_directory;
    QString m_user;
    std::unique_ptr<Database> m_outboxFile; // read-only
    std::unique_ptr<Outbox> m_outbox;
    Staff m_me;
    SyncStatus m_status;
    std::optional<Error> m_connectionProblem;
    QHash<QString, std::pair<quint64, QString>> m_unwrittenDrafts; // by key: edition, text
    quint64 m_draftEdition = 0;
    QSet<QString> m_needsYou; // ids that rejected commands name
    bool m_signedIn = false;
};

} // namespace keydesk
