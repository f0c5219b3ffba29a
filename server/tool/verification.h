#pragma once

#include "base/clock.h"
#include "store/row_store.h"
#include "sync/audit_head.h"

#include <QJsonObject>

#include <optional>

namespace keydesk {

/// Holds the master database against itself: the file's integrity, the audit chain, the sums of all
/// buckets and the log recomputed from the rows, everybody's grants recomputed by the policy, and
/// one owner for each opportunity. "ok" says whether all is well; each part lists what is not (at
/// most 50 of a kind). `database` must be read-only or otherwise unchanging meanwhile.
/// `heads` were kept outside the box, if there are any; see checkHeads().
Result<QJsonObject> verifyMaster(Database &database, const Catalog &catalog, Instant now,
                                 const std::optional<std::vector<AuditHead>> &heads = {});

} // namespace keydesk
