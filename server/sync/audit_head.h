#pragma once

#include "base/clock.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace keydesk {

// The end of the audit trail at one moment, signed: kept outside the box, it shows a trail that was
// rebuilt or cut there (reliability.md, "Audit"). One line of text.
struct AuditHead
{
    QString epoch;
    qint64 pos = 0;
    Instant at;
    QByteArray hash; // of the entry at pos, 32 bytes
    QByteArray publicKey; // Ed25519
    QByteArray signature;

    /// "audit-head 1 EPOCH POS AT HASH KEY SIGNATURE", the last three in hex.
    QString line() const;
    /// What is signed: the line without key and signature.
    QByteArray signedText() const;
    /// Whether the signature is this key's over the rest.
    bool isGenuine() const;
};

/// The heads in a text, for example the server's log: whatever stands around them is passed over.
std::vector<AuditHead> headsIn(const QByteArray &text);

} // namespace keydesk
