#include "sync/offline_pass.h"

#include <sodium.h>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 keptAfterLease = 7 * day; // sync.md, G9

} // namespace

Result<> OfflinePass::admit(const QString &password, Instant systemNow) const
{
    const QByteArray verifier = m_outbox.identity(u"password_verifier"_s).toLatin1();
    if (isRevoked())
        return Error("login.lease_ended"_reason);
    if (verifier.isEmpty())
        return Error("offline"_reason);
    const QByteArray typed = password.toUtf8();
    if (sodium_init() < 0
        || crypto_pwhash_str_verify(verifier.constData(), typed.constData(),
                                    static_cast<unsigned long long>(typed.size()))
            != 0)
        return Error("login.wrong"_reason);
    return checkLease(systemNow);
}

Result<> OfflinePass::admitByToken(Instant systemNow) const
{
    if (isRevoked())
        return Error("login.lease_ended"_reason);
    if (m_outbox.identity(u"token_id"_s).isEmpty())
        return Error("offline"_reason);
    return checkLease(systemNow);
}

Result<> OfflinePass::remember(const QString &password)
{
    const QByteArray typed = password.toUtf8();
    char verifier[crypto_pwhash_STRBYTES];
    if (sodium_init() < 0
        || crypto_pwhash_str(verifier, typed.constData(),
                             static_cast<unsigned long long>(typed.size()),
                             crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE)
            != 0)
        return Error("storage.failed"_reason, {u"argon2id"_s});
    return m_outbox.setIdentity(u"password_verifier"_s, QString::fromLatin1(verifier));
}

// The lease goes first: whatever of this reaches the disk, nobody is let in.
Result<> OfflinePass::revoke()
{
    auto done = isRevoked()
        ? Result<>()
        : m_outbox.setIdentity(u"lease_was"_s, m_outbox.identity(u"lease_until"_s));
    if (done)
        done = m_outbox.setIdentity(u"lease_until"_s, u"1"_s);
    for (const QString &key : {u"password_verifier"_s, u"token_id"_s, u"token_secret"_s}) {
        if (done)
            done = m_outbox.setIdentity(key, {});
    }
    return done;
}

bool OfflinePass::isRevoked() const
{
    return m_outbox.identity(u"lease_until"_s) == u"1";
}

Result<> OfflinePass::noteServerTime(Instant serverNow, Instant systemNow)
{
    auto noted = m_outbox.setIdentity(u"server_time_seen"_s, QString::number(serverNow.ms));
    if (noted)
        noted = m_outbox.setIdentity(u"steady_since"_s, u"0"_s);
    if (!noted)
        return noted;
    return m_outbox.setIdentity(u"server_clock_offset"_s, QString::number(serverNow - systemNow));
}

Instant OfflinePass::estimate(Instant systemNow) const
{
    const Instant seen{m_outbox.identity(u"server_time_seen"_s).toLongLong()};
    const qint64 offset = m_outbox.identity(u"server_clock_offset"_s).toLongLong();
    return std::max(seen, systemNow + offset);
}

Result<> OfflinePass::countSteadyTime(qint64 milliseconds)
{
    const qint64 before = m_outbox.identity(u"steady_since"_s).toLongLong();
    return m_outbox.setIdentity(u"steady_since"_s, QString::number(before + milliseconds));
}

bool OfflinePass::isReplicaForfeit() const
{
    const QString lease = m_outbox.identity(isRevoked() ? u"lease_was"_s : u"lease_until"_s);
    const Instant until{lease.toLongLong()};
    const Instant seen{m_outbox.identity(u"server_time_seen"_s).toLongLong()};
    const Instant proven = seen + m_outbox.identity(u"steady_since"_s).toLongLong();
    return !until.isNull() && !seen.isNull() && proven - until >= keptAfterLease;
}

Result<> OfflinePass::checkLease(Instant systemNow) const
{
    const Instant until{m_outbox.identity(u"lease_until"_s).toLongLong()};
    if (until.isNull())
        return Error("offline"_reason);
    if (estimate(systemNow) >= until)
        return Error("login.lease_ended"_reason);
    return {};
}

} // namespace keydesk
