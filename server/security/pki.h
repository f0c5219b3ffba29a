#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QByteArray>
#include <QStringList>

class QSslConfiguration;

namespace keydesk {

// The keys and certificates of one server, as PEM files in DIR/tls that only their owner may read:
// ca-key.pem (may be taken off the machine), ca.pem, and server.pem with the server's key and its
// certificate in one file, so that a renewal is one rename. A customer's own files work too. It
// never touches the process-wide TLS defaults.
class Pki
{
public:
    /// What a look at the server certificate's age found.
    enum class Renewal {
        NotDue,
        Renewed,
        CaKeyAbsent // due, but only a person with the CA's key can do it
    };

    explicit Pki(QString folder)
        : m_folder(std::move(folder))
    {
    }

    bool exists() const;
    /// Makes the authority (10 years) and a server certificate (1 year) for `names`, host names and
    /// IP addresses, to which localhost, 127.0.0.1 and ::1 are always added. record.exists when the
    /// folder already holds an authority: its pin is in people's hands.
    Result<> create(const QStringList &names, Instant now) const;
    /// Issues a new server certificate for `names` from the same authority; the pin stays.
    Result<> reissue(const QStringList &names, Instant now) const;
    /// Reissues for the names of the present certificate when less than 60 days of it are left.
    Result<Renewal> renewIfDue(Instant now) const;

    /// SHA-256 of the authority's SubjectPublicKeyInfo, 32 bytes: goes into enrolment strings.
    Result<QByteArray> pin() const;
    /// SHA-256 of the DER of the server's certificate, 32 bytes: what devices sign at login.
    Result<QByteArray> certificateHash() const;
    Result<Instant> validUntil() const;
    /// TLS 1.3 only, with the server's key and its chain up to the authority. For one listener's
    /// sockets; never for QSslConfiguration::setDefaultConfiguration.
    Result<QSslConfiguration> configuration() const;

private:
    QString path(const char *file) const;

    QString m_folder;
};

} // namespace keydesk
