#include "sync/device_key.h"

#include <sodium.h>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

static_assert(crypto_sign_SECRETKEYBYTES == 64);

const unsigned char *bytesOf(const QByteArray &array)
{
    return reinterpret_cast<const unsigned char *>(array.constData());
}

QByteArray arrayOf(const unsigned char *bytes, qsizetype size)
{
    return QByteArray(reinterpret_cast<const char *>(bytes), size);
}

} // namespace

DeviceKey DeviceKey::create()
{
    if (sodium_init() < 0)
        qFatal("no random source");
    DeviceKey key;
    unsigned char publicKey[crypto_sign_PUBLICKEYBYTES];
    crypto_sign_keypair(publicKey, key.m_secret.data());
    return key;
}

Result<DeviceKey> DeviceKey::deserialize(const QByteArray &bytes)
{
    if (sodium_init() < 0 || bytes.size() != crypto_sign_SEEDBYTES)
        return Error("storage.failed"_reason, {u"device key"_s});
    DeviceKey key;
    unsigned char publicKey[crypto_sign_PUBLICKEYBYTES];
    crypto_sign_seed_keypair(publicKey, key.m_secret.data(), bytesOf(bytes));
    return key;
}

DeviceKey::~DeviceKey()
{
    sodium_memzero(m_secret.data(), m_secret.size());
}

QByteArray DeviceKey::publicKey() const
{
    return arrayOf(m_secret.data() + crypto_sign_SEEDBYTES, crypto_sign_PUBLICKEYBYTES);
}

QByteArray DeviceKey::sign(const QByteArray &message) const
{
    unsigned char signature[crypto_sign_BYTES];
    crypto_sign_detached(signature, nullptr, bytesOf(message), quint64(message.size()),
                         m_secret.data());
    return arrayOf(signature, sizeof signature);
}

QByteArray DeviceKey::serialize() const
{
    return arrayOf(m_secret.data(), crypto_sign_SEEDBYTES);
}

} // namespace keydesk
