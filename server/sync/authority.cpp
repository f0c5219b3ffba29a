#include "sync/authority.h"

#include "base/fault.h"
#include "commands/export_command.h"
#include "commands/rights.h"
#include "commands/staff_commands.h"
#include "sync/late_numbers.h"

#include <QCryptographicHash>
#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcAuthority, "keydesk.server.authority", QtInfoMsg)

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QByteArray payloadHash(const Cmd &command)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(command.cmdId.text().toUtf8());
    hash.addData(command.command.toUtf8());
    hash.addData(QByteArray::number(command.version));
    hash.addData(command.args);
    return hash.result();
}

// The records a command speaks of, for the audit trail: ids only, never values, also of a command
// that was refused for what it says.
QString objectOf(const Catalog &catalog, const QString &command, const Arguments &arguments)
{
    if (command == QLatin1StringView(ExportRecords::name)) {
        ExportRecords exported;
        if (readArguments(exported, arguments) && catalog.find(exported.entity))
            return exported.auditObject();
    }
    QStringList ids;
    for (const auto &[name, value] : arguments.values) {
        if (value.text().size() == 36)
            ids.append(value.text());
    }
    return ids.join(QLatin1Char(','));
}

} // namespace

Authority::Authority(RowStore &store, const CommandRegistry &registry, Reactions *reactions)
    : m_store(store)
    , m_database(store.database())
    , m_registry(registry)
    , m_reactions(reactions)
    , m_log(m_database)
    , m_audit(m_database)
    , m_scope(store, m_log)
{
}

Result<> Authority::beginGroup(Instant now)
{
    m_now = now;
    m_changes = {};
    m_ended.clear();
    m_quarantined.clear();
    m_wiping.clear();
    m_scope.startGroup();
    if (auto begun = m_database.execute("BEGIN IMMEDIATE"); !begun)
        return begun;
    m_inGroup = true;
    auto ready = m_log.begin(now);
    if (ready)
        ready = m_audit.begin();
    if (!ready)
        rollbackGroup();
    return ready;
}

void Authority::rollbackGroup()
{
    if (m_inGroup)
        (void)m_database.execute("ROLLBACK");
    m_store.rolledBack();
    m_inGroup = false;
}

Result<Authority::Committed> Authority::commitGroup()
{
    auto done = m_log.flush();
    if (done)
        done = m_database.execute("COMMIT");
    if (!done) {
        rollbackGroup();
        return done.error();
    }
    m_inGroup = false;
    m_store.committed();
    writeLateNumbers(m_database);
    return Committed{m_log.seq(),   m_log.touched(), m_scope.changedUsers(), m_ended,
                     m_quarantined, m_wiping,        std::move(m_changes)};
}

Result<> Authority::note(const AuditEntry &entry)
{
    AuditEntry stamped = entry;
    stamped.seq = m_log.nextSeq();
    stamped.at = m_now;
    return m_audit.append(stamped, {}, 0);
}

Result<> Authority::perform(const Work &work)
{
    if (auto begun = m_database.query("SAVEPOINT deed").run(); !begun)
        return begun;
    const ChangeLog::Mark logMark = m_log.mark();
    const AuditTrail::Mark auditMark = m_audit.mark();
    Transaction tx(m_store, m_log);
    const auto done = [&]() -> Result<> {
        AuditEntry entry;
        if (auto worked = work(tx, entry); !worked)
            return worked;
        if (auto followed = followChanges(logMark.details); !followed)
            return followed;
        if (entry.action.isEmpty())
            return {};
        entry.seq = m_log.nextSeq();
        entry.at = m_now;
        return m_audit.append(entry, m_log.details(), logMark.details);
    }();
    if (!done) {
        m_audit.rewind(auditMark);
        const auto undone = undo(logMark, "deed");
        return undone ? done : undone;
    }
    m_changes.merge(tx.changes());
    return m_database.query("RELEASE deed").run();
}

Result<> Authority::undo(const ChangeLog::Mark &mark, const QByteArray &savepoint)
{
    m_log.rewind(mark);
    m_store.rolledBack();
    return m_database.execute("ROLLBACK TO " + savepoint + "; RELEASE " + savepoint);
}

// What a change of rows means for grants and sessions.
Result<> Authority::followChanges(std::size_t firstDetail)
{
    for (std::size_t i = firstDetail; i < m_log.details().size(); ++i) {
        const ChangeLog::Detail &detail = m_log.details()[i];
        if (detail.table != QLatin1StringView(Schema<Staff>::table)
            || (detail.field != QLatin1StringView("roles")
                && detail.field != QLatin1StringView("status")
                && detail.field != QLatin1StringView("deleted_at")))
            continue;
        if (auto ended = endSessions(detail.rowId); !ended)
            return ended;
    }
    return m_scope.follow(firstDetail, m_now);
}

Result<> Authority::endSessions(const QString &user)
{
    m_ended.insert(user);
    return m_database.query("UPDATE session SET revoked_at=? WHERE user_id=? AND revoked_at=0")
        .bind(1, m_now.ms)
        .bind(2, user)
        .run();
}

Result<> Authority::wipeDevice(const QString &device)
{
    m_wiping.insert(device);
    // A clone is believed nothing: it destroys, and hands over nothing before.
    return m_database
        .query("UPDATE device SET status=iif(status IN ('quarantined','condemned'), 'condemned', "
               "'wiping') WHERE id=?")
        .bind(1, device)
        .run();
}

std::optional<CmdResult> Authority::storedResult(const Sender &sender, const Cmd &command,
                                                 qint64 lastN)
{
    if (command.n > lastN + 1 && !fault::planted(fault::GapAccepted))
        return CmdResult{command.n,
                         CmdResult::Gap,
                         QStringLiteral("sync.gap"),
                         {QString::number(lastN + 1)},
                         lastN + 1};
    if (command.n >= lastN + 1 || fault::planted(fault::NoDedupe))
        return std::nullopt;
    Query stored = m_database.query(
        "SELECT payload_hash, status, reason, args, seq FROM cmd_result "
        "WHERE device=? AND n=?");
    stored.bind(1, sender.device).bind(2, command.n);
    if (!stored.next())
        return CmdResult{command.n, CmdResult::Stale, {}, {}, 0};
    if (stored.bytes(0) != payloadHash(command)) {
        // The number was used for something else: this is not the device it says it is.
        qCWarning(lcAuthority) << "device" << sender.device << "reused number" << command.n;
        (void)m_database
            .query("UPDATE device SET status=iif(status='wiping', 'condemned', 'quarantined') "
                   "WHERE id=?")
            .bind(1, sender.device)
            .run();
        m_quarantined.insert(sender.device);
        return CmdResult{command.n,
                         CmdResult::Rejected,
                         QStringLiteral("login.device_unknown"),
                         {},
                         0};
    }
    const QString args = stored.text(3);
    return CmdResult{command.n, int(stored.integer(1)), stored.text(2),
                     args.isEmpty() ? QStringList() : args.split(QLatin1Char('\n')),
                     stored.integer(4)};
}

CmdResult Authority::accept(const Sender &sender, const Cmd &command)
{
    return answer(sender, command, nullptr);
}

CmdResult Authority::refuse(const Sender &sender, const Cmd &command, const Error &why)
{
    return answer(sender, command, &why);
}

CmdResult Authority::answer(const Sender &sender, const Cmd &command, const Error *refusal)
{
    CmdResult later{command.n, CmdResult::RetryLater, QStringLiteral("server.busy"), {}, 0};
    (void)m_database.takeTrouble();
    Query device = m_database.query("SELECT last_n, status FROM device WHERE id=?");
    device.bind(1, sender.device);
    const bool known = device.next();
    const qint64 lastN = known ? device.integer(0) : 0;
    // One that is to be wiped hands over its queue first.
    const QString status = known ? device.text(1) : QString();
    if (known && status != u"active" && status != u"wiping")
        return {command.n, CmdResult::Rejected, QStringLiteral("login.device_unknown"), {}, 0};
    device.reset();
    if (auto answered = storedResult(sender, command, lastN))
        return *answered;

    const std::size_t firstDetail = m_log.details().size();
    auto outcome = refusal ? Result<Outcome>(refusalOf(*refusal, command)) : run(sender, command);
    // A read that failed for want of memory or of the disk looks like a missing record.
    if (!outcome || m_database.takeTrouble())
        return later;
    if (auto done = store(sender, command, *outcome, firstDetail); !done) {
        qCWarning(lcAuthority) << "result not stored:" << done.error().detail;
        return later;
    }
    return {command.n, outcome->status, outcome->reason, outcome->args, m_log.seq()};
}

Result<Actor> Authority::actorOf(const Sender &sender)
{
    Actor actor;
    if (sender.user.isNull()) {
        actor.isSystem = true;
        return actor;
    }
    const EntityInfo &entity = m_store.catalog().entity(QString::fromLatin1(Schema<Staff>::table));
    const auto row = m_store.find(entity, sender.user);
    if (!row)
        return Error("forbidden.disabled"_reason, {}, sender.user.text());
    actor.staff = fromRow<Staff>(*row);
    if (actor.staff.status != StaffStatus::Active || !actor.staff.deletedAt.isNull())
        return Error("forbidden.disabled"_reason);
    return actor;
}

Result<Authority::Outcome> Authority::run(const Sender &sender, const Cmd &command)
{
    // The same command under another number, or from a new device of the same person: re-offered
    // after a restore (sync.md, "Epoch"). Somebody else's is another command.
    Query before = m_database.query(
        "SELECT r.status, r.reason, r.args FROM cmd_result r JOIN device d ON d.id = r.device "
        "WHERE r.cmd_id=? AND d.user_id=?");
    before.bind(1, command.cmdId).bind(2, sender.user.isNull() ? u""_s : sender.user.text());
    if (before.next() && !fault::planted(fault::NoDedupe)) {
        const QString args = before.text(2);
        return Outcome{CmdResult::Status(before.integer(0)), before.text(1),
                       args.isEmpty() ? QStringList() : args.split(QLatin1Char('\n'))};
    }
    before.reset();
    // Longer names are the server's own: nobody takes the ids of its jobs.
    if (!sender.user.isNull() && !RecordId::looksLike(command.cmdId.text()))
        return refusalOf(Error("command.malformed"_reason, {command.command, u"cmd_id"_s, {}}),
                         command);

    const auto savepoint = m_database.query("SAVEPOINT command").run();
    if (!savepoint)
        return savepoint.error();
    const ChangeLog::Mark logMark = m_log.mark();
    Transaction tx(m_store, m_log, Transaction::Writing::Gathered);
    auto done = [&]() -> Result<> {
        auto arguments = Arguments::fromCbor(command.args);
        if (!arguments)
            return arguments.error();
        // Reactions, too, see what an older program sent as this one would have said it.
        const auto call = m_registry.upcast(
            {command.cmdId, command.command, command.version, *arguments});
        if (!call)
            return call.error();
        auto made = m_registry.make(*call);
        if (!made)
            return made.error();
        auto actor = actorOf(sender);
        if (!actor)
            return actor.error();
        CommandContext context(tx, *actor, call->id, m_now, CommandContext::Place::Server);
        return runBody(context, *call, **made);
    }();
    if (!done) {
        if (!m_database.inTransaction())
            return done.error();
        if (auto undone = undo(logMark, "command"); !undone)
            return undone.error();
        return refusalOf(done.error(), command);
    }
    if (auto released = m_database.query("RELEASE command").run(); !released)
        return released.error();
    m_changes.merge(tx.changes());
    return Outcome{};
}

// A refusal in the command's own words; what the database alone did not like is an incident.
Authority::Outcome Authority::refusalOf(const Error &error, const Cmd &command) const
{
    if (error.code() != ErrorCode::Storage)
        return {CmdResult::Rejected, error.key(), error.args};
    const QString incident = command.cmdId.text().right(8);
    qCCritical(lcAuthority) << "incident" << incident << command.command << error.key()
                            << error.args << error.detail;
    return {CmdResult::Rejected, QStringLiteral("unknown"), {incident}};
}

Result<> Authority::runBody(CommandContext &context, const CommandCall &call,
                            const Command &command)
{
    const std::size_t firstDetail = m_log.details().size();
    if (auto allowed = authorize(context, command); !allowed)
        return allowed;
    if (auto done = command.apply(context); !done)
        return done;
    if (auto done = react(context, call); !done)
        return done;
    if (auto done = context.tx.settle(); !done)
        return done;
    if (auto done = followChanges(firstDetail); !done)
        return done;
    if (const auto *exported = dynamic_cast<const ExportRecords *>(&command))
        m_log.tell({u"export"_s, call.id.text(), u"filter"_s, {}, Cell(exported->filter)});
    // It changes no record; its effect is a grant.
    const auto *opening = dynamic_cast<const OpenAccount *>(&command);
    if (!opening)
        return {};
    return m_scope.openAccount(context.actor.id(), opening->account.text(),
                               m_now + OpenAccount::duration, m_now);
}

Result<> Authority::react(CommandContext &context, const CommandCall &call)
{
    if (!m_reactions)
        return {};
    if (auto begun = m_database.query("SAVEPOINT reaction").run(); !begun)
        return begun;
    const ChangeLog::Mark mark = m_log.mark();
    const Transaction::Mark gathered = context.tx.mark();
    auto reacted = m_reactions->afterCommand(context, call);
    if (reacted)
        reacted = context.tx.settle();
    if (reacted)
        return m_database.query("RELEASE reaction").run();
    if (!m_database.inTransaction())
        return reacted;
    qCWarning(lcAuthority) << "reaction to" << call.type << call.id.text()
                           << "failed:" << reacted.error().key() << reacted.error().detail;
    context.tx.rewind(gathered);
    if (auto undone = undo(mark, "reaction"); !undone)
        return undone;
    return m_reactions->afterFailure(context, call, reacted.error());
}

Result<> Authority::store(const Sender &sender, const Cmd &command, const Outcome &outcome,
                          std::size_t firstDetail)
{
    const qint64 seq = m_log.nextSeq();
    auto done = m_database
                    .query("INSERT OR REPLACE INTO cmd_result(device, n, cmd_id, payload_hash, "
                           "status, reason, args, seq, at) VALUES(?,?,?,?,?,?,?,?,?)")
                    .bind(1, sender.device)
                    .bind(2, command.n)
                    .bind(3, command.cmdId)
                    .bind(4, payloadHash(command))
                    .bind(5, qint64(outcome.status))
                    .bind(6, outcome.reason.isNull() ? QStringLiteral("") : outcome.reason)
                    .bind(7,
                          outcome.args.isEmpty() ? QStringLiteral("")
                                                 : outcome.args.join(QLatin1Char('\n')))
                    .bind(8, seq)
                    .bind(9, m_now.ms)
                    .run();
    if (done && !isWrittenLate(sender.device, command.n))
        done = m_database
                   .query("INSERT INTO device(id, user_id, status, last_n, last_seen) "
                          "VALUES(?,?,'active',?,?) ON CONFLICT(id) DO UPDATE SET "
                          "last_n=max(last_n, excluded.last_n), last_seen=excluded.last_seen")
                   .bind(1, sender.device)
                   .bind(2, sender.user.isNull() ? QStringLiteral("") : sender.user.text())
                   .bind(3, command.n)
                   .bind(4, m_now.ms)
                   .run();
    if (!done)
        return done;
    if (outcome.status != CmdResult::Applied && fault::planted(fault::RefusalUnaudited))
        return {};
    auto arguments = Arguments::fromCbor(command.args);
    return m_audit.append({seq, m_now, sender.user.text(), sender.device, command.command,
                           arguments ? objectOf(m_store.catalog(), command.command, *arguments)
                                     : QString(),
                           outcome.status == CmdResult::Applied ? QStringLiteral("applied")
                                                                : outcome.reason},
                          m_log.details(), firstDetail);
}

Result<> Authority::load(const EntityInfo &entity, const std::vector<Row> &rows)
{
    const std::size_t firstDetail = m_log.details().size();
    Transaction tx(m_store, m_log);
    for (const Row &row : rows) {
        const auto before = m_store.find(entity, RecordId(row[common_column::Id].text()));
        auto done = before ? tx.replaceRow(entity, *before, row) : tx.insertRow(entity, row);
        if (!done)
            return done;
    }
    m_changes.merge(tx.changes());
    return m_scope.follow(firstDetail, m_now);
}

CmdResult Authority::acceptJob(const QString &device, const CommandCall &call)
{
    // A run that was answered, be it by a refusal, is over: the clock asks for it every round.
    Query answered = m_database.query(
        "SELECT n, status, reason, args, seq FROM cmd_result WHERE cmd_id=? AND device=?");
    answered.bind(1, call.id).bind(2, device);
    if (answered.next()) {
        const QString args = answered.text(3);
        return {answered.integer(0), int(answered.integer(1)), answered.text(2),
                args.isEmpty() ? QStringList() : args.split(QLatin1Char('\n')),
                answered.integer(4)};
    }
    answered.reset();
    Query last = m_database.query("SELECT last_n FROM device WHERE id=?");
    last.bind(1, device);
    Cmd command;
    command.n = (last.next() ? last.integer(0) : 0) + 1;
    last.reset();
    command.cmdId = call.id;
    command.command = call.type;
    command.version = call.version;
    command.args = call.arguments.toCbor();
    return accept({device, RecordId()}, command);
}

} // namespace keydesk
