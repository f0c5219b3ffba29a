#include "security/password.h"

#include "security/token.h"

#include <QSet>

#include <sodium.h>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr char commonPasswords[] =
#include "security/common_passwords.inc"
    ;

// The same password typed on another keyboard or input method is the same password.
QString normalized(const QString &password)
{
    return password.normalized(QString::NormalizationForm_KC);
}

bool isCommon(const QString &lowered)
{
    const auto list = QByteArray::fromRawData(commonPasswords, sizeof commonPasswords - 1);
    const QList<QByteArray> words = list.simplified().split(' ');
    if (std::binary_search(words.cbegin(), words.cend(), lowered.toUtf8()))
        return true;
    // "aaaaaaaa" and "abababab" of any length.
    return QSet<QChar>(lowered.cbegin(), lowered.cend()).size() <= 2;
}

bool isChinese(const QString &word)
{
    return std::any_of(word.cbegin(), word.cend(),
                       [](QChar c) { return c.script() == QChar::Script_Han; });
}

bool holdsContext(const QString &lowered, const QStringList &contextWords)
{
    return std::any_of(contextWords.cbegin(), contextWords.cend(), [&](const QString &raw) {
        const QString word = normalized(raw).toCaseFolded();
        return word.size() >= (isChinese(word) ? 2 : 3) && lowered.contains(word);
    });
}

} // namespace

Result<> checkNewPassword(const QString &password, const QStringList &contextWords)
{
    const QString text = normalized(password);
    const qsizetype characters = text.toUcs4().size();
    if (characters < passwordMinimum)
        return Error("password.too_short"_reason, {QString::number(passwordMinimum)});
    if (characters > passwordMaximum)
        return Error("password.too_long"_reason, {QString::number(passwordMaximum)});
    const QString lowered = text.toCaseFolded();
    if (isCommon(lowered))
        return Error("password.common"_reason);
    if (holdsContext(lowered, contextWords + QStringList{u"keydesk"_s}))
        return Error("password.context"_reason);
    return {};
}

PasswordHasher::PasswordHasher(PasswordCost cost)
    : m_cost(cost)
{
    if (auto made = hash(randomText(16)))
        m_dummy = *made;
}

Result<QByteArray> PasswordHasher::hash(const QString &password) const
{
    QByteArray bytes = normalized(password).toUtf8();
    std::array<char, crypto_pwhash_STRBYTES> out{};
    const int failed = sodium_init() < 0
        || crypto_pwhash_argon2id_str(out.data(), bytes.constData(), quint64(bytes.size()),
                                      m_cost.passes, size_t(m_cost.memoryBytes));
    sodium_memzero(bytes.data(), size_t(bytes.size()));
    if (failed)
        return Error("server.busy"_reason, {}, u"argon2id"_s);
    return QByteArray(out.data());
}

bool PasswordHasher::matches(const std::optional<QByteArray> &hash, const QString &password) const
{
    QByteArray bytes = normalized(password).toUtf8();
    const QByteArray &stored = hash ? *hash : m_dummy;
    // No normalised password of ours is longer; what is longer is not worth the hashing.
    const bool plausible = bytes.size() <= passwordMaximum * 4;
    const bool fits = plausible && sodium_init() >= 0
        && crypto_pwhash_argon2id_str_verify(stored.constData(), bytes.constData(),
                                             quint64(bytes.size()))
            == 0;
    sodium_memzero(bytes.data(), size_t(bytes.size()));
    return fits && hash.has_value();
}

bool PasswordHasher::needsRehash(const QByteArray &hash) const
{
    return crypto_pwhash_argon2id_str_needs_rehash(hash.constData(), m_cost.passes,
                                                   size_t(m_cost.memoryBytes))
        != 0;
}

} // namespace keydesk
