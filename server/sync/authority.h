#pragma once

#include "commands/registry.h"
#include "dispatch/reactions.h"
#include "protocol/messages.h"
#include "sync/audit.h"
#include "sync/scope.h"

namespace keydesk {

// Executes commands: the only writer of the master data. A group of commands is one transaction;
// each has exactly one effect and one stored result. No answer leaves before commitGroup().
class Authority
{
public:
    Authority(RowStore &store, const CommandRegistry &registry, Reactions *reactions = nullptr);

    /// Who sent a command, known from the connection and never from the message.
    struct Sender
    {
        QString device;
        RecordId user; // null: a job of the server
    };

    Result<> beginGroup(Instant now);
    /// Runs one command, or answers what it answered before. Status RetryLater means that nothing
    /// was stored and the whole group must be given up.
    CmdResult accept(const Sender &sender, const Cmd &command);
    /// Answers the command by this refusal without running it, if it was not answered before.
    CmdResult refuse(const Sender &sender, const Cmd &command, const Error &why);
    /// Writes a line of the audit trail that belongs to no command: logins, exports, grants.
    Result<> note(const AuditEntry &entry);

    struct Committed
    {
        qint64 head = 0;
        QSet<QString> buckets; // something happened in them
        QSet<QString> users; // their grants changed
        QSet<QString> ended; // people disabled or with other roles: their sessions are over
        QSet<QString> quarantined; // devices that are not what they say they are
        QSet<QString> wiping; // devices that are to destroy what they hold
        ChangeSet changes;
    };
    /// Bookkeeping of the server that is no command: logins, people, devices, grants that time
    /// alone changes. Its writes and, if it names an action, a line of the audit trail stand or
    /// fall together, behind a savepoint in the group.
    using Work = std::function<Result<>(Transaction &, AuditEntry &)>;
    Result<> perform(const Work &work);

    /// In a deed: all sessions of this person end, live ones too.
    Result<> endSessions(const QString &user);
    /// In a deed: this device hands over its queue and destroys what it holds, as soon as it is
    /// heard of.
    Result<> wipeDevice(const QString &device);

    Result<Committed> commitGroup();
    void rollbackGroup();
    bool inGroup() const { return m_inGroup; }

    /// Writes rows outside any command, in the group: reference data at init, demo data, tests.
    /// Existing rows are written over. Grants follow at once.
    Result<> load(const EntityInfo &entity, const std::vector<Row> &rows);
    /// Runs a call of a server-side device ("job:claims") in the group, numbered by itself.
    CmdResult acceptJob(const QString &device, const CommandCall &call);

    ScopeKeeper &scope() { return m_scope; }
    RowStore &store() { return m_store; }
    Instant now() const { return m_now; }

private:
    struct Outcome
    {
        CmdResult::Status status = CmdResult::Applied;
        QString reason;
        QStringList args;
    };
    std::optional<CmdResult> storedResult(const Sender &sender, const Cmd &command, qint64 lastN);
    CmdResult answer(const Sender &sender, const Cmd &command, const Error *refusal);
    Result<Outcome> run(const Sender &sender, const Cmd &command);
    Result<> runBody(CommandContext &context, const CommandCall &call, const Command &command);
    Result<> react(CommandContext &context, const CommandCall &call);
    Result<> followChanges(std::size_t firstDetail);
    Result<> undo(const ChangeLog::Mark &mark, const QByteArray &savepoint);
    Outcome refusalOf(const Error &error, const Cmd &command) const;
    Result<> store(const Sender &sender, const Cmd &command, const Outcome &outcome,
                   std::size_t firstDetail);
    Result<Actor> actorOf(const Sender &sender);

    RowStore &m_store;
    Database &m_database;
    const CommandRegistry &m_registry;
    Reactions *m_reactions;
    ChangeLog m_log;
    AuditTrail m_audit;
    ScopeKeeper m_scope;
    ChangeSet m_changes;
    QSet<QString> m_ended;
    QSet<QString> m_quarantined;
    QSet<QString> m_wiping;
    Instant m_now;
    bool m_inGroup = false;
};

} // namespace keydesk
