#include "base/enrolment.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr qsizetype pinSize = 32;
constexpr qsizetype longestHost = 253; // RFC 1035
constexpr qsizetype longestCode = 64;

Error malformed(const char *part)
{
    return Error("enrol.string_malformed"_reason, {}, QString::fromLatin1(part));
}

bool isAsciiLetterOrDigit(QChar c)
{
    return c.unicode() < 128 && c.isLetterOrNumber();
}

bool isHostName(QStringView host)
{
    if (host.isEmpty() || host.size() > longestHost || host.startsWith(u'-')
        || host.startsWith(u'.') || host.contains(u".."_s))
        return false;
    return std::ranges::all_of(host, [](QChar c) {
        return isAsciiLetterOrDigit(c) || c == u'-' || c == u'.' || c == u'_';
    });
}

// Shape only: the socket layer says whether such an address exists.
bool isIpv6(QStringView host)
{
    return host.size() >= 2 && host.size() <= 45 && host.count(u':') >= 2
        && std::ranges::all_of(host, [](QChar c) {
               return c == u':' || c == u'.' || (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f')
                   || (c >= u'A' && c <= u'F');
           });
}

Result<quint16> parsePort(QStringView text)
{
    const bool digits = !text.isEmpty() && text.size() <= 5
        && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    const uint port = digits ? text.toUInt() : 0;
    if (port == 0 || port > 65535)
        return malformed("port");
    return quint16(port);
}

Result<QByteArray> parsePin(QStringView text)
{
    const QByteArray bytes = QByteArray::fromHex(text.toLatin1());
    // fromHex skips what is not hexadecimal, so both lengths are checked.
    if (text.size() != 2 * pinSize || bytes.size() != pinSize)
        return malformed("fingerprint");
    return bytes;
}

} // namespace

QString ServerAddress::toString() const
{
    const QString shown = host.contains(u':') ? u'[' + host + u']' : host;
    return shown + u':' + QString::number(port);
}

Result<ServerAddress> ServerAddress::parse(QStringView text)
{
    const bool bracketed = text.startsWith(u'[');
    const qsizetype colon = bracketed ? text.indexOf(u"]:"_s) + 1 : text.indexOf(u':');
    if (colon <= 0)
        return malformed(bracketed ? "host" : "port");
    const QStringView host = bracketed ? text.mid(1, colon - 2) : text.left(colon);
    if (!(bracketed ? isIpv6(host) : isHostName(host)))
        return malformed("host");
    const auto port = parsePort(text.mid(colon + 1));
    if (!port)
        return port.error();
    return ServerAddress{host.toString().toLower(), *port};
}

QString Enrolment::toString() const
{
    return u"keydesk://"_s + server.toString() + u"/#"_s + QString::fromLatin1(pin.toHex()) + u'/'
        + code;
}

Result<Enrolment> Enrolment::parse(QStringView text)
{
    const QStringView string = text.trimmed();
    const QLatin1StringView scheme("keydesk://");
    if (!string.startsWith(scheme, Qt::CaseInsensitive))
        return malformed("scheme");
    const qsizetype end = string.indexOf(u"/#"_s, scheme.size());
    if (end < 0)
        return malformed("fingerprint");
    const auto address = ServerAddress::parse(string.mid(scheme.size(), end - scheme.size()));
    if (!address)
        return address.error();
    const QStringView secret = string.mid(end + 2);
    const qsizetype slash = secret.indexOf(u'/');
    if (slash < 0)
        return malformed("code");
    const auto pin = parsePin(secret.left(slash));
    if (!pin)
        return pin.error();
    const QStringView code = secret.mid(slash + 1);
    if (code.isEmpty() || code.size() > longestCode
        || !std::ranges::all_of(code, [](QChar c) { return isAsciiLetterOrDigit(c) || c == u'-'; }))
        return malformed("code");
    return Enrolment{*address, *pin, code.toString()};
}

} // namespace keydesk
