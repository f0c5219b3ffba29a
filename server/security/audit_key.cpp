#include "security/audit_key.h"

#include "security/private_file.h"

#include <QFile>

#include <sodium.h>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

const unsigned char *keyBytes(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

} // namespace

Result<AuditKey> AuditKey::open(const QString &path)
{
    QByteArray seed;
    if (QFile::exists(path)) {
        const auto stored = readPrivateFile(path, 256);
        if (!stored)
            return stored.error();
        seed = QByteArray::fromHex(stored->trimmed());
    } else {
        seed.resize(crypto_sign_SEEDBYTES);
        randombytes_buf(seed.data(), std::size_t(seed.size()));
        if (auto written = writePrivateFile(path, seed.toHex() + '\n'); !written)
            return written.error();
    }
    if (seed.size() != qsizetype(crypto_sign_SEEDBYTES))
        return Error("file.unreadable"_reason, {path, u"no signing key"_s});
    AuditKey key;
    key.m_publicKey.resize(crypto_sign_PUBLICKEYBYTES);
    key.m_secretKey.resize(crypto_sign_SECRETKEYBYTES);
    crypto_sign_seed_keypair(reinterpret_cast<unsigned char *>(key.m_publicKey.data()),
                             reinterpret_cast<unsigned char *>(key.m_secretKey.data()),
                             keyBytes(seed));
    sodium_memzero(seed.data(), std::size_t(seed.size()));
    return key;
}

AuditHead AuditKey::sign(AuditHead head) const
{
    const QByteArray text = head.signedText();
    head.publicKey = m_publicKey;
    head.signature.resize(crypto_sign_BYTES);
    crypto_sign_detached(reinterpret_cast<unsigned char *>(head.signature.data()), nullptr,
                         keyBytes(text), static_cast<unsigned long long>(text.size()),
                         keyBytes(m_secretKey));
    return head;
}

} // namespace keydesk
