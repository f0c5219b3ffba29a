#pragma once

#include "protocol/auth_transcript.h"

namespace keydesk {

/// Whether bytes may be kept as a device's public key: 32 of them.
bool isDevicePublicKey(const QByteArray &publicKey);

/// Whether `signature` over the transcript was made with the device's secret key. Wrong sizes, also
/// of the nonce or the certificate's hash, are simply "no".
bool deviceSigned(const AuthTranscript &transcript, const QByteArray &signature,
                  const QByteArray &publicKey);

} // namespace keydesk
