#include "security/login_tables.h"

namespace keydesk {

namespace {

constexpr char personColumns[] = "SELECT id, code, name, roles, status FROM staff WHERE ";

} // namespace

bool LoginTables::Person::isPartner() const
{
    return roles.contains(Role::PartnerAgent);
}

std::optional<LoginTables::Person> LoginTables::readPerson(Query &query)
{
    if (!query.next())
        return std::nullopt;
    Person person;
    person.id = RecordId(query.text(0));
    person.code = query.text(1);
    person.name = query.text(2);
    person.roles = ValueTraits<Codes<Role>>::fromCell(query.cell(3));
    person.isActive = query.text(4) == keyOf(StaffStatus::Active);
    return person;
}

std::optional<LoginTables::Person> LoginTables::personByCode(const QString &code)
{
    Query query = m_database.query(QByteArray(personColumns)
                                   + "code=? AND deleted_at IS NULL ORDER BY id LIMIT 1");
    query.bind(1, code);
    return readPerson(query);
}

std::optional<LoginTables::Person> LoginTables::person(const RecordId &id)
{
    Query query = m_database.query(QByteArray(personColumns) + "id=? AND deleted_at IS NULL");
    query.bind(1, id);
    return readPerson(query);
}

std::optional<QByteArray> LoginTables::passwordHash(const RecordId &user)
{
    Query query = m_database.query("SELECT password_hash FROM credential WHERE user_id=?");
    query.bind(1, user);
    if (!query.next())
        return std::nullopt;
    return query.text(0).toLatin1();
}

Result<> LoginTables::setPasswordHash(const RecordId &user, const QByteArray &hash, Instant now)
{
    return m_database
        .query("INSERT INTO credential(user_id, password_hash, changed_at) VALUES(?,?,?) "
               "ON CONFLICT(user_id) DO UPDATE SET password_hash=excluded.password_hash, "
               "changed_at=excluded.changed_at")
        .bind(1, user)
        .bind(2, QString::fromLatin1(hash))
        .bind(3, now.ms)
        .run();
}

std::optional<LoginTables::Device> LoginTables::device(const QString &id)
{
    Query query = m_database.query(
        "SELECT user_id, pubkey, status, boot_counter, last_n, last_seen "
        "FROM device WHERE id=?");
    query.bind(1, id);
    if (!query.next())
        return std::nullopt;
    Device device;
    device.id = id;
    device.user = RecordId(query.text(0));
    device.publicKey = query.bytes(1);
    device.isActive = query.text(2) == QLatin1StringView("active");
    device.isWiping = query.text(2) == QLatin1StringView("wiping");
    device.isCondemned = query.text(2) == QLatin1StringView("condemned");
    device.isWiped = query.text(2) == QLatin1StringView("wiped");
    device.bootCounter = query.integer(3);
    device.lastN = query.integer(4);
    device.lastSeen = {query.integer(5)};
    return device;
}

Result<> LoginTables::addDevice(const QString &id, const RecordId &user,
                                const QByteArray &publicKey, const QString &platform, Instant now)
{
    return m_database
        .query("INSERT INTO device(id, user_id, pubkey, platform, status, last_seen) "
               "VALUES(?,?,?,?,'active',?)")
        .bind(1, id)
        .bind(2, user)
        .bind(3, publicKey)
        .bind(4, platform.left(200))
        .bind(5, now.ms)
        .run();
}

std::vector<LoginTables::Listed> LoginTables::devicesOf(const RecordId &user)
{
    std::vector<Listed> devices;
    Query query = m_database.query("SELECT id, platform, status, last_seen FROM device WHERE "
                                   "user_id=? AND pubkey IS NOT NULL ORDER BY last_seen DESC, id");
    query.bind(1, user);
    while (query.next())
        devices.push_back({query.text(0), query.text(1), query.text(2), {query.integer(3)}});
    return devices;
}

Result<> LoginTables::noteWiped(const QString &device)
{
    auto done =
        m_database.query("UPDATE device SET status='wiped' WHERE id=?").bind(1, device).run();
    return done ? m_database.query("DELETE FROM session WHERE device=?").bind(1, device).run()
                : done;
}

Result<> LoginTables::noteLogin(const QString &device, qint64 bootCounter, Instant now,
                                Instant leaseUntil)
{
    return m_database
        .query("UPDATE device SET boot_counter=?, last_seen=?, lease_until=? WHERE id=?")
        .bind(1, bootCounter)
        .bind(2, now.ms)
        .bind(3, leaseUntil.ms)
        .bind(4, device)
        .run();
}

Result<> LoginTables::addEnrolment(const QByteArray &codeHash, const RecordId &user,
                                   Instant expires)
{
    return m_database.query("INSERT INTO enrolment(code_hash, user_id, expires) VALUES(?,?,?)")
        .bind(1, codeHash)
        .bind(2, user)
        .bind(3, expires.ms)
        .run();
}

Result<RecordId> LoginTables::useEnrolment(const QByteArray &codeHash, Instant now)
{
    Query query = m_database.query(
        "UPDATE enrolment SET used_at=?1 WHERE code_hash=?2 AND used_at=0 "
        "AND expires>?1 RETURNING user_id");
    query.bind(1, now.ms).bind(2, codeHash);
    if (!query.next())
        return query.error().value_or(Error("enrol.code_invalid"_reason));
    return RecordId(query.text(0));
}

QString LoginTables::deviceMadeBy(const QByteArray &codeHash, const QByteArray &publicKey,
                                  Instant now)
{
    Query query = m_database.query(
        "SELECT d.id FROM enrolment e JOIN device d ON d.user_id=e.user_id "
        "WHERE e.code_hash=? AND e.used_at>0 AND e.expires>? AND d.pubkey=? "
        "AND d.status='active' AND d.boot_counter=0 AND d.last_seen>=e.used_at");
    query.bind(1, codeHash).bind(2, now.ms).bind(3, publicKey);
    return query.next() ? query.text(0) : QString();
}

std::optional<LoginTables::Session> LoginTables::session(const QString &tokenId,
                                                         const QString &device)
{
    Query query = m_database.query("SELECT user_id, secret_hash, issued, expires FROM session "
                                   "WHERE token_id=? AND device=? AND revoked_at=0");
    query.bind(1, tokenId).bind(2, device);
    if (!query.next())
        return std::nullopt;
    return Session{tokenId,
                   RecordId(query.text(0)),
                   query.bytes(1),
                   {query.integer(2)},
                   {query.integer(3)}};
}

Result<> LoginTables::addSession(const Session &session, const QString &device,
                                 const QString &keepTokenId)
{
    auto done = m_database.query("DELETE FROM session WHERE device=? AND token_id<>?")
                    .bind(1, device)
                    .bind(2, keepTokenId.isNull() ? QStringLiteral("") : keepTokenId)
                    .run();
    if (!done)
        return done;
    return m_database
        .query("INSERT INTO session(token_id, device, user_id, secret_hash, issued, expires) "
               "VALUES(?,?,?,?,?,?)")
        .bind(1, session.tokenId)
        .bind(2, device)
        .bind(3, session.user)
        .bind(4, session.secretHash)
        .bind(5, session.issued.ms)
        .bind(6, session.expires.ms)
        .run();
}

Result<std::vector<LoginBudget>> LoginTables::budgets()
{
    std::vector<LoginBudget> budgets;
    Query query = m_database.query("SELECT key, streak, at FROM login_budget");
    while (query.next())
        budgets.push_back({query.bytes(0), int(query.integer(1)), {query.integer(2)}});
    if (query.error())
        return *query.error();
    return budgets;
}

Result<> LoginTables::storeBudgets(const LoginThrottle::Changes &changes)
{
    for (const LoginBudget &budget : changes.kept) {
        auto done = m_database
                        .query("INSERT INTO login_budget(key, streak, at) VALUES(?,?,?) ON "
                               "CONFLICT(key) DO UPDATE SET streak=excluded.streak, at=excluded.at")
                        .bind(1, budget.key)
                        .bind(2, budget.streak)
                        .bind(3, budget.at.ms)
                        .run();
        if (!done)
            return done;
    }
    for (const QByteArray &key : changes.forgotten) {
        auto done = m_database.query("DELETE FROM login_budget WHERE key=?").bind(1, key).run();
        if (!done)
            return done;
    }
    return {};
}

} // namespace keydesk
