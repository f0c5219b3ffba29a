#include "host.h"

#include "base/pinyin.h"
#include "dispatch/dispatch.h"
#include "jobs/due_jobs.h"

#include "commands/rights_policy.h"
#include "domain/entities.h"
#include "net/service_notice.h"
#include "sync/housekeeping.h"
#include "tool/admin_requests.h"
#include "tool/master_file.h"

#include <QLoggingCategory>
#include <QSslConfiguration>

#include <cstdlib>

Q_LOGGING_CATEGORY(lcHost, "keydesk.server.host", QtInfoMsg)
Q_LOGGING_CATEGORY(lcAudit, "keydesk.server.audit", QtInfoMsg)

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 claimRound = 30 * second;
constexpr qint64 pokeTick = 20; // ms
constexpr qint64 touchRound = 10 * minute;
constexpr qint64 stuckAfter = 2 * minute;
constexpr int goodbyeTime = 6000; // ms
constexpr int adminRequestsWaiting = 16;

} // namespace

Host::Host(DataDir dir, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_dir(std::move(dir))
    , m_clock(clock)
    , m_catalog(makeCatalog())
    , m_registry(makeCommandRegistry())
    , m_pki(m_dir.tlsFolder())
    , m_deliver([this](std::function<void()> call) {
        QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
    })
    , m_dayTurn(dayTurnSteps())
{
}

Host::~Host()
{
    // Those who use come down before what they use; the writer last, so that its queue is finished.
    m_admin.reset();
    m_adminWorker.reset();
    m_listener.reset();
    m_peers.reset();
    m_builders.reset();
    m_gatekeeper.reset();
    m_writer.reset();
}

// ---- Starting

Result<ServerAddress> Host::start(const ServerAddress &listen)
{
    if (auto readable = checkRights(m_registry, m_catalog); !readable)
        return readable.error();
    if (auto opened = openDatabase(); !opened)
        return opened.error();
    if (auto opened = openGate(); !opened)
        return opened.error();
    auto key = AuditKey::open(m_dir.auditKey());
    if (!key)
        return key.error();
    m_auditKey = std::move(*key);
    const auto configuration = m_pki.configuration();
    if (!configuration)
        return configuration.error();
    m_listener = std::make_unique<Listener>(*m_peers, m_steady, Listener::Limits());
    const auto port = m_listener->listen(listen.host, listen.port, *configuration);
    if (!port)
        return port.error();
    const ServerAddress address{listen.host, *port};
    m_adminWorker = std::make_unique<WorkerPool>(1, adminRequestsWaiting);
    // Else the first command would build it, in the writer's thread and before everyone's answers.
    (void)m_adminWorker->post([](int) { Pinyin::prepare(); });
    m_admin = std::make_unique<AdminSocket>(
        [this](const QJsonObject &request, const AdminReply &reply) {
            answerAdmin(request, reply);
        });
    if (auto listening = m_admin->listen(m_dir.adminSocket()); !listening)
        return listening.error();
    m_writer->perform([address](Authority &authority, Transaction &, AuditEntry &audit) {
        audit.action = u"serve"_s;
        audit.object = address.toString();
        audit.outcome = u"applied"_s;
        return setServerSetting(authority.store().database(), server_setting::servedAddress,
                                address.toString());
    });
    startTimers();
    notifyServiceManager("READY=1");
    return address;
}

Result<> Host::openDatabase()
{
    const QString path = m_dir.file(QLatin1StringView(masterFile));
    if (!m_pki.exists())
        return Error("usage"_reason, {u"%1 holds no server: run init first."_s.arg(m_dir.path())});
    if (auto renewed = m_pki.renewIfDue(m_clock.now()); !renewed)
        return renewed.error();
    {
        auto migrated = openMaster(path, m_catalog);
        if (!migrated)
            return migrated.error();
    }
    Writer::Setting setting{path, m_catalog, m_registry, {}, m_clock, m_deliver, {}, {}, {}};
    setting.makeReactions = [this](RowStore &store) {
        return std::make_unique<Dispatch>(store, m_calendar);
    };
    setting.committed = [this](const Authority::Committed &committed) {
        if (m_peers)
            m_peers->noteCommit(committed);
    };
    // At once and without ceremony: whatever is answered after a failed fsync may be a lie.
    setting.broken = [](const Error &) { std::_Exit(diskFailed); };
    m_writer = std::make_unique<Writer>(std::move(setting));
    return m_writer->start();
}

Result<> Host::openGate()
{
    const QString path = m_dir.file(QLatin1StringView(masterFile));
    const auto certificate = m_pki.certificateHash();
    if (!certificate)
        return certificate.error();
    m_builders = std::make_unique<PageBuilders>(path, m_catalog, m_deliver);
    m_gatekeeper = std::make_unique<Gatekeeper>(
        Gatekeeper::Setting{path, *m_writer, m_deliver, m_clock, m_steady, *certificate});
    m_peers = std::make_unique<Peers>(
        Peers::Services{*m_gatekeeper, *m_writer, *m_builders, m_catalog, m_clock});
    return m_gatekeeper->open();
}

void Host::every(qint64 milliseconds, void (Host::*what)())
{
    auto *timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, what);
    timer->start(std::chrono::milliseconds(milliseconds));
}

void Host::startTimers()
{
    auto *pokes = new QTimer(this);
    connect(pokes, &QTimer::timeout, this, [this] { m_peers->tick(); });
    pokes->start(std::chrono::milliseconds(pokeTick));
    every(claimRound, &Host::runClaimClock);
    every(minute, &Host::expireGrants);
    every(minute, &Host::turnDay);
    every(hour, &Host::compactStore);
    every(touchRound, &Host::touchDevices);
    every(day, &Host::renewCertificate);
    every(5 * second, &Host::watchWriter);
    every(minute, &Host::signAuditHead);
    signAuditHead();
    turnDay();
    runClaimClock();
    expireGrants();
}

// ---- What time brings about

void Host::runClaimClock()
{
    m_writer->runJobs(u"job:claims"_s, [this](RowStore &store, Instant now) {
        return dueClaimJobs(store, now, m_calendar);
    });
    m_writer->runJobs(u"job:tasks"_s, dueTaskJobs);
}

void Host::expireGrants()
{
    m_writer->perform([](Authority &authority, Transaction &, AuditEntry &) -> Result<> {
        auto more = expireOpenedAccounts(authority);
        return more ? Result<>() : more.error();
    });
}

DayTurn::Steps Host::dayTurnSteps()
{
    using Found = std::function<void(const Result<QStringList> &)>;
    DayTurn::Steps steps;
    steps.applyAssignments = [this](const DayTurn::Done &done) {
        m_writer->runJobs(u"job:assignments"_s, dueAssignmentJobs, done);
    };
    steps.listPeople = [this](const Found &found) {
        const auto people = std::make_shared<QStringList>();
        m_writer->perform(
            [people](Authority &authority, Transaction &, AuditEntry &) -> Result<> {
                *people = everybody(authority.store().database());
                return {};
            },
            [people, found](const Result<> &read) {
                found(read ? Result<QStringList>(*people) : read.error());
            });
    };
    steps.renewGrants = [this](const RecordId &person, const DayTurn::Done &done) {
        m_writer->perform(
            [person](Authority &authority, Transaction &, AuditEntry &) {
                return authority.scope().renew(person, authority.now());
            },
            done);
    };
    return steps;
}

void Host::turnDay()
{
    m_dayTurn.turnTo(businessDate(m_clock.now()));
}

void Host::compactStore()
{
    const auto more = std::make_shared<bool>(false);
    m_writer->perform(
        [more](Authority &authority, Transaction &, AuditEntry &) -> Result<> {
            auto rest = compact(authority);
            *more = rest && *rest;
            return rest ? Result<>() : rest.error();
        },
        [this, more](const Result<> &done) {
            if (done && *more)
                compactStore();
        });
}

// Being connected is being there: the idle time of a session counts from here (reliability.md,
// "Sessions").
void Host::touchDevices()
{
    m_writer->perform([devices = m_peers->liveDevices()](Authority &authority, Transaction &,
                                                         AuditEntry &) -> Result<> {
        for (const QString &device : devices) {
            auto touched = authority.store()
                               .database()
                               .query("UPDATE device SET last_seen=? WHERE id=?")
                               .bind(1, authority.now().ms)
                               .bind(2, device)
                               .run();
            if (!touched)
                return touched;
        }
        return {};
    });
}

void Host::renewCertificate()
{
    const auto renewed = m_pki.renewIfDue(m_clock.now());
    if (!renewed || *renewed == Pki::Renewal::CaKeyAbsent) {
        qCWarning(lcHost) << "the server's certificate is about to expire and could not be renewed";
        return;
    }
    const auto configuration = m_pki.configuration();
    const auto hash = m_pki.certificateHash();
    if (*renewed != Pki::Renewal::Renewed || !configuration || !hash)
        return;
    m_listener->setConfiguration(*configuration);
    m_gatekeeper->setCertificateHash(*hash);
}

// Into the log, which the operator ships to another machine: whoever owns this one can rebuild the
// whole trail, but not what was told of it (reliability.md, "Audit").
void Host::signAuditHead()
{
    const auto head = std::make_shared<AuditHead>();
    m_writer->perform(
        [head](Authority &authority, Transaction &, AuditEntry &) -> Result<> {
            auto last = AuditTrail::head(authority.store().database());
            if (last)
                *head = *last;
            return last ? Result<>() : last.error();
        },
        [this, head](const Result<> &read) {
            if (!read || !m_auditKey || head->pos == 0 || head->pos == m_auditHead.pos)
                return;
            head->at = m_clock.now();
            m_auditHead = m_auditKey->sign(*head);
            qCInfo(lcAudit).noquote() << m_auditHead.line();
        });
}

void Host::watchWriter()
{
    if (m_steady.now() - m_writer->heartbeat() < stuckAfter) {
        notifyServiceManager("WATCHDOG=1");
        return;
    }
    qCCritical(lcHost) << "the writer shows no life: stopping, so that another process can go on";
    std::_Exit(writerStuck);
}

// ---- The admin socket

void Host::answerAdmin(const QJsonObject &request, const AdminReply &reply)
{
    const auto posted = m_adminWorker->post([this, request, reply](int) {
        WriterOffice office(m_dir, m_catalog, m_clock, *m_writer);
        reply.finish(answerRequest(office, request,
                                   [&](const QJsonObject &state) { reply.progress(state); }));
    });
    if (!posted)
        reply.finish(posted.error());
}

// ---- Stopping

void Host::stop()
{
    if (std::exchange(m_stopping, true))
        return;
    qCInfo(lcHost) << "stopping";
    m_dayTurn.stop();
    notifyServiceManager("STOPPING=1");
    const QList<QTimer *> timers = findChildren<QTimer *>();
    for (QTimer *timer : timers)
        timer->stop();
    m_admin.reset();
    if (!m_listener)
        return finish();
    connect(m_listener.get(), &Listener::allClosed, this, &Host::finish, Qt::QueuedConnection);
    QTimer::singleShot(goodbyeTime, this, &Host::finish);
    m_peers->dismissAll(u"server.stopping"_s);
    m_listener->stop(Error("server.stopping"_reason));
}

void Host::finish()
{
    if (std::exchange(m_finished, true))
        return;
    m_adminWorker.reset();
    m_listener.reset();
    // Stopped, not gone: whoever still turns to it is told "later".
    if (m_writer)
        m_writer->stop();
    Q_EMIT stopped();
}

} // namespace keydesk
