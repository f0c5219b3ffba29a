#include "workbench.h"

#include "base/event_thread.h"
#include "domain/entities.h"
#include "sync/sync_worker.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QSysInfo>

Q_LOGGING_CATEGORY(lcWorkbench, "keydesk.workbench", QtInfoMsg)

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

RejectedCommand shown(const Outbox::Rejected &rejected)
{
    return {rejected.localNo, rejected.call, Error(findReason(rejected.reason), rejected.args),
            rejected.at, rejected.accepted};
}

} // namespace

Workbench::Workbench(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_catalog(makeCatalog())
    , m_registry(makeCommandRegistry())
    , m_settings(m_options.dataDirectory)
    , m_reader(m_catalog)
{
    QDir().mkpath(m_options.dataDirectory);
    QFile::setPermissions(m_options.dataDirectory,
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

Workbench::~Workbench()
{
    stopWorker();
    // Here only is waited: what was posted becomes durable first.
    for (const auto &thread : m_threads)
        thread->join();
}

// ---- Sign-in

// A server is known by its authority, so a queue finds it again when it has moved.
QString Workbench::directoryOf(const QByteArray &pin, const QString &user) const
{
    const QByteArray name = pin + '\n' + user.toUtf8();
    const QByteArray hash = QCryptographicHash::hash(name, QCryptographicHash::Sha256);
    return m_options.dataDirectory + u'/' + QString::fromLatin1(hash.toHex().left(16));
}

bool Workbench::isKnownHere(const QString &server, const QString &user) const
{
    const auto address = ServerAddress::parse(server);
    const QByteArray pin = address ? pinOf(*address) : QByteArray();
    return !pin.isEmpty() && QFile::exists(directoryOf(pin, user) + u"/outbox.db"_s);
}

// A new address is tried as that of the server used last: the pin proves whether it is.
QByteArray Workbench::pinOf(const ServerAddress &server) const
{
    const QByteArray known = m_settings.pinOf(server);
    const auto last = ServerAddress::parse(m_settings.value(setting::lastServer));
    return known.isEmpty() && last ? m_settings.pinOf(*last) : known;
}

Result<> Workbench::signIn(const SignIn &request)
{
    std::optional<Enrolment> enrolment;
    if (!request.enrolment.isEmpty()) {
        auto parsed = Enrolment::parse(request.enrolment);
        if (!parsed)
            return parsed.error();
        enrolment = *parsed;
        m_settings.rememberPin(enrolment->server, enrolment->pin);
    }
    ServerAddress server = enrolment ? enrolment->server : ServerAddress();
    if (!request.server.isEmpty()) {
        auto parsed = ServerAddress::parse(request.server);
        if (!parsed)
            return parsed.error();
        server = *parsed;
        if (enrolment)
            m_settings.rememberPin(server, enrolment->pin);
    }
    const QByteArray pin = pinOf(server);
    if (pin.isEmpty())
        return Error("login.device_unknown"_reason);
    m_settings.rememberPin(server, pin);
    m_settings.set(setting::lastServer, server.toString());
    m_settings.set(setting::lastUser, request.user);
    if (!m_worker || m_server != server || m_directory != directoryOf(pin, request.user)) {
        stopWorker();
        startWorker(server, pin, request.user);
    }
    post([password = request.password, code = enrolment ? enrolment->code : QString()](
             SyncWorker &worker) { worker.signIn(password, code); });
    return {};
}

void Workbench::startWorker(const ServerAddress &server, const QByteArray &pin, const QString &user)
{
    m_user = user;
    m_server = server;
    m_directory = directoryOf(pin, user);
    SyncWorker::Options options;
    options.directory = m_directory;
    options.server = server;
    options.pin = pin;
    options.user = user;
    options.appVersion = m_options.appVersion;
    options.platform = QSysInfo::prettyProductName();
    options.makeLink = m_options.makeLink;
    m_worker = new SyncWorker(m_catalog, m_registry, std::move(options));
    ++m_generation;
    connectWorker();
    startThread();
}

// A worker may hold the very folder that the next one needs, so that one waits for it.
void Workbench::startThread()
{
    auto thread = std::make_unique<EventThread>("keydesk-sync");
    thread->adopt(m_worker);
    if (!m_threads.empty())
        post([before = m_threads.back().get()](SyncWorker &) { before->join(); });
    m_threads.push_back(std::move(thread));
}

void Workbench::connectWorker()
{
    // What an earlier worker still had to say must not reach the next person.
    const auto mine = [this](auto method) {
        return [this, asked = m_generation, method](const auto &...args) {
            if (asked == m_generation)
                (this->*method)(args...);
        };
    };
    connect(m_worker, &SyncWorker::admitted, this, mine(&Workbench::onAdmitted));
    connect(m_worker, &SyncWorker::replicaMoved, this, mine(&Workbench::onReplicaMoved));
    connect(m_worker, &SyncWorker::changed, this, mine(&Workbench::onChanged));
    connect(m_worker, &SyncWorker::statusChanged, this, mine(&Workbench::onStatus));
    connect(m_worker, &SyncWorker::commandRejected, this, mine(&Workbench::onRejected));
    connect(m_worker, &SyncWorker::refused, this, mine(&Workbench::onRefused));
    connect(m_worker, &SyncWorker::connectionFailed, this, mine(&Workbench::onConnectionFailed));
}

void Workbench::stopWorker()
{
    if (!m_worker)
        return;
    // Behind everything that was posted to it: nothing of the person's work is dropped.
    QMetaObject::invokeMethod(
        m_worker, [thread = m_threads.back().get()] { thread->quit(); }, Qt::QueuedConnection);
    m_worker = nullptr;
    ++m_generation;
    lock();
    m_status = {};
    m_connectionProblem.reset();
}

void Workbench::signOut()
{
    const bool was = m_signedIn;
    stopWorker();
    if (was)
        Q_EMIT signedOut();
}

void Workbench::lock()
{
    m_signedIn = false;
    m_reader.close();
    m_outbox.reset();
    m_outboxFile.reset();
    m_needsYou.clear();
    m_unwrittenDrafts.clear();
    m_me = {};
}

void Workbench::onAdmitted(const RecordId &user, const QString &replicaPath)
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    auto opened = Database::open(m_directory + u"/outbox.db"_s, options);
    if (!opened) {
        onRefused(opened.error(), true);
        return;
    }
    m_outbox.reset();
    m_outboxFile = std::move(*opened);
    m_outbox = std::make_unique<Outbox>(*m_outboxFile);
    m_me = {};
    m_me.id = user;
    m_me.code = m_user;
    m_signedIn = true;
    refreshNeedsYou();
    Q_EMIT signedIn();
    if (!replicaPath.isEmpty())
        onReplicaMoved(replicaPath);
    Q_EMIT queueChanged();
}

void Workbench::onReplicaMoved(const QString &path)
{
    const bool first = !m_reader.isOpen();
    if (auto opened = m_reader.open(path); !opened) {
        qCWarning(lcWorkbench) << "replica not readable:" << opened.error().key()
                               << opened.error().args;
        return;
    }
    readMe();
    if (first)
        Q_EMIT ready();
}

void Workbench::readMe()
{
    const auto me = m_reader.find<Staff>(m_me.id);
    if (!me || toRow(*me) == toRow(m_me))
        return;
    m_me = *me;
    Q_EMIT meChanged();
}

void Workbench::onRefused(const Error &error, bool locked)
{
    if (locked)
        lock();
    m_connectionProblem = error;
    Q_EMIT statusChanged(m_status);
    Q_EMIT refused(error, locked);
}

// ---- News from the worker

void Workbench::onChanged(const ChangeSet &changes)
{
    if (changes.touches(QString::fromLatin1(Schema<Staff>::table), m_me.id))
        readMe();
    m_reader.announce(changes);
    Q_EMIT changed(changes);
}

void Workbench::onStatus(const SyncStatus &status)
{
    const bool otherQueue = status.queued != m_status.queued
        || status.rejected != m_status.rejected;
    m_status = status;
    rememberLastSync();
    if (status.state == SyncStatus::Live)
        m_connectionProblem.reset();
    if (otherQueue) {
        refreshNeedsYou();
        Q_EMIT queueChanged();
    }
    Q_EMIT statusChanged(m_status);
}

// After a start without the line it is still known when both sides last agreed.
void Workbench::rememberLastSync()
{
    const QString name = u"last_sync/"_s + QDir(m_directory).dirName();
    const qint64 kept = m_settings.state(name).toLongLong();
    if (m_status.lastCheckpoint.isNull())
        m_status.lastCheckpoint = {kept};
    else if (m_status.lastCheckpoint.ms >= kept + minute || m_status.lastCheckpoint.ms < kept)
        m_settings.saveState(name, QByteArray::number(m_status.lastCheckpoint.ms));
}

void Workbench::onConnectionFailed(const Error &error)
{
    m_connectionProblem = error;
    Q_EMIT statusChanged(m_status);
}

void Workbench::onRejected(qint64 localNo)
{
    if (!m_outbox)
        return;
    if (const auto rejected = m_outbox->rejected(localNo)) {
        m_needsYou.unite(References(rejected->call).records());
        Q_EMIT commandRejected(shown(*rejected));
    }
    Q_EMIT queueChanged();
}

void Workbench::refreshNeedsYou()
{
    m_needsYou.clear();
    if (!m_outbox)
        return;
    for (const Outbox::Rejected &rejected : m_outbox->rejected())
        m_needsYou.unite(References(rejected.call).records());
}

// ---- Threads

void Workbench::post(std::function<void(SyncWorker &)> work)
{
    if (m_worker)
        QMetaObject::invokeMethod(m_worker,
                                  [worker = m_worker, work = std::move(work)] { work(*worker); });
}

void Workbench::postBack(quint64 asked, std::function<void()> work)
{
    QMetaObject::invokeMethod(this, [this, asked, work = std::move(work)] {
        if (asked == m_generation)
            work();
    });
}

} // namespace keydesk
