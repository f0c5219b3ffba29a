#pragma once

#include "sync/outbox.h"

namespace keydesk {

// Lets a person in while the server is out of reach: somebody who proved this password here before,
// and only as long as the lease that the server gave lasts (sync.md, G9). Knows no password itself,
// only its argon2id verifier in the outbox.
class OfflinePass
{
public:
    explicit OfflinePass(Outbox &outbox)
        : m_outbox(outbox)
    {
    }

    /// Whether this password opens the replica here at `systemNow`. Errors: offline (never signed
    /// in here), login.wrong, login.lease_ended. Takes about 0.1 s.
    Result<> admit(const QString &password, Instant systemNow) const;
    /// The same for a device that still holds its token, without a password.
    Result<> admitByToken(Instant systemNow) const;
    /// Nobody is let in here any more without the server; the next Welcome opens it again. What was
    /// typed stays in the outbox. Errors: those of storage.
    Result<> revoke();
    /// Keeps a verifier of the password that the server has just accepted.
    Result<> remember(const QString &password);

    /// Notes what the server's clock says, so that a clock set back does not stretch the lease.
    Result<> noteServerTime(Instant serverNow, Instant systemNow);
    /// The server's time as far as it can be known without asking it; never before what was noted.
    Instant estimate(Instant systemNow) const;
    Result<> checkLease(Instant systemNow) const;

    /// So much time has passed on a clock that nobody can set since the server last said its time,
    /// or since the last call.
    Result<> countSteadyTime(qint64 milliseconds);
    /// Whether the lease ended a week ago, by the server's time and what is proven to have passed
    /// since: the PC's own clock never takes anything away (sync.md, G9).
    bool isReplicaForfeit() const;

private:
    bool isRevoked() const;

    Outbox &m_outbox;
};

} // namespace keydesk
