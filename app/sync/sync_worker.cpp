#include "sync/sync_worker.h"

#include "protocol/auth_transcript.h"
#include "store/damage.h"
#include "sync/folder_lock.h"
#include "sync/outbox_salvage.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QRandomGenerator>

Q_LOGGING_CATEGORY(lcWorker, "keydesk.sync.worker", QtInfoMsg)

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int tickEvery = 500; // ms
constexpr int statusDelay = 30; // ms: one signal for a burst of pages

} // namespace

// Signs the login with the device's key, which never leaves the worker.
class SyncWorker::KeySigner final : public DeviceSigner
{
public:
    explicit KeySigner(const DeviceKey &key)
        : m_key(key)
    {
    }
    QByteArray publicKey() const override { return m_key.publicKey(); }
    QByteArray sign(const QByteArray &nonce, const QByteArray &certificateHash,
                    const QString &deviceId, const QString &tokenId) const override
    {
        return m_key.sign(AuthTranscript{nonce, certificateHash, deviceId, tokenId}.bytes());
    }

private:
    DeviceKey m_key;
};

SyncWorker::SyncWorker(const Catalog &catalog, const CommandRegistry &registry, Options options)
    : m_catalog(catalog)
    , m_registry(registry)
    , m_options(std::move(options))
    , m_started(SystemClock().now())
    , m_tick(this)
    , m_reconnect(this)
    , m_statusDelay(this)
{
    m_elapsed.start();
    m_reconnect.setSingleShot(true);
    m_statusDelay.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, &SyncWorker::tick);
    connect(&m_reconnect, &QTimer::timeout, this, &SyncWorker::connectNow);
    connect(&m_statusDelay, &QTimer::timeout, this, &SyncWorker::announceStatus);
}

SyncWorker::~SyncWorker()
{
    if (m_link)
        m_link->close();
}

// ---- Sign-in

void SyncWorker::signIn(const QString &password, const QString &enrolmentCode)
{
    m_password = password;
    m_admitted = false; // who signs in anew proves himself anew
    m_notAdmitted.reset();
    if (auto opened = openHere(); !opened) {
        Q_EMIT refused(opened.error(), true);
        return;
    }
    findHost();
    m_session->setLogin({m_options.user, password, enrolmentCode, m_options.platform,
                         m_options.appVersion, m_host.get(), m_hostDevice});
    if (!m_outbox->identity(u"device_id"_s).isEmpty())
        admitHere(password);
    m_mayConnect = true;
    m_failures = 0;
    connectNow();
}

void SyncWorker::admitHere(const QString &password)
{
    if (!m_outbox->identity(u"wiping"_s).isEmpty()) {
        m_notAdmitted = Error("device.wipe"_reason);
        return;
    }
    const auto let = password.isEmpty() ? m_pass->admitByToken(SystemClock().now())
                                        : m_pass->admit(password, SystemClock().now());
    m_notAdmitted = let || let.error().key() == u"offline" ? std::nullopt
                                                           : std::optional(let.error());
    if (let)
        admit();
    else
        qCInfo(lcWorker) << "not admitted without the server:" << let.error().key();
}

Result<> SyncWorker::openHere()
{
    if (m_session)
        return {};
    if (!QDir().mkpath(m_options.directory))
        return Error("file.unwritable"_reason, {m_options.directory, u"mkdir"_s});
    QFile::setPermissions(m_options.directory,
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    auto lock = lockFolder(m_options.directory);
    if (!lock)
        return lock.error();
    m_lock = std::move(*lock);
    if (auto done = openOutbox(); !done)
        return done;
    // The key went first: what a wipe left behind goes now.
    if (!m_outbox->identity(u"wiping"_s).isEmpty() && m_outbox->identity(u"device_key"_s).isEmpty())
        return destroy() ? Error("device.wiped"_reason)
                         : Error("device.wipe_failed"_reason, {m_options.directory});
    // By this a neighbour's device is known to belong to the same server.
    if (auto done = m_outbox->setIdentity(u"server_pin"_s,
                                          QString::fromLatin1(m_options.pin.toHex()));
        !done)
        return done;
    m_pass = std::make_unique<OfflinePass>(*m_outbox);
    if (auto done = loadDeviceKey(); !done)
        return done;
    m_shelf = std::make_unique<FileShelf>(m_options.directory);
    auto ready = m_pass->isReplicaForfeit() ? forgetReplicas() : Result<>();
    if (ready)
        ready = openReplica();
    if (!ready)
        return ready;
    buildSession();
    m_tick.start(tickEvery);
    return {};
}

Result<> SyncWorker::openOutbox()
{
    const QString path = m_options.directory + u"/outbox.db"_s;
    auto done = openOutboxAt(path);
    if (done || !isDamage(done.error()))
        return done;
    // Never silently empty: the damaged file is kept, what can be read goes on, and the person is
    // told.
    m_outbox.reset();
    m_outboxFile.reset();
    const QString kept = path + u".damaged-%1"_s.arg(SystemClock().now().ms);
    for (const QString &suffix : {u"-wal"_s, u"-shm"_s, u""_s}) {
        if (QFile::exists(path + suffix) && !QFile::rename(path + suffix, kept + suffix))
            return Error("file.unwritable"_reason, {kept, u"rename"_s});
    }
    done = openOutboxAt(path);
    if (!done)
        return done;
    const auto saved = salvageOutbox(kept, *m_outboxFile);
    qCWarning(lcWorker) << "the outbox is damaged, kept as" << kept
                        << "commands saved:" << (saved ? *saved : 0);
    Q_EMIT refused(Error("outbox.damaged"_reason, {kept},
                         u"%1 commands could be read"_s.arg(saved ? *saved : 0)),
                   false);
    return {};
}

Result<> SyncWorker::openOutboxAt(const QString &path)
{
    auto opened = Database::open(path);
    if (!opened)
        return opened.error();
    m_outboxFile = std::move(*opened);
    m_outbox = std::make_unique<Outbox>(*m_outboxFile);
    if (auto done = m_outbox->createTables(); !done)
        return done;
    return checkSound(*m_outboxFile);
}

Result<> SyncWorker::loadDeviceKey()
{
    const QString stored = m_outbox->identity(u"device_key"_s);
    if (stored.isEmpty()) {
        DeviceKey fresh = DeviceKey::create();
        if (auto kept = m_outbox->setIdentity(u"device_key"_s,
                                              QString::fromLatin1(fresh.serialize().toBase64()));
            !kept)
            return kept;
        m_signer = std::make_unique<KeySigner>(std::move(fresh));
        return {};
    }
    auto key = DeviceKey::deserialize(QByteArray::fromBase64(stored.toLatin1()));
    if (!key)
        return key.error();
    m_signer = std::make_unique<KeySigner>(std::move(*key));
    return {};
}

void SyncWorker::findHost()
{
    m_host.reset();
    m_hostDevice.clear();
    if (!m_outbox->identity(u"device_id"_s).isEmpty())
        return;
    if (const auto host = NeighbourDevice::beside(m_options.directory, m_options.pin)) {
        m_host = std::make_unique<KeySigner>(host->key);
        m_hostDevice = host->deviceId;
    }
}

Result<> SyncWorker::openReplica()
{
    const RecordId user(m_outbox->identity(u"user_id"_s));
    const Instant serverNow = m_pass->estimate(SystemClock().now());
    for (const bool again : {false, true}) {
        m_replica = std::make_unique<Replica>(*m_shelf, *m_outbox, m_catalog, m_registry);
        auto done = m_replica->open(user, serverNow);
        if (done || again || done.error().key() == u"storage.full")
            return done;
        // The replica is a cache: one that cannot be read is loaded anew.
        qCWarning(lcWorker) << "the replica cannot be read:" << done.error().key()
                            << done.error().args << done.error().detail;
        m_replica = std::make_unique<Replica>(*m_shelf, *m_outbox, m_catalog, m_registry);
        if (auto forgotten = forgetReplicas(); !forgotten)
            return forgotten;
    }
    return {};
}

Result<> SyncWorker::forgetReplicas()
{
    Result<> done;
    for (const QString &name : {u"current_replica"_s, u"building_replica"_s}) {
        m_shelf->remove(m_outbox->identity(name).toInt());
        if (done)
            done = m_outbox->setIdentity(name, u"0"_s);
    }
    return done;
}

// The file turned out to be damaged, or may not be kept any longer, while the program runs.
Result<> SyncWorker::replaceReplica()
{
    const bool mayConnect = std::exchange(m_mayConnect, false); // no failed sign-in
    if (m_link) {
        m_link->close();
        linkClosed(Error("offline"_reason, {}, u"the replica is replaced"_s));
    }
    m_mayConnect = mayConnect;
    m_reconnect.stop();
    m_session.reset();
    m_replica.reset();
    m_announcedPath.clear(); // the new file may have the old one's name
    auto done = forgetReplicas();
    if (auto opened = openReplica(); done && !opened)
        done = opened;
    buildSession();
    m_session->setLogin({m_options.user, m_password, {}, m_options.platform, m_options.appVersion});
    connectNow();
    return done;
}

void SyncWorker::buildSession()
{
    m_replica->changed = [this](const ChangeSet &changes) {
        announceReplica();
        if (m_admitted)
            Q_EMIT changed(changes);
    };
    m_session = std::make_unique<SyncSession>(*m_replica, *m_outbox, *m_signer,
                                              static_cast<SessionPort &>(*this),
                                              QRandomGenerator::system()->generate64());
    m_session->assumeClockOffset(m_pass->estimate(SystemClock().now()) - now());
    m_session->statusChanged = [this] {
        if (!m_statusDelay.isActive())
            m_statusDelay.start(statusDelay);
    };
    m_session->deviceForgotten = [this] { m_returnAtOnce = true; };
    m_session->timeHeard = [this](Instant serverTime) { noteTime(serverTime); };
    m_session->welcomed = [this](const RecordId &user, const QString &) { welcome(user); };
    m_session->refused = [this](const Error &error, qint64 after) { refuse(error, after); };
    m_session->commandRejected = [this](qint64 localNo) { Q_EMIT commandRejected(localNo); };
    m_session->settled = [this] { checkSettled(); };
    m_session->wipeAsked = [this] { beginWipe(); };
    m_session->handedOver = [this] {
        QMetaObject::invokeMethod(this, &SyncWorker::wipeHere, Qt::QueuedConnection);
    };
}

void SyncWorker::admit()
{
    m_admitted = true;
    m_announcedPath = m_replica->isReadable() ? m_shelf->pathOf(m_replica->currentNumber())
                                              : QString();
    Q_EMIT admitted(RecordId(m_outbox->identity(u"user_id"_s)), m_announcedPath);
    announceStatus();
}

void SyncWorker::welcome(const RecordId &user)
{
    m_failures = 0;
    m_retryAfter = 0;
    // The order comes before the welcome: a restored server may know of none any more.
    if (!m_session->isWiping() && !m_outbox->identity(u"wiping"_s).isEmpty())
        (void)m_outbox->setIdentity(u"wiping"_s, {});
    if (!m_replica->isReadable()) {
        if (auto opened = m_replica->open(user, m_session->serverNow(now())); !opened)
            qCWarning(lcWorker) << "replica:" << opened.error().key() << opened.error().detail;
    }
    if (!m_password.isEmpty()) {
        if (auto kept = m_pass->remember(m_password); !kept)
            qCWarning(lcWorker) << "no offline sign-in:" << kept.error().key();
        m_password.clear();
    }
    // From here on the token is enough.
    m_session->setLogin({m_options.user, {}, {}, m_options.platform, m_options.appVersion});
    if (!m_admitted && !m_session->isWiping())
        admit();
}

// Kept, so that the cut line opens nothing here either.
void SyncWorker::beginWipe()
{
    m_admitted = false;
    if (auto noted = m_outbox->setIdentity(u"wiping"_s, u"1"_s); !noted)
        qCWarning(lcWorker) << "the order to wipe is not kept:" << noted.error().key();
    Q_EMIT refused(Error("device.wipe"_reason), true);
}

// The key first, then the files, then the word that it is done (reliability.md, "Revocation and
// wipe"). What a reader still has open is gone when it closes it.
void SyncWorker::wipeHere()
{
    if (!m_session)
        return;
    m_tick.stop();
    m_reconnect.stop();
    m_statusDelay.stop();
    m_mayConnect = false;
    m_waiting.clear();
    (void)m_outbox->setIdentity(u"wiping"_s, u"1"_s);
    (void)m_outbox->setIdentity(u"device_key"_s, QString());
    if (m_link)
        m_link->disconnect(this);
    const bool gone = destroy();
    const auto tell = [this, gone] {
        Q_EMIT refused(gone ? Error("device.wiped"_reason)
                            : Error("device.wipe_failed"_reason, {m_options.directory}),
                       true);
    };
    Link *last = m_link.release();
    if (!last || !std::exchange(m_connected, false) || !gone) {
        if (last)
            last->deleteLater();
        return tell();
    }
    // The server hangs up when it has heard it.
    last->setParent(this);
    connect(last, &Link::closed, this, tell);
    connect(last, &Link::closed, last, &QObject::deleteLater);
    if (!last->send(encodeMessage(WipeDone{})))
        tell();
}

// Whether nothing is left. What is, a file that somebody has open, goes at the next sign-in.
bool SyncWorker::destroy()
{
    m_session.reset();
    m_replica.reset();
    m_shelf.reset();
    m_pass.reset();
    m_signer.reset();
    m_host.reset();
    m_outbox.reset();
    m_outboxFile.reset();
    const bool gone = QDir(m_options.directory).removeRecursively();
    m_lock.reset();
    if (!gone)
        qCCritical(lcWorker) << "not everything could be destroyed in" << m_options.directory;
    return gone;
}

void SyncWorker::refuse(const Error &error, qint64 retryAfterMs)
{
    qCInfo(lcWorker) << "refused:" << error.key();
    m_refusal = error;
    m_retryAfter = retryAfterMs;
    if (error.code() == ErrorCode::Busy)
        return;
    const bool forbidden = error.code() == ErrorCode::Forbidden;
    // The server's word ends the offline sign-in too: of somebody who may work here no more, and of
    // a password that holds here but not there any longer.
    if (error.key() == u"forbidden.disabled" || (m_admitted && error.key() == u"login.wrong"))
        if (auto done = m_pass->revoke(); !done)
            qCCritical(lcWorker) << "the offline sign-in could not be ended:" << done.error().key();
    if (forbidden)
        m_mayConnect = false; // trying again would only burn tries
    else
        m_retryAfter = std::max(m_retryAfter, minute);
    // A wrong password or a disabled login ends what the offline verifier let in; a session that
    // merely ended does not.
    const bool locked = !m_admitted || (forbidden && error.key() != u"login.session_ended");
    if (locked && forbidden)
        m_admitted = false;
    Q_EMIT refused(error, locked);
}

// ---- What the person does

// Some commands need the server at once.
Result<> SyncWorker::mayRunNow(const QString &command) const
{
    if (!m_admitted)
        return Error("login.needed"_reason);
    const CommandType *type = m_registry.find(command);
    if (type && type->offline == OfflinePolicy::OnlineOnly && !m_session->isLive())
        return Error("command.online_only"_reason, {type->label.text()});
    return {};
}

Result<RunOutcome> SyncWorker::run(const CommandCall &call)
{
    if (auto may = mayRunNow(call.type); !may)
        return may.error();
    auto outcome = m_replica->run(call, m_session->serverNow(now()));
    if (outcome)
        m_session->wake(now());
    return outcome;
}

Result<> SyncWorker::withdraw(qint64 localNo)
{
    if (!m_admitted)
        return Error("login.needed"_reason);
    auto done = m_replica->withdraw(localNo, m_session->serverNow(now()));
    if (done)
        m_session->wake(now());
    return done;
}

Result<> SyncWorker::checkPassword(const QString &password) const
{
    if (!m_admitted)
        return Error("login.needed"_reason);
    return m_pass->admit(password, SystemClock().now());
}

Result<> SyncWorker::dismissRejected(qint64 localNo)
{
    if (!m_admitted)
        return Error("login.needed"_reason);
    auto done = m_outbox->dismiss(localNo);
    m_session->wake(now());
    return done;
}

Result<RetryOutcome> SyncWorker::retryRejected(const Outbox::Chosen &chosen)
{
    if (!m_admitted)
        return Error("login.needed"_reason);
    for (const auto &[localNo, settled] : chosen) {
        const auto refused = m_outbox->rejected(localNo);
        if (auto may = mayRunNow(refused ? refused->call.type : QString()); !may)
            return may.error();
    }
    auto outcome = m_replica->retry(chosen, m_session->serverNow(now()));
    if (outcome)
        m_session->wake(now());
    return outcome;
}

Result<> SyncWorker::saveDraft(const QString &key, const QString &body)
{
    if (!m_admitted)
        return Error("login.needed"_reason);
    return m_outbox->saveDraft(key, body, m_session->serverNow(now()));
}

void SyncWorker::ask(OnlineQuery query, std::function<void(const OnlineReply &)> answer)
{
    if (!m_admitted || !m_session) {
        answer(OnlineReply{query.request, u"login.needed"_s, {}, query.entity, {}});
        return;
    }
    m_session->ask(std::move(query), std::move(answer));
}

void SyncWorker::whenSettled(std::function<void()> then)
{
    m_waiting.push_back(std::move(then));
    if (m_session)
        m_session->check(now());
    // A call that settles at once must not answer before this one returns.
    QMetaObject::invokeMethod(this, &SyncWorker::checkSettled, Qt::QueuedConnection);
}

} // namespace keydesk
