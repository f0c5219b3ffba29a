#include "security/device_signature.h"

#include <sodium.h>

namespace keydesk {

namespace {

constexpr qsizetype nonceSize = 32;
constexpr qsizetype hashSize = 32;

const unsigned char *bytesOf(const QByteArray &array)
{
    return reinterpret_cast<const unsigned char *>(array.constData());
}

} // namespace

bool isDevicePublicKey(const QByteArray &publicKey)
{
    return publicKey.size() == crypto_sign_PUBLICKEYBYTES;
}

bool deviceSigned(const AuthTranscript &transcript, const QByteArray &signature,
                  const QByteArray &publicKey)
{
    if (sodium_init() < 0 || transcript.nonce.size() != nonceSize
        || transcript.certificateHash.size() != hashSize || signature.size() != crypto_sign_BYTES
        || !isDevicePublicKey(publicKey))
        return false;
    const QByteArray message = transcript.bytes();
    return crypto_sign_verify_detached(bytesOf(signature), bytesOf(message),
                                       quint64(message.size()), bytesOf(publicKey))
        == 0;
}

} // namespace keydesk
