#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QByteArray>
#include <QStringList>

namespace keydesk {

// A private key and its certificate as PEM texts. Plain data; files are the business of Pki.
struct CertificatePair
{
    QByteArray keyPem;
    QByteArray certificatePem;
};

// Until when a certificate speaks and for which names.
struct CertificateFacts
{
    Instant notBefore;
    Instant notAfter;
    QStringList names; // DNS names and IP addresses of the subject alternative names
};

/// A self-signed ECDSA P-256 authority named `commonName`, valid from a day before `now` (clocks of
/// desktops lag) for ten years, good for signing server certificates only.
/// certificate.failed with OpenSSL's words in the detail.
Result<CertificatePair> makeAuthority(const QString &commonName, Instant now);

/// A P-256 server certificate signed by `authority`, valid from a day before `now` until `lifetime`
/// ms after it (never beyond the authority), for `names`: host names and IP addresses.
/// certificate.name_malformed for a name that is neither.
Result<CertificatePair> issueServerCertificate(const CertificatePair &authority,
                                               const QStringList &names, Instant now,
                                               qint64 lifetime);

/// Dates and names of the first certificate of a PEM text.
Result<CertificateFacts> certificateFacts(const QByteArray &certificatePem);

/// SHA-256 of the SubjectPublicKeyInfo of the first certificate of a PEM text: the pin when the
/// certificate is the authority's. 32 bytes.
Result<QByteArray> publicKeyPin(const QByteArray &certificatePem);

/// Whether the key of `pair` belongs to its certificate; certificate.failed when not.
Result<> checkPair(const CertificatePair &pair);

} // namespace keydesk
