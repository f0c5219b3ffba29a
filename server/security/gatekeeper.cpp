#include "security/gatekeeper.h"

#include "security/device_signature.h"
#include "security/token.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcGate, "keydesk.server.gatekeeper", QtInfoMsg)

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 busyRetry = 5 * second;

LoginOutcome refusal(const Error &why)
{
    LoginOutcome outcome;
    qint64 retry = 0;
    if (why.key() == u"login.throttled")
        retry = why.args.value(0).toLongLong() * second;
    else if (why.code() == ErrorCode::Busy || why.code() == ErrorCode::Storage)
        retry = busyRetry;
    outcome.refused = Refused{why.key(), why.args, retry};
    return outcome;
}

AuditEntry failure(const QString &action, const QString &actor, const QString &device,
                   const Error &why)
{
    return {0, {}, actor, device, action, {}, why.key()};
}

} // namespace

Gatekeeper::Gatekeeper(Setting setting)
    : m_setting(std::move(setting))
    , m_hasher(m_setting.passwordCost)
    , m_throttle(m_setting.steadyClock)
    , m_hashers(m_setting.limits.hashThreads, m_setting.limits.hashesWaiting)
{
}

Result<> Gatekeeper::open()
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    auto opened = Database::open(m_setting.databasePath, options);
    if (!opened)
        return opened.error();
    m_reader = std::move(*opened);
    Query head = m_reader->query("SELECT epoch FROM head WHERE one=1");
    if (!head.next())
        return head.error().value_or(Error("storage.failed"_reason, {u"head"_s}));
    m_epoch = head.text(0);
    auto budgets = LoginTables(*m_reader).budgets();
    if (!budgets)
        return budgets.error();
    // The throttle's clock knows no date and begins anew with the machine.
    const qint64 ahead = m_setting.clock.now() - m_setting.steadyClock.now();
    for (LoginBudget &budget : *budgets)
        budget.at = budget.at + -ahead;
    m_throttle.restore(*budgets);
    return {};
}

Challenge Gatekeeper::challenge() const
{
    Challenge challenge;
    challenge.nonce = randomBytes(32);
    challenge.serverTime = m_setting.clock.now();
    challenge.epoch = m_epoch;
    return challenge;
}

// What the throttle counted goes into the same commit. No word about a password leaves before its
// try is stored: a server that is killed again and again is asked no oftener than one that lives.
void Gatekeeper::perform(Writer::Deed deed, const std::function<void(Result<>)> &done)
{
    auto changes = m_throttle.takeChanges();
    const qint64 ahead = m_setting.clock.now() - m_setting.steadyClock.now();
    for (LoginBudget &budget : changes.kept)
        budget.at = budget.at + ahead;
    m_setting.writer.perform(
        [changes, deed = std::move(deed)](Authority &authority, Transaction &tx,
                                          AuditEntry &audit) -> Result<> {
            auto stored = LoginTables(authority.store().database()).storeBudgets(changes);
            return stored ? deed(authority, tx, audit) : stored;
        },
        [this, changes, done](const Result<> &how) {
            if (!how)
                m_throttle.notStored(changes);
            done(how);
        });
}

void Gatekeeper::refuse(const Error &why, const AuditEntry &entry,
                        const std::function<void(const Error &)> &answer)
{
    perform(
        [entry](Authority &, Transaction &, AuditEntry &audit) -> Result<> {
            audit = entry;
            return {};
        },
        [why, answer](const Result<> &how) { answer(how ? why : how.error()); });
}

// ---- Passwords

void Gatekeeper::checkPassword(const QString &user, const QString &password,
                               const LoginAttempt &attempt,
                               const std::function<void(Result<PasswordCheck>)> &answer)
{
    if (auto admitted = m_throttle.admit(attempt); !admitted)
        return answer(admitted.error());
    LoginTables tables(*m_reader);
    const auto person = tables.personByCode(user.trimmed());
    // Asked for a person that does not exist too: whoever tries names learns nothing from the time.
    const auto hash = tables.passwordHash(person ? person->id : RecordId());
    const auto finish = [this, answer, attempt, person](bool right,
                                                        std::optional<QByteArray> newHash) {
        if (!right)
            return answer(PasswordCheck{});
        m_throttle.succeeded(attempt);
        answer(PasswordCheck{person, std::move(newHash)});
    };
    const auto posted = m_hashers.post([this, hash, password, finish](int) {
        const bool right = m_hasher.matches(hash, password);
        std::optional<QByteArray> newHash;
        if (right && m_hasher.needsRehash(*hash)) {
            if (auto made = m_hasher.hash(password))
                newHash = *made;
        }
        m_setting.deliver([finish, right, newHash] { finish(right, newHash); });
    });
    if (!posted) {
        m_throttle.withdrawn(attempt);
        answer(posted.error());
    }
}

// ---- Enrolment

void Gatekeeper::enrol(const Enrol &request, const QByteArray &nonce, const QString &network,
                       const EnrolAnswer &answer)
{
    const auto later = [this, answer](const Result<Enrolled> &how) {
        m_setting.deliver([answer, how] { answer(how); });
    };
    if (!isDevicePublicKey(request.publicKey))
        return later(Error("protocol.malformed"_reason, {u"public key"_s}));
    if (request.code.isEmpty() && !request.hostDevice.isEmpty())
        return enrolBesideAnother(request, nonce, network, later);
    enrolByCode(request, network, later);
}

void Gatekeeper::enrolByCode(const Enrol &request, const QString &network,
                             const EnrolAnswer &answer)
{
    const LoginAttempt attempt{u"enrol\n"_s + network, {}, false, network};
    if (auto admitted = m_throttle.admit(attempt); !admitted)
        return answer(admitted.error());
    const auto code = normalizedEnrolmentCode(request.code);
    if (!code) {
        const Error why("enrol.code_invalid"_reason);
        return refuse(why, failure(u"enrol"_s, {}, {}, why), answer);
    }
    const auto enrolled = std::make_shared<Enrolled>();
    const auto refused = std::make_shared<std::optional<Error>>();
    perform(
        [=, codeHash = secretHash(*code)](Authority &authority, Transaction &,
                                          AuditEntry &audit) -> Result<> {
            audit.action = u"enrol"_s;
            audit.outcome = u"applied"_s;
            LoginTables tables(authority.store().database());
            // A desktop whose answer was lost on the way asks again, with the same key.
            const QString made = tables.deviceMadeBy(codeHash, request.publicKey, authority.now());
            const auto known = tables.device(made);
            const auto user = known ? Result<RecordId>(known->user)
                                    : tables.useEnrolment(codeHash, authority.now());
            const auto person = user ? tables.person(*user) : std::nullopt;
            if (!user || !person || !person->isActive) {
                if (!user && user.error().code() == ErrorCode::Storage)
                    return user.error();
                *refused = Error("enrol.code_invalid"_reason);
                audit.outcome = (*refused)->key();
                return {};
            }
            *enrolled = {known ? made : RecordId::create().text(), person->code};
            audit.actor = person->id.text();
            audit.device = enrolled->deviceId;
            if (known)
                return {};
            return tables.addDevice(enrolled->deviceId, person->id, request.publicKey,
                                    request.platform, authority.now());
        },
        [=, this](const Result<> &done) {
            if (!done)
                return answer(done.error());
            if (*refused)
                return answer(**refused);
            m_throttle.succeeded(attempt);
            answer(*enrolled);
        });
}

// Somebody else signs in on a PC that is enrolled: proven by the other device's signature and his
// own password, he gets a device, and so an outbox, of his own.
void Gatekeeper::enrolBesideAnother(const Enrol &request, const QByteArray &nonce,
                                    const QString &network, const EnrolAnswer &answer)
{
    const auto host = LoginTables(*m_reader).device(request.hostDevice);
    const auto transcript = AuthTranscript::forNewDevice(nonce, m_setting.certificateHash,
                                                         request.hostDevice, request.publicKey);
    if (!host || !host->isActive || !deviceSigned(transcript, request.signature, host->publicKey))
        return answer(Error("login.device_unknown"_reason));
    const LoginAttempt attempt{request.user.trimmed(), {}, false, network};
    checkPassword(request.user, request.password, attempt,
                  [=, this](const Result<PasswordCheck> &check) {
                      if (!check)
                          return answer(check.error());
                      if (!check->person) {
                          const Error why("login.wrong"_reason);
                          return refuse(why, failure(u"enrol"_s, {}, request.hostDevice, why),
                                        answer);
                      }
                      const auto enrolled = std::make_shared<Enrolled>();
                      perform(
                          [=, id = check->person->id](Authority &authority, Transaction &,
                                                      AuditEntry &audit) -> Result<> {
                              LoginTables tables(authority.store().database());
                              const auto person = tables.person(id);
                              if (!person || !person->isActive)
                                  return Error("forbidden.disabled"_reason);
                              *enrolled = {RecordId::create().text(), person->code};
                              audit = {0,           {},
                                       id.text(),   enrolled->deviceId,
                                       u"enrol"_s,  request.hostDevice,
                                       u"applied"_s};
                              return tables.addDevice(enrolled->deviceId, id, request.publicKey,
                                                      request.platform, authority.now());
                          },
                          [=](const Result<> &done) {
                              answer(done ? Result<Enrolled>(*enrolled) : done.error());
                          });
                  });
}

// ---- Login

void Gatekeeper::login(const Hello &hello, const Auth &auth, const QByteArray &nonce,
                       const QString &network, const LoginAnswer &answer)
{
    const auto turnAway = [this, answer](const Error &why) {
        m_setting.deliver([answer, why] { answer(refusal(why)); });
    };
    LoginTables tables(*m_reader);
    const auto device = tables.device(hello.deviceId);
    const AuthTranscript transcript{nonce, m_setting.certificateHash, hello.deviceId, auth.tokenId};
    const bool known = device
        && (device->isActive || device->isWiping || device->isCondemned || device->isWiped);
    if (!known || !deviceSigned(transcript, auth.signature, device->publicKey)) {
        qCInfo(lcGate) << "no such device or not its signature:" << hello.deviceId << "from"
                       << network;
        return turnAway(Error("login.device_unknown"_reason));
    }
    if (device->isWiped)
        return turnAway(Error("device.wiped"_reason));
    if (!auth.tokenId.isEmpty()) {
        return admit({hello, auth.tokenId, QString::fromLatin1(auth.tokenSecret), {}, {}}, answer);
    }
    const auto owner = tables.person(device->user);
    const bool isHis = owner && owner->code == auth.user.trimmed();
    const LoginAttempt attempt{auth.user.trimmed(), hello.deviceId, isHis, network};
    checkPassword(auth.user, auth.password, attempt, [=, this](const Result<PasswordCheck> &check) {
        if (!check)
            return turnAway(check.error());
        const auto &person = check->person;
        if (!person || person->id != device->user) {
            const Error why = person ? Error("login.device_unknown"_reason)
                                     : Error("login.wrong"_reason);
            const QString actor = person ? person->id.text() : QString();
            return refuse(why, failure(u"login"_s, actor, hello.deviceId, why), turnAway);
        }
        admit({hello, {}, {}, person->id, check->newHash}, answer);
    });
}

void Gatekeeper::admit(const Entry &entry, const LoginAnswer &answer)
{
    const auto outcome = std::make_shared<LoginOutcome>();
    perform(
        [=, this](Authority &authority, Transaction &, AuditEntry &audit) -> Result<> {
            audit.action = u"login"_s;
            audit.device = entry.hello.deviceId;
            audit.outcome = u"applied"_s;
            auto welcome = letIn(authority, entry, audit);
            const auto device = LoginTables(authority.store().database())
                                    .device(entry.hello.deviceId);
            const bool wiping = device && device->isWiping;
            if (welcome) {
                outcome->welcome = *welcome;
                outcome->wipe = wiping;
                return {};
            }
            // Whoever may not come in any more cannot hand over anything either.
            if (wiping && welcome.error().code() == ErrorCode::Forbidden)
                welcome = Error("device.wipe"_reason);
            if (welcome.error().code() == ErrorCode::Storage)
                return welcome.error();
            // The refusal is part of the trail, so it is no error here.
            audit.outcome = welcome.error().key();
            *outcome = refusal(welcome.error());
            return {};
        },
        [=, this](const Result<> &done) {
            if (!done)
                return answer(refusal(done.error()));
            outcome->welcome.head = m_setting.writer.head();
            answer(*outcome);
        });
}

void Gatekeeper::noteWiped(const QString &device, const QString &user)
{
    m_setting.writer.perform(
        [=](Authority &authority, Transaction &, AuditEntry &audit) -> Result<> {
            audit = {0, {}, user, device, u"device.wiped"_s, device, u"applied"_s};
            return LoginTables(authority.store().database()).noteWiped(device);
        });
}

// The session that this login gives rise to, unsaved; or why it may not.
Result<LoginTables::Session> Gatekeeper::sessionFor(LoginTables &tables, const Entry &entry,
                                                    const LoginTables::Device &device,
                                                    Instant now) const
{
    LoginTables::Session session;
    session.issued = now;
    session.user = entry.user;
    if (!entry.tokenId.isEmpty()) {
        const auto old = tables.session(entry.tokenId, entry.hello.deviceId);
        // One that is to be wiped gets no rows: with a session that merely grew old it may still
        // hand over what was typed there.
        const bool isOld = old
            && (now >= old->expires || now - device.lastSeen > m_setting.limits.sessionIdle);
        if (!old || !secretMatches(entry.tokenSecret, old->secretHash)
            || (isOld && !device.isWiping))
            return Error("login.session_ended"_reason);
        session.issued = old->issued;
        session.user = old->user;
    }
    const auto person = tables.person(session.user);
    if (!person || !person->isActive)
        return Error("forbidden.disabled"_reason);
    session.expires = session.issued
        + (person->isPartner() ? m_setting.limits.partnerSession : m_setting.limits.session);
    session.tokenId = randomText(16);
    return session;
}

Result<Welcome> Gatekeeper::letIn(Authority &authority, const Entry &entry, AuditEntry &audit) const
{
    LoginTables tables(authority.store().database());
    const Instant now = authority.now();
    const auto device = tables.device(entry.hello.deviceId);
    if (device && device->isCondemned)
        return Error("device.wipe"_reason);
    if (!device || (!device->isActive && !device->isWiping))
        return Error("login.device_unknown"_reason);
    audit.actor = device->user.text();
    // First of all, for his sessions have ended with it: he is to know why.
    if (const auto owner = tables.person(device->user); !owner || !owner->isActive)
        return Error("forbidden.disabled"_reason);
    auto session = sessionFor(tables, entry, *device, now);
    if (!session)
        return session.error();
    if (session->user != device->user)
        return Error("login.device_unknown"_reason);
    if (entry.hello.bootCounter <= device->bootCounter) {
        qCWarning(lcGate) << "device" << device->id << "repeats boot" << entry.hello.bootCounter
                          << ": its disk was copied or put back";
        return Error("login.device_unknown"_reason);
    }
    Query head = authority.store().database().query("SELECT seq, epoch FROM head WHERE one=1");
    if (!head.next())
        return head.error().value_or(Error("storage.failed"_reason, {u"head"_s}));
    const QString epoch = head.text(1);
    if (entry.hello.epoch == epoch
        && (entry.hello.cursor > head.integer(0) || entry.hello.lastAckedN > device->lastN)) {
        qCCritical(lcGate) << "device" << device->id << "knows more than this server: cursor"
                           << entry.hello.cursor << "of" << head.integer(0) << "number"
                           << entry.hello.lastAckedN << "of" << device->lastN;
        return Error("sync.rollback"_reason);
    }
    const bool partner = tables.person(session->user)->isPartner();
    const QString secret = createToken();
    session->secretHash = secretHash(secret);
    Welcome welcome;
    welcome.userId = session->user.text();
    welcome.tokenId = session->tokenId;
    welcome.tokenSecret = secret.toLatin1();
    welcome.leaseUntil = now + (partner ? m_setting.limits.partnerLease : m_setting.limits.lease);
    welcome.serverTime = now;
    welcome.epoch = epoch;
    welcome.lastN = device->lastN;
    auto done = tables.addSession(*session, device->id, entry.tokenId);
    if (done)
        done = tables.noteLogin(device->id, entry.hello.bootCounter, now, welcome.leaseUntil);
    if (done && entry.newHash)
        done = tables.setPasswordHash(session->user, *entry.newHash, now);
    return done ? Result<Welcome>(welcome) : done.error();
}

} // namespace keydesk
