#include "protocol/auth_transcript.h"

#include <QtEndian>

namespace keydesk {

namespace {

void appendField(QByteArray &bytes, const QByteArray &field)
{
    char length[4];
    qToBigEndian<quint32>(quint32(field.size()), length);
    bytes.append(length, sizeof length).append(field);
}

} // namespace

QByteArray AuthTranscript::bytes() const
{
    QByteArray bytes("keydesk-auth-v1");
    appendField(bytes, nonce);
    appendField(bytes, certificateHash);
    appendField(bytes, deviceId.toUtf8());
    appendField(bytes, tokenId.toUtf8());
    return bytes;
}

AuthTranscript AuthTranscript::forNewDevice(const QByteArray &nonce,
                                            const QByteArray &certificateHash,
                                            const QString &hostDevice,
                                            const QByteArray &newPublicKey)
{
    return {nonce, certificateHash, hostDevice,
            QStringLiteral("enrol:") + QString::fromLatin1(newPublicKey.toHex())};
}

} // namespace keydesk
