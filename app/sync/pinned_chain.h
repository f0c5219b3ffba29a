#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QByteArray>
#include <QList>

namespace keydesk {

/// Judges the certificates a server showed (DER, its own first) with nothing trusted but the pin:
/// one of them must be an authority whose SubjectPublicKeyInfo hashes (SHA-256) to `pin`, and the
/// server's certificate must be good for a server, descend from it and name `host`, a host name or
/// an IP address. No list of well-known authorities takes part, so none can help an impostor (F2).
/// Errors: server.untrusted, server.wrong_name, and, for a certificate that is the right one but
/// outside its dates, server.certificate_date with valid from, until, and `now`.
Result<> checkPinnedChain(const QList<QByteArray> &chain, const QByteArray &pin,
                          const QString &host, Instant now);

} // namespace keydesk
