// The workbench's commands, queue, drafts and questions to the server.

#include "workbench.h"

#include "commands/rights.h"
#include "sync/sync_worker.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// Rights only read: a permit() that wrote would be stopped here, and by the connection as well.
class NoWriting final : public RowObserver
{
public:
    Result<> rowChanging(const EntityInfo &entity, const Row *, Row &) override
    {
        return Error("storage.failed"_reason, {u"read-only"_s}, entity.name());
    }
};

Result<OnlineAnswer> answerFrom(const OnlineReply &reply)
{
    if (!reply.reason.isEmpty())
        return Error(findReason(reply.reason), reply.args);
    return OnlineAnswer{reply.entity, reply.rows};
}

} // namespace

// ---- Commands

void Workbench::run(const CommandCall &call, RunAnswer answer)
{
    if (!m_worker) {
        if (answer)
            answer(Error("login.needed"_reason));
        return;
    }
    post([this, asked = m_generation, call, answer = std::move(answer)](SyncWorker &worker) {
        auto outcome = worker.run(call);
        postBack(asked, [this, answer, outcome = std::move(outcome)] {
            Q_EMIT queueChanged();
            if (answer)
                answer(outcome);
        });
    });
}

Actor Workbench::actor() const
{
    Actor person;
    person.staff = m_me;
    return person;
}

Result<> Workbench::mayRun(const CommandCall &call)
{
    if (!m_signedIn)
        return Error("login.needed"_reason);
    auto command = m_registry.make(call);
    if (!command)
        return command.error();
    const CommandType *type = m_registry.find(call.type);
    if (type->offline == OfflinePolicy::OnlineOnly && m_status.state != SyncStatus::Live)
        return Error("command.online_only"_reason, {type->label.text()});
    if (!m_reader.isOpen())
        return {};
    NoWriting observer;
    Transaction tx(m_reader.store(), observer);
    const Actor who = actor();
    CommandContext context(tx, who, call.id, SystemClock().now(), CommandContext::Place::Desktop);
    auto may = authorize(context, **command);
    if (!may && may.error().code() == ErrorCode::NotFound)
        return {};
    return may;
}

void Workbench::withdraw(qint64 localNo, std::function<void(Result<>)> answer)
{
    post([this, asked = m_generation, localNo, answer = std::move(answer)](SyncWorker &worker) {
        auto done = worker.withdraw(localNo);
        postBack(asked, [this, answer, done = std::move(done)] {
            Q_EMIT queueChanged();
            if (answer)
                answer(done);
        });
    });
}

void Workbench::checkPassword(const QString &password, std::function<void(Result<>)> answer)
{
    post([this, asked = m_generation, password, answer = std::move(answer)](SyncWorker &worker) {
        auto let = worker.checkPassword(password);
        postBack(asked, [answer, let = std::move(let)] { answer(let); });
    });
}

// ---- Queue and rejected

std::vector<QueuedCommand> Workbench::queue() const
{
    std::vector<QueuedCommand> all;
    if (!m_outbox)
        return all;
    std::map<qint64, QString> doubts;
    if (m_reader.isOpen()) {
        Query query = m_reader.store().database().query("SELECT local_no, reason FROM doubtful");
        while (query.next())
            doubts[query.integer(0)] = query.text(1);
    }
    for (Outbox::Entry &entry : m_outbox->entries()) {
        QueuedCommand queued{entry.localNo, std::move(entry.call), entry.created,
                             entry.n > 0,   entry.applied,         {}};
        if (const auto doubt = doubts.find(entry.localNo); doubt != doubts.end())
            queued.doubtful = Error(findReason(doubt->second));
        all.push_back(std::move(queued));
    }
    return all;
}

std::vector<RejectedCommand> Workbench::rejected() const
{
    std::vector<RejectedCommand> all;
    if (!m_outbox)
        return all;
    for (const Outbox::Rejected &entry : m_outbox->rejected())
        all.push_back({entry.localNo, entry.call, Error(findReason(entry.reason), entry.args),
                       entry.at, entry.accepted});
    return all;
}

void Workbench::retryRejected(Outbox::Chosen chosen, RetryAnswer answer)
{
    if (!m_worker) {
        if (answer)
            answer(Error("login.needed"_reason));
        return;
    }
    post([this, asked = m_generation, chosen = std::move(chosen),
          answer = std::move(answer)](SyncWorker &worker) {
        auto outcome = worker.retryRejected(chosen);
        postBack(asked, [this, answer, outcome = std::move(outcome)] {
            refreshNeedsYou();
            Q_EMIT queueChanged();
            if (answer)
                answer(outcome);
        });
    });
}

void Workbench::dismissRejected(qint64 localNo, std::function<void(Result<>)> answer)
{
    post([this, asked = m_generation, localNo, answer = std::move(answer)](SyncWorker &worker) {
        auto done = worker.dismissRejected(localNo);
        postBack(asked, [this, answer, done = std::move(done)] {
            refreshNeedsYou();
            Q_EMIT queueChanged();
            if (answer)
                answer(done);
        });
    });
}

SyncWord Workbench::wordOf(const QString &entity, const RecordId &id) const
{
    if (m_needsYou.contains(id.text()))
        return SyncWord::NeedsYou;
    if (m_reader.isPending(entity, id))
        return SyncWord::Queued;
    if (!draft(entity + u'/' + id.text()).isEmpty())
        return SyncWord::SavedHere;
    return SyncWord::Accepted;
}

// ---- Drafts

QString Workbench::draft(const QString &key) const
{
    const auto unwritten = m_unwrittenDrafts.constFind(key);
    if (unwritten != m_unwrittenDrafts.constEnd())
        return unwritten->second;
    return m_outbox ? m_outbox->draft(key) : QString();
}

void Workbench::saveDraft(const QString &key, const QString &body)
{
    const QString before = draft(key);
    if (before == body)
        return;
    const quint64 edition = ++m_draftEdition;
    m_unwrittenDrafts.insert(key, {edition, body});
    // Of what stands in a draft nobody is told with each letter, of there being one they are.
    const bool appears = before.isEmpty() != body.isEmpty();
    post([this, asked = m_generation, key, body, edition, appears](SyncWorker &worker) {
        const bool written = bool(worker.saveDraft(key, body));
        postBack(asked, [this, key, edition, appears, written] {
            const auto unwritten = m_unwrittenDrafts.constFind(key);
            if (written && unwritten != m_unwrittenDrafts.constEnd() && unwritten->first == edition)
                m_unwrittenDrafts.erase(unwritten);
            if (appears)
                Q_EMIT queueChanged();
        });
    });
}

// ---- The server

void Workbench::ask(OnlineQuery query, AskAnswer answer)
{
    if (!m_worker)
        return answer(Error("offline"_reason));
    post([this, asked = m_generation, query = std::move(query),
          answer = std::move(answer)](SyncWorker &worker) {
        worker.ask(query, [this, asked, answer](const OnlineReply &reply) {
            postBack(asked, [answer, reply] { answer(answerFrom(reply)); });
        });
    });
}

void Workbench::syncNow()
{
    post([](SyncWorker &worker) { worker.reconnectNow(); });
}

void Workbench::whenSettled(std::function<void()> then)
{
    post([this, asked = m_generation, then = std::move(then)](SyncWorker &worker) {
        worker.whenSettled([this, asked, then] { postBack(asked, then); });
    });
}

void Workbench::setLinkEnabled(bool enabled, std::function<void()> then)
{
    if (!m_worker && then)
        return then();
    post([this, asked = m_generation, enabled, then = std::move(then)](SyncWorker &worker) {
        worker.setLinkEnabled(enabled);
        if (then)
            postBack(asked, then);
    });
}

} // namespace keydesk
