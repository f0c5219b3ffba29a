#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace keydesk {

// What one argon2id hash costs (one lane; libsodium offers no other). The default takes about
// 150 ms on a server core; tests pass something small.
struct PasswordCost
{
    quint64 passes = 3;
    quint64 memoryBytes = 64 * 1024 * 1024;
};

inline constexpr qsizetype passwordMinimum = 8;
inline constexpr qsizetype passwordMaximum = 128;

/// Whether a person may choose this password: 8 to 128 characters after NFKC, not among the most
/// used ones, and not containing "keydesk" or one of `contextWords` (the person's names, staff
/// number; words of fewer than 3 characters, 2 in Chinese, are not looked for). No rules of
/// composition (ASVS 5.0, 6.2). Errors: password.too_short, .too_long, .common, .context.
Result<> checkNewPassword(const QString &password, const QStringList &contextWords);

// Turns passwords into argon2id strings and compares them in constant time. Knows no users and
// keeps no password. Safe to use from several threads.
class PasswordHasher
{
public:
    explicit PasswordHasher(PasswordCost cost = {});

    /// The hash with its salt and cost as one ASCII string, "$argon2id$v=19$m=...". server.busy
    /// when there is no memory for it.
    Result<QByteArray> hash(const QString &password) const;
    /// Whether the password fits. Without a hash (no such user) it spends the same time on a dummy
    /// and says no, so that the answer's timing does not tell who exists.
    bool matches(const std::optional<QByteArray> &hash, const QString &password) const;
    /// Whether the hash was made at another cost than this one's: make a new one at the next login.
    bool needsRehash(const QByteArray &hash) const;

private:
    PasswordCost m_cost;
    QByteArray m_dummy;
};

} // namespace keydesk
