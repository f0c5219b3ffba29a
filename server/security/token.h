#pragma once

#include "base/clock.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace keydesk {

/// How long a one-time enrolment code may be used.
inline constexpr qint64 enrolmentCodeLifetime = day;

/// Bytes from the kernel's random source.
QByteArray randomBytes(qsizetype count);
/// Random bytes as base64url without padding: for ids and tokens.
QString randomText(qsizetype bytes);
/// A session token: 256 random bits as 43 characters. Stored as secretHash() only.
QString createToken();

/// A one-time code to read out or type: five groups of four from Crockford's base32 (no I, L, O,
/// U), 100 random bits, "7KQF-2MZT-9VXA-01BC-DEFG". Stored as secretHash() only.
QString createEnrolmentCode();
/// The code as created, from what a person typed: any case, blanks or hyphens anywhere, O for 0,
/// I and L for 1. Nothing when it cannot be a code.
std::optional<QString> normalizedEnrolmentCode(QStringView typed);

/// SHA-256 of a random secret, 32 bytes; for secrets of this file only, never for passwords.
QByteArray secretHash(QStringView secret);
/// Whether the secret has this hash, in constant time.
bool secretMatches(QStringView secret, const QByteArray &hash);

} // namespace keydesk
