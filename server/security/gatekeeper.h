#pragma once

#include "security/login_tables.h"
#include "security/login_throttle.h"
#include "security/password.h"
#include "sync/peer_session.h"
#include "sync/worker_pool.h"
#include "sync/writer.h"

namespace keydesk {

// Decides who comes in: enrols devices, checks passwords, tokens, signatures and boot counters, and
// hands out sessions. Thread of the network only, except hashing, which has its own threads, and
// what it writes, which the writer does. It keeps no connection and no state of a peer.
class Gatekeeper
{
public:
    struct Limits
    {
        int hashThreads = 2;
        std::size_t hashesWaiting = 64;
        qint64 lease = 7 * day;
        qint64 partnerLease = day;
        qint64 sessionIdle = 12 * hour;
        qint64 session = 30 * day;
        qint64 partnerSession = day;
    };
    struct Setting
    {
        QString databasePath;
        Writer &writer;
        Delivery deliver;
        const Clock &clock;
        const Clock &steadyClock;
        QByteArray certificateHash; // SHA-256 of the server's certificate
        PasswordCost passwordCost = {};
        Limits limits = {};
    };

    using LoginAnswer = std::function<void(LoginOutcome)>;
    using EnrolAnswer = std::function<void(Result<Enrolled>)>;

    explicit Gatekeeper(Setting setting);

    /// Opens its reader and goes on counting failed logins where the last run ended. Errors:
    /// storage.failed.
    Result<> open();
    /// The certificate was renewed: signatures must be over the new one from now on.
    void setCertificateHash(const QByteArray &hash) { m_setting.certificateHash = hash; }

    Challenge challenge() const;
    /// `nonce` is that connection's; `network` its /24 or /64.
    void enrol(const Enrol &request, const QByteArray &nonce, const QString &network,
               const EnrolAnswer &answer);
    void login(const Hello &hello, const Auth &auth, const QByteArray &nonce,
               const QString &network, const LoginAnswer &answer);

    /// The device says that it has destroyed what it held.
    void noteWiped(const QString &device, const QString &user);

private:
    // What a password turned out to be.
    struct PasswordCheck
    {
        std::optional<LoginTables::Person> person;
        std::optional<QByteArray> newHash; // to be stored: made at today's cost
    };
    void enrolByCode(const Enrol &request, const QString &network, const EnrolAnswer &answer);
    void enrolBesideAnother(const Enrol &request, const QByteArray &nonce, const QString &network,
                            const EnrolAnswer &answer);
    void checkPassword(const QString &user, const QString &password, const LoginAttempt &attempt,
                       const std::function<void(Result<PasswordCheck>)> &answer);
    void perform(Writer::Deed deed, const std::function<void(Result<>)> &done);
    void refuse(const Error &why, const AuditEntry &entry,
                const std::function<void(const Error &)> &answer);
    // Who shall be let in, and by what.
    struct Entry
    {
        Hello hello;
        QString tokenId; // empty: by password, which was right
        QString tokenSecret;
        RecordId user; // by password
        std::optional<QByteArray> newHash;
    };
    void admit(const Entry &entry, const LoginAnswer &answer);
    Result<LoginTables::Session> sessionFor(LoginTables &tables, const Entry &entry,
                                            const LoginTables::Device &device, Instant now) const;
    Result<Welcome> letIn(Authority &authority, const Entry &entry, AuditEntry &audit) const;

    Setting m_setting;
    std::unique_ptr<Database> m_reader;
    PasswordHasher m_hasher;
    LoginThrottle m_throttle;
    QString m_epoch;
    WorkerPool m_hashers; // last: its threads end before what they use
};

} // namespace keydesk
