#include "security/pki.h"

#include "security/certificate.h"
#include "security/private_file.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

Q_LOGGING_CATEGORY(lcPki, "keydesk.server.pki", QtInfoMsg)

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr qint64 serverLifetime = 365 * day;
constexpr qint64 renewalMargin = 60 * day;
constexpr char keyGroups[] = "X25519:P-256:P-384";
constexpr char caKeyFile[] = "ca-key.pem";
constexpr char caFile[] = "ca.pem";
constexpr char serverFile[] = "server.pem";

QStringList withLocalNames(const QStringList &names)
{
    QStringList all = names;
    for (const QString &local : {u"localhost"_s, u"127.0.0.1"_s, u"::1"_s}) {
        if (!all.contains(local, Qt::CaseInsensitive))
            all.append(local);
    }
    return all;
}

// QSslKey says nothing when told the wrong algorithm, it is just null (stack.md, G5).
QSslKey readTlsKey(const QByteArray &pem)
{
    const QSslKey key(pem, QSsl::Ec);
    return key.isNull() ? QSslKey(pem, QSsl::Rsa) : key;
}

} // namespace

QString Pki::path(const char *file) const
{
    return m_folder + u'/' + QString::fromLatin1(file);
}

bool Pki::exists() const
{
    return QFileInfo::exists(path(caFile));
}

Result<> Pki::create(const QStringList &names, Instant now) const
{
    if (exists())
        return Error("record.exists"_reason, {u"TLS"_s, m_folder});
    if (auto made = makePrivateFolder(m_folder); !made)
        return made.error();
    const auto authority = makeAuthority(u"Keydesk CA"_s, now);
    if (!authority)
        return authority.error();
    const auto server = issueServerCertificate(*authority, withLocalNames(names), now,
                                               serverLifetime);
    if (!server)
        return server.error();
    // ca.pem is the last: exists() then means that everything else is there.
    const std::pair<const char *, QByteArray> files[] = {
        {caKeyFile, authority->keyPem},
        {serverFile, server->keyPem + server->certificatePem},
        {caFile, authority->certificatePem},
    };
    for (const auto &[name, pem] : files) {
        if (auto written = writePrivateFile(path(name), pem); !written)
            return written.error();
    }
    return {};
}

Result<> Pki::reissue(const QStringList &names, Instant now) const
{
    auto caKey = readPrivateFile(path(caKeyFile));
    if (!caKey)
        return caKey.error();
    auto ca = readPrivateFile(path(caFile));
    if (!ca)
        return ca.error();
    const auto server = issueServerCertificate({*caKey, *ca}, withLocalNames(names), now,
                                               serverLifetime);
    if (!server)
        return server.error();
    return writePrivateFile(path(serverFile), server->keyPem + server->certificatePem);
}

Result<Pki::Renewal> Pki::renewIfDue(Instant now) const
{
    const auto pem = readPrivateFile(path(serverFile));
    if (!pem)
        return pem.error();
    const auto facts = certificateFacts(*pem);
    if (!facts)
        return facts.error();
    if (facts->notAfter - now >= renewalMargin)
        return Renewal::NotDue;
    if (!QFileInfo::exists(path(caKeyFile))) {
        qCWarning(lcPki)
            << "the server certificate ends soon and the CA key is not here, days left:"
            << (facts->notAfter - now) / day;
        return Renewal::CaKeyAbsent;
    }
    if (auto issued = reissue(facts->names, now); !issued)
        return issued.error();
    qCInfo(lcPki) << "server certificate renewed";
    return Renewal::Renewed;
}

Result<QByteArray> Pki::pin() const
{
    const auto pem = readPrivateFile(path(caFile));
    if (!pem)
        return pem.error();
    return publicKeyPin(*pem);
}

Result<QByteArray> Pki::certificateHash() const
{
    const auto pem = readPrivateFile(path(serverFile));
    if (!pem)
        return pem.error();
    const auto certificates = QSslCertificate::fromData(*pem, QSsl::Pem);
    if (certificates.isEmpty())
        return Error("certificate.failed"_reason, {path(serverFile)});
    return certificates.first().digest(QCryptographicHash::Sha256);
}

Result<Instant> Pki::validUntil() const
{
    const auto pem = readPrivateFile(path(serverFile));
    if (!pem)
        return pem.error();
    const auto facts = certificateFacts(*pem);
    if (!facts)
        return facts.error();
    return facts->notAfter;
}

Result<QSslConfiguration> Pki::configuration() const
{
    const auto serverPem = readPrivateFile(path(serverFile));
    if (!serverPem)
        return serverPem.error();
    const auto caPem = readPrivateFile(path(caFile));
    if (!caPem)
        return caPem.error();
    if (auto checked = checkPair({*serverPem, *serverPem}); !checked)
        return checked.error();
    const QSslKey key = readTlsKey(*serverPem);
    const auto chain = QSslCertificate::fromData(*serverPem + '\n' + *caPem, QSsl::Pem);
    if (key.isNull() || chain.size() < 2)
        return Error("certificate.failed"_reason, {m_folder});
    QSslConfiguration configuration;
    configuration.setProtocol(QSsl::TlsV1_3);
    configuration.setPrivateKey(key);
    // With the authority at its end: a new desktop learns it from here and holds it to its pin.
    configuration.setLocalCertificateChain(chain);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    // Without these OpenSSL lets a stranger choose one that costs us a sixth of a second.
    configuration.setBackendConfigurationOption("Groups", QByteArray(keyGroups));
    return configuration;
}

} // namespace keydesk
