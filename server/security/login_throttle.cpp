#include "security/login_throttle.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

QByteArray budgetKey(const QString &words)
{
    return QCryptographicHash::hash(words.toUtf8(), QCryptographicHash::Sha256).left(16);
}

// Case is folded so that another spelling of the account is not another budget.
QByteArray accountKey(const LoginAttempt &attempt)
{
    const QString account = attempt.account.toCaseFolded();
    return budgetKey(attempt.knownDevice ? u"d\n"_s + attempt.deviceId + u'\n' + account
                                         : u"a\n"_s + account);
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
    if (now - m_purged >= minute)
        purge();
    const QByteArray account = accountKey(attempt);
    const auto pools = poolsOf(attempt);
    qint64 wait = untilNextTry(account);
    for (const Pool &pool : pools) {
        if (!attempt.knownDevice)
            wait = std::max(wait, taken(pool) + pool.cost - pool.span);
    }
    if (wait > 0)
        return Error("login.throttled"_reason, {QString::number((wait + second - 1) / second)});
    const LoginBudget before = m_budgets.value(account);
    set({account, isOver(before) ? 1 : before.streak + 1, now});
    // A pool has no streak: an office full of people must not add up to a growing delay.
    for (const Pool &pool : pools) {
        if (!attempt.knownDevice)
            set({pool.key, 0, now + (taken(pool) + pool.cost)});
    }
    return {};
}

void LoginThrottle::succeeded(const LoginAttempt &attempt)
{
    forget(accountKey(attempt));
    // An office behind one address: only what fails counts, and others' failures stay counted.
    if (!attempt.knownDevice)
        giveBack(poolsOf(attempt).front());
}

void LoginThrottle::withdrawn(const LoginAttempt &attempt)
{
    LoginBudget account = m_budgets.value(accountKey(attempt));
    if (--account.streak > 0)
        set(account);
    else
        forget(accountKey(attempt));
    for (const Pool &pool : poolsOf(attempt)) {
        if (!attempt.knownDevice)
            giveBack(pool);
    }
}

void LoginThrottle::purge()
{
    m_purged = m_clock.now();
    m_budgets.removeIf([this](QHash<QByteArray, LoginBudget>::iterator it) {
        if (!isOver(*it))
            return false;
        m_changed.insert(it.key());
        return true;
    });
}

// ---- What is stored

void LoginThrottle::restore(const std::vector<LoginBudget> &budgets)
{
    const Instant now = m_clock.now();
    const Pool strangers = poolsOf({}).back();
    for (const LoginBudget &stored : budgets) {
        LoginBudget budget = stored;
        const qint64 span = budget.key == strangers.key ? strangers.span : m_limits.window;
        budget.at = std::min(budget.at, budget.streak > 0 ? now : now + span);
        m_budgets.insert(budget.key, budget);
    }
    purge();
}

LoginThrottle::Changes LoginThrottle::takeChanges()
{
    Changes changes;
    for (const QByteArray &key : std::as_const(m_changed)) {
        const auto budget = m_budgets.constFind(key);
        if (budget == m_budgets.cend())
            changes.forgotten.append(key);
        else
            changes.kept.push_back(*budget);
    }
    m_changed.clear();
    return changes;
}

void LoginThrottle::notStored(const Changes &changes)
{
    for (const LoginBudget &budget : changes.kept)
        m_changed.insert(budget.key);
    for (const QByteArray &key : changes.forgotten)
        m_changed.insert(key);
}

// ---- Accounts and devices

qint64 LoginThrottle::untilNextTry(const QByteArray &account) const
{
    const LoginBudget budget = m_budgets.value(account);
    if (budget.streak < m_limits.accountFailures || isOver(budget))
        return 0;
    const int doublings = std::min(budget.streak - m_limits.accountFailures, 20);
    const qint64 delay = std::min(m_limits.firstDelay << doublings, m_limits.longestDelay);
    return budget.at + delay - m_clock.now();
}

bool LoginThrottle::isOver(const LoginBudget &budget) const
{
    const Instant now = m_clock.now();
    if (budget.streak == 0)
        return budget.at <= now;
    // A long streak outlives its window, or waiting 15 minutes would end the growing delay.
    const bool isLong = budget.streak >= m_limits.accountFailures;
    return now - budget.at >= (isLong ? m_limits.forgetAfter : m_limits.window);
}

void LoginThrottle::set(const LoginBudget &budget)
{
    if (!m_budgets.contains(budget.key) && m_budgets.size() >= m_limits.budgets)
        makeRoom();
    m_budgets.insert(budget.key, budget);
    m_changed.insert(budget.key);
}

void LoginThrottle::forget(const QByteArray &key)
{
    if (m_budgets.remove(key) > 0)
        m_changed.insert(key);
}

void LoginThrottle::makeRoom()
{
    purge();
    if (m_budgets.size() < m_limits.budgets)
        return;
    const auto oldest = std::min_element(m_budgets.cbegin(), m_budgets.cend(),
                                         [](const LoginBudget &left, const LoginBudget &right) {
                                             return left.at < right.at;
                                         });
    forget(QByteArray(oldest.key()));
}

// ---- Pools

std::array<LoginThrottle::Pool, 2> LoginThrottle::poolsOf(const LoginAttempt &attempt) const
{
    return {Pool{budgetKey(u"n\n"_s + attempt.network), m_limits.window / m_limits.networkFailures,
                 m_limits.window},
            Pool{budgetKey(u"s"_s), minute / m_limits.strangersPerMinute, minute}};
}

// ms of its span
qint64 LoginThrottle::taken(const Pool &pool) const
{
    const auto budget = m_budgets.constFind(pool.key);
    return budget == m_budgets.cend() ? 0 : std::max<qint64>(budget->at - m_clock.now(), 0);
}

void LoginThrottle::giveBack(const Pool &pool)
{
    const qint64 rest = taken(pool) - pool.cost;
    if (rest > 0)
        set({pool.key, 0, m_clock.now() + rest});
    else
        forget(pool.key);
}

} // namespace keydesk
