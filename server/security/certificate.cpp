#include "security/certificate.h"

#include "security/openssl_handles.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QtEndian>

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr qint64 authorityLifetime = 3653 * day;
constexpr qint64 clockLag = day;

Error failure(const char *step)
{
    const auto code = ERR_get_error();
    ERR_clear_error();
    const char *words = code ? ERR_reason_error_string(code) : nullptr;
    return Error("certificate.failed"_reason, {QString::fromLatin1(step)},
                 QString::fromLatin1(words ? words : "no detail"));
}

openssl::Key readKey(const QByteArray &pem)
{
    const auto bio = openssl::readBio(pem);
    return openssl::Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

openssl::Certificate readCertificate(const QByteArray &pem)
{
    const auto bio = openssl::readBio(pem);
    return openssl::Certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

QByteArray bytesOf(const openssl::Bio &bio)
{
    char *bytes = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &bytes);
    return QByteArray(bytes, size);
}

Result<CertificatePair> writePair(EVP_PKEY *key, X509 *certificate)
{
    const openssl::Bio keyBio(BIO_new(BIO_s_mem()));
    const openssl::Bio certificateBio(BIO_new(BIO_s_mem()));
    if (!keyBio || !certificateBio
        || !PEM_write_bio_PKCS8PrivateKey(keyBio.get(), key, nullptr, nullptr, 0, nullptr, nullptr)
        || !PEM_write_bio_X509(certificateBio.get(), certificate))
        return failure("PEM");
    return CertificatePair{bytesOf(keyBio), bytesOf(certificateBio)};
}

bool addExtension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const openssl::Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1);
}

openssl::Name generalName(const QString &text)
{
    openssl::Name name(GENERAL_NAME_new());
    QHostAddress address;
    if (address.setAddress(text)) {
        ASN1_OCTET_STRING *octets = a2i_IPADDRESS(address.toString().toLatin1().constData());
        if (!octets)
            return nullptr;
        GENERAL_NAME_set0_value(name.get(), GEN_IPADD, octets);
        return name;
    }
    ASN1_IA5STRING *dns = ASN1_IA5STRING_new();
    ASN1_STRING_set(dns, text.toLatin1().constData(), -1);
    GENERAL_NAME_set0_value(name.get(), GEN_DNS, dns);
    return name;
}

// By objects, not by a configuration text: a name can then not smuggle in another extension.
bool addNames(X509 *certificate, const QStringList &texts)
{
    const openssl::Names names(sk_GENERAL_NAME_new_null());
    for (const QString &text : texts) {
        openssl::Name name = generalName(text);
        if (!name || !sk_GENERAL_NAME_push(names.get(), name.get()))
            return false;
        static_cast<void>(name.release());
    }
    return X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, X509V3_ADD_APPEND);
}

bool setSerial(X509 *certificate)
{
    const std::unique_ptr<BIGNUM, openssl::Releaser<BN_free>> serial(BN_new());
    // 127 random bits: positive, and at most the 20 octets of RFC 5280.
    return serial && BN_rand(serial.get(), 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY)
        && BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate));
}

bool setDates(X509 *certificate, Instant from, Instant until)
{
    return ASN1_TIME_set(X509_getm_notBefore(certificate), time_t(from.ms / second))
        && ASN1_TIME_set(X509_getm_notAfter(certificate), time_t(until.ms / second));
}

bool setSubject(X509 *certificate, const QString &commonName)
{
    const QByteArray bytes = commonName.toUtf8();
    return X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(bytes.constData()),
                                      int(bytes.size()), -1, 0);
}

// A version 3 certificate over `key` with everything but its extensions and its signature.
openssl::Certificate blankCertificate(EVP_PKEY *key, const QString &commonName, Instant from,
                                      Instant until)
{
    openssl::Certificate certificate(X509_new());
    if (!certificate || !X509_set_version(certificate.get(), X509_VERSION_3)
        || !setSerial(certificate.get()) || !setDates(certificate.get(), from, until)
        || !setSubject(certificate.get(), commonName) || !X509_set_pubkey(certificate.get(), key))
        return nullptr;
    return certificate;
}

bool isHostNameCharacter(QChar c)
{
    return (c.unicode() < 128 && c.isLetterOrNumber()) || c == u'-' || c == u'.';
}

bool isHostName(const QString &name)
{
    return !name.isEmpty() && name.size() <= 253 && !name.startsWith(u'.') && !name.startsWith(u'-')
        && std::all_of(name.cbegin(), name.cend(), isHostNameCharacter);
}

Result<> checkNames(const QStringList &names)
{
    for (const QString &name : names) {
        // A zone index means something on one machine only and has no place in a certificate.
        if (name.contains(u'%') || (!QHostAddress().setAddress(name) && !isHostName(name)))
            return Error("certificate.name_malformed"_reason, {name});
    }
    return {};
}

Instant instantOf(const ASN1_TIME *time)
{
    tm parts = {};
    ASN1_TIME_to_tm(time, &parts);
    return {qint64(timegm(&parts)) * second};
}

QString textOf(const GENERAL_NAME *name)
{
    int type = 0;
    const void *value = GENERAL_NAME_get0_value(name, &type);
    const auto *string = static_cast<const ASN1_STRING *>(value);
    const auto *bytes = ASN1_STRING_get0_data(string);
    const int size = ASN1_STRING_length(string);
    if (type == GEN_DNS)
        return QString::fromLatin1(reinterpret_cast<const char *>(bytes), size);
    if (type == GEN_IPADD && size == 4)
        return QHostAddress(qFromBigEndian<quint32>(bytes)).toString();
    if (type == GEN_IPADD && size == 16)
        return QHostAddress(bytes).toString();
    return {};
}

} // namespace

Result<CertificatePair> makeAuthority(const QString &commonName, Instant now)
{
    const openssl::Key key(EVP_EC_gen("P-256"));
    if (!key)
        return failure("key");
    auto certificate = blankCertificate(key.get(), commonName, now + -clockLag,
                                        now + authorityLifetime);
    X509 *x509 = certificate.get();
    if (!x509 || !X509_set_issuer_name(x509, X509_get_subject_name(x509))
        || !addExtension(x509, x509, NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        || !addExtension(x509, x509, NID_key_usage, "critical,keyCertSign,cRLSign")
        || !addExtension(x509, x509, NID_subject_key_identifier, "hash")
        || !X509_sign(x509, key.get(), EVP_sha256()))
        return failure("authority");
    return writePair(key.get(), x509);
}

Result<CertificatePair> issueServerCertificate(const CertificatePair &authority,
                                               const QStringList &names, Instant now,
                                               qint64 lifetime)
{
    if (auto checked = checkNames(names); !checked)
        return checked.error();
    const openssl::Key authorityKey = readKey(authority.keyPem);
    const openssl::Certificate issuer = readCertificate(authority.certificatePem);
    if (!authorityKey || !issuer || !X509_check_private_key(issuer.get(), authorityKey.get()))
        return failure("authority's key");
    const Instant until = std::min(now + lifetime, instantOf(X509_get0_notAfter(issuer.get())));
    const openssl::Key key(EVP_EC_gen("P-256"));
    if (!key)
        return failure("key");
    auto certificate = blankCertificate(key.get(), u"Keydesk server"_s, now + -clockLag, until);
    X509 *x509 = certificate.get();
    if (!x509 || !X509_set_issuer_name(x509, X509_get_subject_name(issuer.get()))
        || !addExtension(x509, issuer.get(), NID_basic_constraints, "critical,CA:FALSE")
        || !addExtension(x509, issuer.get(), NID_key_usage, "critical,digitalSignature")
        || !addExtension(x509, issuer.get(), NID_ext_key_usage, "serverAuth")
        || !addExtension(x509, issuer.get(), NID_subject_key_identifier, "hash")
        || !addExtension(x509, issuer.get(), NID_authority_key_identifier, "keyid:always")
        || !addNames(x509, names) || !X509_sign(x509, authorityKey.get(), EVP_sha256()))
        return failure("server certificate");
    return writePair(key.get(), x509);
}

Result<CertificateFacts> certificateFacts(const QByteArray &certificatePem)
{
    const openssl::Certificate certificate = readCertificate(certificatePem);
    if (!certificate)
        return failure("certificate");
    CertificateFacts facts{instantOf(X509_get0_notBefore(certificate.get())),
                           instantOf(X509_get0_notAfter(certificate.get())),
                           {}};
    const openssl::Names names(static_cast<GENERAL_NAMES *>(
        X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const QString name = textOf(sk_GENERAL_NAME_value(names.get(), i));
        if (!name.isEmpty())
            facts.names.append(name);
    }
    return facts;
}

Result<QByteArray> publicKeyPin(const QByteArray &certificatePem)
{
    const openssl::Certificate certificate = readCertificate(certificatePem);
    unsigned char *der = nullptr;
    const int size = certificate ? i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &der)
                                 : -1;
    if (size <= 0)
        return failure("public key");
    const QByteArrayView bytes(der, size);
    const QByteArray pin = QCryptographicHash::hash(bytes.toByteArray(),
                                                    QCryptographicHash::Sha256);
    OPENSSL_free(der);
    return pin;
}

Result<> checkPair(const CertificatePair &pair)
{
    const openssl::Key key = readKey(pair.keyPem);
    const openssl::Certificate certificate = readCertificate(pair.certificatePem);
    if (!key || !certificate)
        return failure(key ? "certificate" : "key");
    if (!X509_check_private_key(certificate.get(), key.get()))
        return failure("key does not fit its certificate");
    return {};
}

} // namespace keydesk
