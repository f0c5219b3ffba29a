#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QHash>
#include <QList>

namespace keydesk {

// What one try of a password is counted under.
struct LoginAttempt
{
    QString account;
    QString deviceId;
    bool knownDevice = false; // this account has logged in from this device before
    QString network; // /24 or /64 of the address
};

// Decides whether a password may be tried now. Counts a try when it is admitted, so that many at
// once cannot slip past while their hashes are computed; success gives it back. Tries from devices
// the account is known on have budgets of their own: a stranger cannot lock anybody out. It hashes
// nothing and stores nothing.
class LoginThrottle
{
public:
    struct Limits
    {
        int accountFailures = 10; // in `window`, then one try per growing delay
        int networkFailures = 100;
        int strangersPerMinute = 240;
        qint64 window = 15 * minute;
        qint64 firstDelay = 15 * minute;
        qint64 longestDelay = 4 * hour;
        qint64 forgetAfter = day;
    };

    LoginThrottle(const Clock &clock, Limits limits);
    explicit LoginThrottle(const Clock &clock)
        : LoginThrottle(clock, Limits())
    {
    }

    /// Admits and counts the try, or says login.throttled with the seconds to wait.
    Result<> admit(const LoginAttempt &attempt);
    /// The admitted try was right: its account's budget starts anew.
    void succeeded(const LoginAttempt &attempt);
    /// Forgets what no longer matters; call it now and then (admit does so too).
    void purge();
    /// Number of accounts, devices and networks remembered.
    qsizetype remembered() const { return m_budgets.size(); }

private:
    struct Budget
    {
        QList<Instant> tries; // within the window, oldest first
        int streak = 0; // tries since the last success; accounts only
        Instant last;
    };

    Instant allowedAt(const Budget &budget, int most) const;
    Budget &charge(const QString &key, Instant now);
    void dropOldTries(Budget &budget, Instant now) const;

    const Clock &m_clock;
    Limits m_limits;
    QHash<QString, Budget> m_budgets;
    QList<Instant> m_strangers;
    Instant m_purged;
};

} // namespace keydesk
