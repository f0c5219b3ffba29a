#pragma once

#include "base/cell.h"
#include "base/record_id.h"

namespace keydesk {

/// What one row adds to the sum of a bucket: a hash of its table, id and version. Sums are taken
/// mod 2^64 (sync.md, "Sums").
quint64 membershipHash(const QString &table, const QString &id, qint64 rowVer);

/// A hash of exactly the cells that were sent, to notice a row that was damaged on its way or on
/// disk. Not a signature.
quint64 contentHash(const Row &cells);

} // namespace keydesk
