#include "sync/audit_head.h"

#include <QRegularExpression>

#include <sodium.h>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

const unsigned char *headBytes(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

} // namespace

QByteArray AuditHead::signedText() const
{
    return u"audit-head 1 %1 %2 %3 "_s.arg(epoch).arg(pos).arg(at.ms).toUtf8() + hash.toHex();
}

QString AuditHead::line() const
{
    return QString::fromUtf8(signedText() + ' ' + publicKey.toHex() + ' ' + signature.toHex());
}

bool AuditHead::isGenuine() const
{
    const QByteArray text = signedText();
    return publicKey.size() == qsizetype(crypto_sign_PUBLICKEYBYTES)
        && signature.size() == qsizetype(crypto_sign_BYTES)
        && crypto_sign_verify_detached(headBytes(signature), headBytes(text),
                                       static_cast<unsigned long long>(text.size()),
                                       headBytes(publicKey))
        == 0;
}

std::vector<AuditHead> headsIn(const QByteArray &text)
{
    static const QRegularExpression pattern(u"audit-head 1 (\\S{1,64}) (\\d{1,18}) (\\d{1,18}) "
                                            "([0-9a-f]{64}) ([0-9a-f]{64}) ([0-9a-f]{128})"_s);
    std::vector<AuditHead> heads;
    auto found = pattern.globalMatch(QString::fromUtf8(text));
    while (found.hasNext()) {
        const auto match = found.next();
        const auto bytes = [&match](int part) {
            return QByteArray::fromHex(match.captured(part).toLatin1());
        };
        heads.push_back({match.captured(1),
                         match.captured(2).toLongLong(),
                         {match.captured(3).toLongLong()},
                         bytes(4),
                         bytes(5),
                         bytes(6)});
    }
    return heads;
}

} // namespace keydesk
