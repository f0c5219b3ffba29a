#pragma once

#include "domain/entities.h"
#include "security/device_signature.h"
#include "security/gatekeeper.h"
#include "security/token.h"
#include "support/delivery_queue.h"
#include "sync/device_key.h"
#include "tool/master_file.h"

#include <QTemporaryDir>
#include <QTest>

namespace keydesk {

inline Staff person(const QString &code, Role role)
{
    Staff staff;
    staff.id = RecordId::create();
    staff.code = staff.name = code;
    staff.roles = {{keyOf(role)}};
    return staff;
}

// A gate over a database file, with its writer, and a way to ask it and wait.
class Gate
{
public:
    static constexpr PasswordCost cheap{1, 8192};

    Gate()
        : catalog(makeCatalog())
        , registry(makeCommandRegistry())
    {
        path = home.filePath(QStringLiteral("keydesk.db"));
        {
            const auto created = openMaster(path, catalog);
            Q_ASSERT(created);
        }
        Writer::Setting setting{path, catalog, registry, {}, clock, queue.delivery(), {}, {}, {}};
        setting.committed = [this](const Authority::Committed &news) { ended.unite(news.ended); };
        writer = std::make_unique<Writer>(std::move(setting));
        const auto started = writer->start();
        Q_ASSERT(started);
        open();
    }
    /// Everybody's.
    static QString password() { return QStringLiteral("correct horse"); }
    static QByteArray certificateHash() { return QByteArray(32, 'c'); }
    ~Gate()
    {
        keeper.reset();
        writer.reset();
    }

    /// As after a restart of the machine: what was only in memory is gone.
    void open()
    {
        keeper = std::make_unique<Gatekeeper>(Gatekeeper::Setting{
            path, *writer, queue.delivery(), clock, steady, Gate::certificateHash(), cheap, {}});
        const auto opened = keeper->open();
        Q_ASSERT(opened);
    }

    void perform(const Writer::Deed &deed)
    {
        bool done = false;
        writer->perform(deed, [&](const Result<> &how) {
            done = true;
            QVERIFY2(how, how ? "" : qPrintable(how.error().key()));
        });
        QVERIFY(queue.runUntil([&] { return done; }));
    }
    Staff add(const Staff &staff)
    {
        const auto hash = PasswordHasher(cheap).hash(password());
        perform([&](Authority &authority, Transaction &tx, AuditEntry &) -> Result<> {
            if (auto inserted = tx.insert(staff); !inserted)
                return inserted;
            return LoginTables(authority.store().database())
                .setPasswordHash(staff.id, *hash, clock.now());
        });
        return staff;
    }
    QString codeFor(const Staff &staff)
    {
        QString code = createEnrolmentCode();
        perform([&](Authority &authority, Transaction &, AuditEntry &) {
            return LoginTables(authority.store().database())
                .addEnrolment(secretHash(code), staff.id, clock.now() + enrolmentCodeLifetime);
        });
        return code;
    }
    Result<Enrolled> enrol(const Enrol &request, const QByteArray &nonce = QByteArray(32, 'n'))
    {
        std::optional<Result<Enrolled>> answer;
        keeper->enrol(request, nonce, QStringLiteral("10.0.0.0"),
                      [&](const Result<Enrolled> &how) { answer = how; });
        queue.runUntil([&] { return answer.has_value(); });
        return *answer;
    }
    LoginOutcome login(const Hello &hello, const Auth &auth, const QByteArray &nonce)
    {
        std::optional<LoginOutcome> answer;
        keeper->login(hello, auth, nonce, QStringLiteral("10.0.0.0"),
                      [&](const LoginOutcome &how) { answer = how; });
        queue.runUntil([&] { return answer.has_value(); });
        return *answer;
    }
    QString text(const QByteArray &sql) const
    {
        DatabaseOptions options;
        options.access = DatabaseOptions::Access::ReadOnly;
        const auto reader = Database::open(path, options);
        Query query = (*reader)->query(sql);
        return query.next() ? query.text(0) : QString();
    }

    QTemporaryDir home;
    QString path;
    ManualClock clock;
    ManualClock steady;
    Catalog catalog;
    CommandRegistry registry;
    DeliveryQueue queue;
    QSet<QString> ended;
    std::unique_ptr<Writer> writer;
    std::unique_ptr<Gatekeeper> keeper;
};

// A PC that signs as it should, unless told otherwise.
class Pc
{
public:
    explicit Pc(Gate &itsGate)
        : gate(itsGate)
        , key(DeviceKey::create())
    {
    }
    QString enrol(const Staff &staff)
    {
        const auto enrolled = gate.enrol(
            {gate.codeFor(staff), key.publicKey(), QStringLiteral("test")});
        if (!enrolled)
            return enrolled.error().key();
        device = enrolled->deviceId;
        return {};
    }
    /// The key of the refusal, empty when let in.
    QString signIn(const QString &user, const QString &word)
    {
        Auth auth;
        auth.user = user;
        auth.password = word;
        return send(auth);
    }
    QString resume() { return resume(welcome.tokenId, welcome.tokenSecret); }
    QString resume(const QString &tokenId, const QByteArray &secret)
    {
        Auth auth;
        auth.tokenId = tokenId;
        auth.tokenSecret = secret;
        return send(auth);
    }
    QString send(Auth auth)
    {
        Hello hello;
        hello.deviceId = device;
        hello.bootCounter = ++boot;
        hello.epoch = epoch;
        hello.cursor = cursor;
        hello.lastAckedN = lastAcked;
        const QByteArray nonce = randomBytes(32);
        const AuthTranscript transcript{signedNonce.isEmpty() ? nonce : signedNonce,
                                        Gate::certificateHash(), device, auth.tokenId};
        auth.signature = key.sign(transcript.bytes());
        const LoginOutcome outcome = gate.login(hello, auth, nonce);
        if (outcome.refused)
            return outcome.refused->reason;
        welcome = outcome.welcome;
        mustWipe = outcome.wipe;
        return {};
    }
    void wipe()
    {
        gate.perform([this](Authority &authority, Transaction &, AuditEntry &) {
            return authority.wipeDevice(device);
        });
    }

    bool mustWipe = false;
    Gate &gate;
    DeviceKey key;
    QString device;
    qint64 boot = 0;
    qint64 cursor = 0;
    qint64 lastAcked = 0;
    QString epoch;
    QByteArray signedNonce;
    Welcome welcome;
};

} // namespace keydesk
