#pragma once

#include "base/clock.h"
#include "domain/staff.h"
#include "security/login_throttle.h"
#include "store/database.h"

#include <optional>
#include <vector>

namespace keydesk {

// What the server keeps of devices, enrolment codes, passwords and sessions: small reads and writes
// of these tables. It decides nothing and begins no transaction: the caller has one, or only reads.
class LoginTables
{
public:
    explicit LoginTables(Database &database)
        : m_database(database)
    {
    }

    struct Person
    {
        RecordId id;
        QString code;
        QString name;
        Codes<Role> roles;
        bool isActive = false;

        /// Partners have shorter leases and sessions (sync.md, G9; reliability.md, "Sessions").
        bool isPartner() const;
    };
    std::optional<Person> personByCode(const QString &code);
    std::optional<Person> person(const RecordId &id);

    std::optional<QByteArray> passwordHash(const RecordId &user);
    Result<> setPasswordHash(const RecordId &user, const QByteArray &hash, Instant now);

    struct Device
    {
        QString id;
        RecordId user;
        QByteArray publicKey;
        bool isActive = false;
        bool isWiping = false; // it is to destroy what it holds
        bool isCondemned = false; // the same, and nothing that comes from it is taken
        bool isWiped = false;
        qint64 bootCounter = 0;
        qint64 lastN = 0;
        Instant lastSeen;
    };
    std::optional<Device> device(const QString &id);
    Result<> addDevice(const QString &id, const RecordId &user, const QByteArray &publicKey,
                       const QString &platform, Instant now);
    /// The devices of a person, and when each was last seen.
    struct Listed
    {
        QString id;
        QString platform;
        QString status;
        Instant lastSeen;
    };
    std::vector<Listed> devicesOf(const RecordId &user);
    /// It has destroyed what it held: it never signs in again.
    Result<> noteWiped(const QString &device);
    Result<> noteLogin(const QString &device, qint64 bootCounter, Instant now, Instant leaseUntil);

    Result<> addEnrolment(const QByteArray &codeHash, const RecordId &user, Instant expires);
    /// Whom the code was issued to; it is used up. enrol.code_invalid when unknown, used or
    /// expired.
    Result<RecordId> useEnrolment(const QByteArray &codeHash, Instant now);
    /// The device that this used code made for this key, as long as it has never signed in: the
    /// answer that named it may have been lost. Null when there is none.
    QString deviceMadeBy(const QByteArray &codeHash, const QByteArray &publicKey, Instant now);

    struct Session
    {
        QString tokenId;
        RecordId user;
        QByteArray secretHash;
        Instant issued;
        Instant expires;
    };
    /// The device's session of that token, unless it was revoked.
    std::optional<Session> session(const QString &tokenId, const QString &device);
    /// Adds a session and forgets the device's others, except the one named: the desktop may never
    /// learn of the new one, then it comes with the old.
    Result<> addSession(const Session &session, const QString &device, const QString &keepTokenId);

    /// What the throttle counted, so that a restart forgets none of it.
    Result<std::vector<LoginBudget>> budgets();
    Result<> storeBudgets(const LoginThrottle::Changes &changes);

private:
    std::optional<Person> readPerson(Query &query);

    Database &m_database;
};

} // namespace keydesk
