#include "sync/pinned_chain.h"

#include <QCryptographicHash>

#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr qsizetype longestChain = 8;

template <auto release>
struct Releaser
{
    template <class T>
    void operator()(T *object) const
    {
        release(object);
    }
};

void freeStackOnly(STACK_OF(X509) * stack)
{
    sk_X509_free(stack);
}

using Certificate = std::unique_ptr<X509, Releaser<X509_free>>;
using Store = std::unique_ptr<X509_STORE, Releaser<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Releaser<X509_STORE_CTX_free>>;
using Stack = std::unique_ptr<STACK_OF(X509), Releaser<freeStackOnly>>;

Error untrusted(const QString &detail)
{
    return Error("server.untrusted"_reason, {}, detail);
}

Certificate readCertificate(const QByteArray &der)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    return Certificate(d2i_X509(nullptr, &bytes, long(der.size())));
}

bool isPinnedAuthority(X509 *certificate, const QByteArray &pin)
{
    unsigned char *der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    if (size <= 0)
        return false;
    const QByteArray hash = QCryptographicHash::hash(QByteArray(reinterpret_cast<const char *>(der),
                                                                size),
                                                     QCryptographicHash::Sha256);
    OPENSSL_free(der);
    return hash == pin && X509_check_ca(certificate) > 0;
}

// Dates are left out here: they have a reason of their own and are looked at last.
Result<> checkDescent(const std::vector<Certificate> &certificates, X509 *anchor)
{
    const Store store(X509_STORE_new());
    const StoreContext context(X509_STORE_CTX_new());
    const Stack others(sk_X509_new_null());
    if (!store || !context || !others || !X509_STORE_add_cert(store.get(), anchor))
        return untrusted(u"out of memory"_s);
    for (const Certificate &certificate : certificates)
        sk_X509_push(others.get(), certificate.get());
    if (!X509_STORE_CTX_init(context.get(), store.get(), certificates.front().get(), others.get()))
        return untrusted(u"out of memory"_s);
    X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
    X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_SERVER);
    X509_VERIFY_PARAM_set_auth_level(rules, 2); // 112 bits: RSA 2048, P-256, no SHA-1
    if (X509_verify_cert(context.get()) != 1) {
        const int code = X509_STORE_CTX_get_error(context.get());
        return untrusted(QString::fromLatin1(X509_verify_cert_error_string(code)));
    }
    return {};
}

bool namesHost(X509 *certificate, const QString &host)
{
    const QByteArray name = host.toLatin1();
    if (X509_check_ip_asc(certificate, name.constData(), 0) == 1)
        return true;
    return X509_check_host(certificate, name.constData(), size_t(name.size()),
                           X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr)
        == 1;
}

Instant instantOf(const ASN1_TIME *time)
{
    tm parts = {};
    if (!ASN1_TIME_to_tm(time, &parts))
        return {};
    const QDateTime utc(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                        QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC);
    return {utc.toMSecsSinceEpoch()};
}

QString shown(Instant at)
{
    return at.toLocal().toString(u"yyyy-MM-dd HH:mm"_s);
}

Result<> checkDates(X509 *certificate, Instant now)
{
    const Instant from = instantOf(X509_get0_notBefore(certificate));
    const Instant until = instantOf(X509_get0_notAfter(certificate));
    if (from <= now && now <= until)
        return {};
    return Error("server.certificate_date"_reason, {shown(from), shown(until), shown(now)});
}

} // namespace

Result<> checkPinnedChain(const QList<QByteArray> &chain, const QByteArray &pin,
                          const QString &host, Instant now)
{
    if (chain.isEmpty() || chain.size() > longestChain)
        return untrusted(u"chain of %1"_s.arg(chain.size()));
    std::vector<Certificate> certificates;
    X509 *anchor = nullptr;
    for (const QByteArray &der : chain) {
        certificates.push_back(readCertificate(der));
        if (!certificates.back())
            return untrusted(u"unreadable certificate"_s);
        if (!anchor && isPinnedAuthority(certificates.back().get(), pin))
            anchor = certificates.back().get();
    }
    if (!anchor)
        return untrusted(u"no certificate has the pinned key"_s);
    if (auto descent = checkDescent(certificates, anchor); !descent)
        return descent;
    X509 *server = certificates.front().get();
    if (!namesHost(server, host))
        return Error("server.wrong_name"_reason, {host});
    if (auto dates = checkDates(server, now); !dates)
        return dates;
    return checkDates(anchor, now);
}

} // namespace keydesk
