#include "batch/batch.h"

#include "batch/batch_query.h"
#include "query/search.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int defaultTimeout = 30'000; // ms
constexpr int signInAgainAfter = 500; // ms

QJsonObject jsonOf(const Error &error)
{
    return {{u"code"_s, errorCodeName(error.code())},
            {u"reason"_s, error.key()},
            {u"message"_s, error.text()}};
}

QString stateName(SyncStatus::State state)
{
    switch (state) {
    case SyncStatus::Connecting:
        return u"connecting"_s;
    case SyncStatus::SigningIn:
        return u"signing_in"_s;
    case SyncStatus::Loading:
        return u"loading"_s;
    case SyncStatus::Live:
        return u"live"_s;
    case SyncStatus::Offline:
        break;
    }
    return u"offline"_s;
}

} // namespace

Batch::Batch(Workbench &workbench, Write write, QObject *parent)
    : QObject(parent)
    , m_workbench(workbench)
    , m_write(std::move(write))
    , m_deadline(this)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { answer(Error("request.timeout"_reason), m_whenLate()); });
    connect(&m_workbench, &Workbench::refused, this, &Batch::onRefused);
    connect(&m_workbench, &Workbench::signedIn, this, [this] {
        m_signedIn = true;
        admitRequests();
    });
    connect(&m_workbench, &Workbench::changed, this, &Batch::checkWait);
    connect(&m_workbench, &Workbench::ready, this, &Batch::checkWait);
}

void Batch::start(const Workbench::SignIn &request)
{
    m_request = request;
    if (auto asked = m_workbench.signIn(request); !asked)
        onRefused(asked.error(), true);
}

void Batch::onRefused(const Error &error, bool locked)
{
    Q_EMIT complained(error.key() + u": "_s + error.text()
                      + (error.detail.isEmpty() ? QString() : u" ("_s + error.detail + u')'));
    if (!locked) {
        // Twelve hours without work, say: a script has its password at hand.
        if (error.key() == u"login.session_ended")
            signInAgain();
        return;
    }
    // The queue is being handed over; device.wiped follows.
    if (error.key() == u"device.wipe")
        return;
    if (error.code() != ErrorCode::Offline && error.code() != ErrorCode::Busy) {
        if (!m_started) {
            Q_EMIT finished(2);
            return;
        }
        // Locked out amid the work: whoever reads the answers is told in each of them.
        m_refusal = error;
        if (m_busy)
            answer(error);
        return;
    }
    // A server that is not up yet: scripts start both at once.
    signInAgain();
    admitRequests();
}

void Batch::signInAgain()
{
    QTimer::singleShot(signInAgainAfter, this, [this] { (void)m_workbench.signIn(m_request); });
}

void Batch::admitRequests()
{
    if (std::exchange(m_started, true))
        return;
    m_busy = false;
    // What is here becomes readable right after the sign-in.
    QMetaObject::invokeMethod(this, &Batch::next, Qt::QueuedConnection);
}

// ---- One request after the other

void Batch::takeLine(const QByteArray &line)
{
    if (line.trimmed().isEmpty())
        return;
    m_lines.push_back(line);
    next();
}

void Batch::endInput()
{
    m_ended = true;
    next();
}

void Batch::next()
{
    if (m_busy)
        return;
    if (m_lines.empty()) {
        if (m_ended)
            Q_EMIT finished(m_signedIn && !m_refusal ? 0 : 2);
        return;
    }
    m_busy = true;
    ++m_asked;
    const QByteArray line = m_lines.front();
    m_lines.pop_front();
    if (m_refusal)
        return answer(*m_refusal);
    QJsonParseError problem{};
    const QJsonDocument document = QJsonDocument::fromJson(line, &problem);
    if (document.isObject())
        handle(document.object());
    else
        answer(Error("request.malformed"_reason,
                     {document.isNull() ? problem.errorString() : u"not an object"_s}));
}

void Batch::handle(const QJsonObject &request)
{
    using Handler = void (Batch::*)(const QJsonObject &);
    constexpr std::pair<const char *, Handler> handlers[] = {
        {"command", &Batch::runCommand},     {"query", &Batch::runQuery},
        {"search", &Batch::runSearch},       {"sync", &Batch::runSync},
        {"link", &Batch::runLink},           {"wait", &Batch::runWait},
        {"dismiss", &Batch::settleRejected}, {"retry", &Batch::settleRejected},
    };
    for (const auto &[name, handler] : handlers) {
        if (request.contains(QLatin1StringView(name)))
            return (this->*handler)(request);
    }
    if (request.contains(u"status"_s))
        return runStatus();
    answer(Error("request.malformed"_reason, {u"unknown request, see --batch --help"_s}));
}

void Batch::answer(const QJsonObject &object)
{
    m_deadline.stop();
    m_waitFor = {};
    m_whenLate = {};
    ++m_asked;
    m_write(QJsonDocument(object).toJson(QJsonDocument::Compact));
    m_busy = false;
    // Not from here: a long input would grow the stack.
    QMetaObject::invokeMethod(this, &Batch::next, Qt::QueuedConnection);
}

void Batch::answer(const Error &error, QJsonObject more)
{
    more.insert(u"ok"_s, false);
    more.insert(u"error"_s, jsonOf(error));
    answer(more);
}

// ---- Requests

void Batch::runCommand(const QJsonObject &request)
{
    CommandCall call;
    call.id = RecordId::create();
    call.type = request.value(u"command"_s).toString();
    auto read = readArguments(call.type, request.value(u"args"_s).toObject());
    if (!read)
        return answer(read.error());
    call.arguments = std::move(*read);
    // Names and types are judged here even while no replica can be.
    if (auto made = m_workbench.registry().make(call); !made)
        return answer(made.error());
    m_workbench.run(call, [this, call, asked = m_asked](const Result<RunOutcome> &outcome) {
        if (asked != m_asked)
            return;
        if (!outcome)
            return answer(outcome.error());
        answer({{u"ok"_s, true},
                {u"no"_s, outcome->localNo},
                {u"state"_s, u"queued"_s},
                {u"previewed"_s, outcome->previewed},
                {u"record"_s, RecordId::derive(call.id, 0).text()}});
    });
}

// With business keys for references, as far as there is something to read.
Result<Arguments> Batch::readArguments(const QString &command, QJsonObject arguments) const
{
    if (m_workbench.isReady()) {
        BatchQuery names(m_workbench.reader().store().database(), m_workbench.catalog());
        auto resolved = names.resolveArguments(arguments);
        if (!resolved)
            return resolved.error();
        arguments = *resolved;
    }
    return Arguments::fromJson(command, arguments);
}

void Batch::runQuery(const QJsonObject &request)
{
    if (!m_workbench.isReady())
        return answer(Error("offline"_reason));
    BatchQuery queries(m_workbench.reader().store().database(), m_workbench.catalog());
    auto query = queries.read(request);
    if (!query)
        return answer(query.error());
    auto rows = queries.rows(*query);
    if (!rows)
        return answer(rows.error());
    answer({{u"ok"_s, true}, {u"rows"_s, *rows}});
}

void Batch::runSearch(const QJsonObject &request)
{
    if (!m_workbench.isReady())
        return answer(Error("offline"_reason));
    Database &database = m_workbench.reader().store().database();
    const QString text = request.value(u"search"_s).toString();
    QJsonArray hits;
    for (const SearchHit &hit :
         searchRecords(database, m_workbench.catalog(), text, request.value(u"limit"_s).toInt(10)))
        hits.append(QJsonObject{{u"entity"_s, hit.entity},
                                {u"id"_s, hit.id},
                                {u"title"_s, hit.title},
                                {u"detail"_s, hit.detail}});
    QJsonArray callers;
    for (const CallerMatch &caller : findCaller(database, text))
        callers.append(QJsonObject{{u"entity"_s, caller.entity},
                                   {u"id"_s, caller.id},
                                   {u"title"_s, caller.title},
                                   {u"account_id"_s, caller.accountId},
                                   {u"account_name"_s, caller.accountName},
                                   {u"details_online_only"_s, caller.detailsOnlineOnly}});
    answer({{u"ok"_s, true}, {u"hits"_s, hits}, {u"callers"_s, callers}});
}

bool Batch::isRejected(qint64 no) const
{
    const auto all = m_workbench.rejected();
    return std::any_of(all.begin(), all.end(),
                       [no](const RejectedCommand &one) { return one.localNo == no; });
}

QJsonArray Batch::rejectedList() const
{
    QJsonArray list;
    for (const RejectedCommand &rejected : m_workbench.rejected())
        list.append(QJsonObject{{u"no"_s, rejected.localNo},
                                {u"command"_s, rejected.call.type},
                                {u"args"_s, rejected.call.arguments.toJson()},
                                {u"error"_s, jsonOf(rejected.error)}});
    return list;
}

QJsonObject Batch::syncState() const
{
    qint64 queued = 0;
    for (const QueuedCommand &command : m_workbench.queue())
        queued += command.answered ? 0 : 1;
    return {{u"cursor"_s, m_workbench.status().cursor},
            {u"queued"_s, queued},
            {u"rejected"_s, rejectedList()}};
}

void Batch::runSync(const QJsonObject &request)
{
    if (request.value(u"sync"_s) != QJsonValue(true))
        return answer(Error("request.malformed"_reason, {u"\"sync\" takes true"_s}));
    const quint64 asked = m_asked;
    m_workbench.whenSettled([this, asked] {
        if (asked != m_asked)
            return;
        QJsonObject state = syncState();
        state.insert(u"ok"_s, true);
        answer(state);
    });
    m_workbench.syncNow();
    m_whenLate = [this] { return syncState(); };
    m_deadline.start(request.value(u"timeout_ms"_s).toInt(defaultTimeout));
}

void Batch::runLink(const QJsonObject &request)
{
    const QString wanted = request.value(u"link"_s).toString();
    if (wanted != u"up" && wanted != u"down")
        return answer(Error("request.malformed"_reason, {u"link"_s}));
    m_linkUp = wanted == u"up";
    m_workbench.setLinkEnabled(m_linkUp, [this, wanted, asked = m_asked] {
        if (asked != m_asked)
            return;
        answer({{u"ok"_s, true}, {u"link"_s, wanted}});
    });
}

void Batch::runWait(const QJsonObject &request)
{
    m_waitFor = request.value(u"wait"_s).toObject();
    m_whenLate = [] { return QJsonObject(); };
    m_deadline.start(request.value(u"timeout_ms"_s).toInt(defaultTimeout));
    checkWait();
}

void Batch::checkWait()
{
    if (m_waitFor.isEmpty() || !m_workbench.isReady())
        return;
    BatchQuery queries(m_workbench.reader().store().database(), m_workbench.catalog());
    auto query = queries.read(m_waitFor);
    if (!query)
        return answer(query.error());
    auto count = queries.count(*query);
    if (!count)
        return answer(count.error());
    const qint64 wanted = m_waitFor.value(u"count"_s).toInteger(1);
    m_whenLate = [count = *count] { return QJsonObject{{u"count"_s, count}}; };
    if (wanted == 0 ? *count == 0 : *count >= wanted)
        answer({{u"ok"_s, true}, {u"count"_s, *count}});
}

void Batch::runStatus()
{
    const SyncStatus &status = m_workbench.status();
    QJsonObject state = syncState();
    state.insert(u"ok"_s, true);
    state.insert(u"state"_s, stateName(status.state));
    state.insert(u"head"_s, status.head);
    state.insert(u"ready"_s, m_workbench.isReady());
    state.insert(u"link"_s, m_linkUp ? u"up"_s : u"down"_s);
    state.insert(u"user"_s, m_workbench.me().code);
    state.insert(u"user_id"_s, m_workbench.me().id.text());
    if (!status.alarm.isEmpty())
        state.insert(u"alarm"_s, status.alarm);
    if (m_workbench.connectionProblem())
        state.insert(u"problem"_s, jsonOf(*m_workbench.connectionProblem()));
    answer(state);
}

void Batch::settleRejected(const QJsonObject &request)
{
    const bool retry = request.contains(u"retry"_s);
    const qint64 no = request.value(retry ? u"retry"_s : u"dismiss"_s).toInteger();
    if (retry)
        return retryRejected(no, request.value(u"args"_s).toObject());
    if (!isRejected(no))
        return answer(Error("record.not_found"_reason));
    m_workbench.dismissRejected(no, [this, asked = m_asked](const Result<> &done) {
        if (asked != m_asked)
            return;
        if (!done)
            return answer(done.error());
        answer({{u"ok"_s, true}});
    });
}

// The arguments given stand in for those of the same name: another `seen` for a conflict.
void Batch::retryRejected(qint64 no, const QJsonObject &given)
{
    const auto all = m_workbench.rejected();
    const auto old = std::find_if(all.begin(), all.end(),
                                  [no](const RejectedCommand &one) { return one.localNo == no; });
    std::optional<Arguments> arguments;
    if (old != all.end() && !given.isEmpty()) {
        QJsonObject merged = old->call.arguments.toJson();
        for (auto one = given.begin(); one != given.end(); ++one)
            merged.insert(one.key(), one.value());
        auto read = readArguments(old->call.type, merged);
        if (!read)
            return answer(read.error());
        arguments = std::move(*read);
    }
    m_workbench.retryRejected(
        {{no, arguments}}, [this, asked = m_asked](const Result<RetryOutcome> &outcome) {
            if (asked != m_asked)
                return;
            if (!outcome)
                return answer(outcome.error());
            answer({{u"ok"_s, true}, {u"no"_s, outcome->first.localNo}, {u"state"_s, u"queued"_s}});
        });
}

} // namespace keydesk
