#pragma once

#include "base/result.h"

#include <QByteArray>

#include <array>

namespace keydesk {

// The Ed25519 key pair that names one device to the server. The secret half leaves this object only
// through serialize(), for the device's own store; it is wiped from memory with the object.
class DeviceKey
{
public:
    /// A new pair from the kernel's random source.
    static DeviceKey create();
    /// The pair that serialize() gave; storage.failed when the bytes are not one.
    static Result<DeviceKey> deserialize(const QByteArray &bytes);

    DeviceKey(const DeviceKey &) = default;
    DeviceKey &operator=(const DeviceKey &) = default;
    ~DeviceKey();

    /// 32 bytes; the server keeps them at enrolment.
    QByteArray publicKey() const;
    /// A detached signature of 64 bytes.
    QByteArray sign(const QByteArray &message) const;
    /// The 32-byte seed from which the pair is made again. A secret.
    QByteArray serialize() const;

private:
    DeviceKey() = default;

    std::array<unsigned char, 64> m_secret{}; // seed, then public key, as libsodium lays it out
};

} // namespace keydesk
