#include "security/login_throttle.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

// Case is folded so that another spelling of the account is not another budget.
QString accountKey(const LoginAttempt &attempt)
{
    const QString account = attempt.account.toCaseFolded();
    return attempt.knownDevice ? u"d\n"_s + attempt.deviceId + u'\n' + account : u"a\n"_s + account;
}

QString networkKey(const LoginAttempt &attempt)
{
    return u"n\n"_s + attempt.network;
}

} // namespace

LoginThrottle::LoginThrottle(const Clock &clock, Limits limits)
    : m_clock(clock)
    , m_limits(limits)
    , m_purged(clock.now())
{
}

Result<> LoginThrottle::admit(const LoginAttempt &attempt)
{
    const Instant now = m_clock.now();
    if (now - m_purged > m_limits.window)
        purge();
    Instant at = allowedAt(m_budgets.value(accountKey(attempt)), m_limits.accountFailures);
    if (!attempt.knownDevice) {
        const Budget network = m_budgets.value(networkKey(attempt));
        at = std::max(at, allowedAt(network, m_limits.networkFailures));
        while (!m_strangers.isEmpty() && now - m_strangers.first() >= minute)
            m_strangers.removeFirst();
        if (m_strangers.size() >= m_limits.strangersPerMinute)
            at = std::max(at, m_strangers.first() + minute);
    }
    if (now < at)
        return Error("login.throttled"_reason, {QString::number((at - now + second - 1) / second)});
    // A network has no streak: an office full of people must not add up to a growing delay.
    Budget &account = charge(accountKey(attempt), now);
    ++account.streak;
    if (!attempt.knownDevice) {
        charge(networkKey(attempt), now);
        m_strangers.append(now);
    }
    return {};
}

void LoginThrottle::succeeded(const LoginAttempt &attempt)
{
    m_budgets.remove(accountKey(attempt));
    const auto network = m_budgets.find(networkKey(attempt));
    // An office behind one address: only what fails counts, and others' failures stay counted.
    if (!attempt.knownDevice && network != m_budgets.end() && !network->tries.isEmpty())
        network->tries.removeLast();
}

void LoginThrottle::purge()
{
    const Instant now = m_clock.now();
    m_purged = now;
    m_budgets.removeIf([&](QHash<QString, Budget>::iterator it) {
        dropOldTries(*it, now);
        // A long streak outlives its tries, or waiting 15 minutes would end the growing delay.
        const bool remembered = it->streak >= m_limits.accountFailures
            && now - it->last < m_limits.forgetAfter;
        return it->tries.isEmpty() && !remembered;
    });
}

Instant LoginThrottle::allowedAt(const Budget &budget, int most) const
{
    Instant at{0};
    const qsizetype recent = std::count_if(budget.tries.cbegin(), budget.tries.cend(),
                                           [&](Instant tried) {
                                               return m_clock.now() - tried < m_limits.window;
                                           });
    if (recent >= most)
        at = budget.tries.at(budget.tries.size() - most) + m_limits.window;
    const bool forgotten = m_clock.now() - budget.last >= m_limits.forgetAfter;
    if (budget.streak >= most && !forgotten) {
        const int doublings = std::min(budget.streak - most, 20);
        const qint64 delay = std::min(m_limits.firstDelay << doublings, m_limits.longestDelay);
        at = std::max(at, budget.last + delay);
    }
    return at;
}

LoginThrottle::Budget &LoginThrottle::charge(const QString &key, Instant now)
{
    Budget &budget = m_budgets[key];
    dropOldTries(budget, now);
    if (now - budget.last >= m_limits.forgetAfter)
        budget.streak = 0;
    budget.tries.append(now);
    budget.last = now;
    return budget;
}

void LoginThrottle::dropOldTries(Budget &budget, Instant now) const
{
    while (!budget.tries.isEmpty() && now - budget.tries.first() >= m_limits.window)
        budget.tries.removeFirst();
}

} // namespace keydesk
