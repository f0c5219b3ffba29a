#pragma once

#include "base/result.h"
#include "sync/audit_head.h"

namespace keydesk {

// The key that signs heads, in a file only its owner reads. It signs nothing else.
class AuditKey
{
public:
    /// The key in that file; made if there is none. Errors: file.unreadable, also for a file that
    /// holds no key, and file.unwritable.
    static Result<AuditKey> open(const QString &path);

    AuditHead sign(AuditHead head) const;
    const QByteArray &publicKey() const { return m_publicKey; }

private:
    QByteArray m_publicKey;
    QByteArray m_secretKey;
};

} // namespace keydesk
