#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QByteArrayList>
#include <QHash>
#include <QSet>

#include <array>
#include <vector>

namespace keydesk {

// What one try of a password is counted under.
struct LoginAttempt
{
    QString account;
    QString deviceId;
    bool knownDevice = false; // this account has logged in from this device before
    QString network; // /24 or /64 of the address
};

// What is remembered under one key: tries of an account or a device, or a pool that many share.
struct LoginBudget
{
    QByteArray key; // a hash, for people type their password where the name belongs
    int streak = 0; // tries since the last success; 0: a pool
    Instant at; // of the last try; of a pool, when all that was taken has come back
};

// Decides whether a password may be tried now. Counts a try when it is admitted, so that many at
// once cannot slip past while their hashes are computed; success gives it back. Tries from devices
// the account is known on have budgets of their own: a stranger cannot lock anybody out. It hashes
// no password and stores nothing, but says what is to be stored, of which there is a bounded
// number of rows whatever names and networks are tried.
class LoginThrottle
{
public:
    struct Limits
    {
        int accountFailures = 10; // then one try per growing delay
        int networkFailures = 100; // at once; they come back one by one over `window`
        int strangersPerMinute = 240; // likewise, over a minute
        qint64 window = 15 * minute; // without a try: fewer failures than the limit are forgotten
        qint64 firstDelay = 15 * minute; // not below `window`
        qint64 longestDelay = 4 * hour;
        qint64 forgetAfter = day;
        // Beyond, the oldest go. More than strangers can make within `window`, so that what holds
        // an account to its limit is never pushed out by tries of others.
        qsizetype budgets = 10'000;
    };
    struct Changes
    {
        std::vector<LoginBudget> kept;
        QByteArrayList forgotten; // keys

        bool isEmpty() const { return kept.empty() && forgotten.isEmpty(); }
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
    /// The admitted try was not looked at: as if it had not been.
    void withdrawn(const LoginAttempt &attempt);
    /// Forgets what no longer matters; call it now and then (admit does so too).
    void purge();

    /// What was stored, in times of this throttle's clock. Times yet to come, from a clock
    /// that was put back, count as now.
    void restore(const std::vector<LoginBudget> &budgets);
    /// What is to be stored and was not yet taken.
    Changes takeChanges();
    /// They were not stored after all: they are part of what is taken next.
    void notStored(const Changes &changes);
    /// Number of accounts, devices and networks remembered.
    qsizetype remembered() const { return m_budgets.size(); }

private:
    // Holds the tries of many together: each takes `cost` ms of its `span`, which time gives back.
    struct Pool
    {
        QByteArray key;
        qint64 cost = 0;
        qint64 span = 0;
    };
    std::array<Pool, 2> poolsOf(const LoginAttempt &attempt) const;
    qint64 taken(const Pool &pool) const;
    void giveBack(const Pool &pool);
    qint64 untilNextTry(const QByteArray &account) const;
    bool isOver(const LoginBudget &budget) const;
    void set(const LoginBudget &budget);
    void forget(const QByteArray &key);
    void makeRoom();

    const Clock &m_clock;
    Limits m_limits;
    QHash<QByteArray, LoginBudget> m_budgets;
    QSet<QByteArray> m_changed;
    Instant m_purged;
};

} // namespace keydesk
