#include "security/token.h"

#include <QCryptographicHash>

#include <sodium.h>

namespace keydesk {

namespace {

constexpr char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int codeCharacters = 20;
constexpr int codeGroup = 4;

char canonical(QChar typed)
{
    const char c = typed.toUpper().toLatin1();
    if (c == 'O')
        return '0';
    if (c == 'I' || c == 'L')
        return '1';
    return c;
}

QString grouped(const QByteArray &characters)
{
    QString code;
    for (int i = 0; i < codeCharacters; ++i) {
        if (i > 0 && i % codeGroup == 0)
            code += u'-';
        code += QLatin1Char(characters.at(i));
    }
    return code;
}

} // namespace

QByteArray randomBytes(qsizetype count)
{
    // A machine without a random source must not hand out secrets.
    if (sodium_init() < 0)
        qFatal("no random source");
    QByteArray bytes(count, Qt::Uninitialized);
    randombytes_buf(bytes.data(), size_t(count));
    return bytes;
}

QString randomText(qsizetype bytes)
{
    return QString::fromLatin1(randomBytes(bytes).toBase64(QByteArray::Base64UrlEncoding
                                                           | QByteArray::OmitTrailingEquals));
}

QString createToken()
{
    return randomText(32);
}

QString createEnrolmentCode()
{
    QByteArray characters = randomBytes(codeCharacters);
    for (char &c : characters)
        c = crockford[uchar(c) % 32];
    return grouped(characters);
}

std::optional<QString> normalizedEnrolmentCode(QStringView typed)
{
    QByteArray characters;
    for (const QChar c : typed) {
        if (c.isSpace() || c == u'-')
            continue;
        const char known = canonical(c);
        if (known == '\0' || !QByteArrayView(crockford).contains(known)
            || characters.size() == codeCharacters)
            return {};
        characters.append(known);
    }
    if (characters.size() != codeCharacters)
        return {};
    return grouped(characters);
}

QByteArray secretHash(QStringView secret)
{
    return QCryptographicHash::hash(secret.toUtf8(), QCryptographicHash::Sha256);
}

bool secretMatches(QStringView secret, const QByteArray &hash)
{
    const QByteArray own = secretHash(secret);
    return own.size() == hash.size()
        && sodium_memcmp(own.constData(), hash.constData(), size_t(own.size())) == 0;
}

} // namespace keydesk
