#pragma once

#include <QByteArray>
#include <QString>

namespace keydesk {

// What a device signs to log in and what the server verifies: the one place that knows the bytes.
// The nonce ties the signature to this connection's Challenge, the certificate's hash to this
// server, so that neither a recorded nor a relayed login is worth anything.
struct AuthTranscript
{
    QByteArray nonce; // 32 bytes from the Challenge
    QByteArray certificateHash; // SHA-256 of the DER of the server's own certificate, 32 bytes
    QString deviceId;
    QString tokenId; // empty when logging in with a password

    /// "keydesk-auth-v1", then each field in the order above as 4 bytes of big-endian length and
    /// its bytes (texts in UTF-8). Never change it: a new layout gets a new first word.
    QByteArray bytes() const;
    /// What a device that is known signs to bring in another of the same PC: the new key stands in
    /// the place of the token.
    static AuthTranscript forNewDevice(const QByteArray &nonce, const QByteArray &certificateHash,
                                       const QString &hostDevice, const QByteArray &newPublicKey);
};

} // namespace keydesk
