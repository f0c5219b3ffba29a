#pragma once

#include "store/database.h"
#include "sync/audit_head.h"
#include "tool/verification_parts.h"

namespace keydesk {

/// Holds the audit trail against heads that were kept outside the box: each must be genuine, all of
/// one key, and tell of an entry that stands where it stood. Heads of an earlier incarnation that
/// lie beyond the restore which ended it are passed over.
VerifiedPart checkHeads(Database &database, const std::vector<AuditHead> &heads);

/// The heads in a log of any size, a line each, and nothing else of it; of very many the first and
/// the newest, which are enough. Errors: file.unreadable.
Result<QString> headLinesOf(const QString &path);

} // namespace keydesk
