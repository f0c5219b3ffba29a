#pragma once

#include "store/database.h"

namespace keydesk {

/// Creates the tables of the server's own bookkeeping (sync.md, "Tables") and the single row of
/// `head`, with this epoch, where it is missing. Entity tables are RowStore's.
Result<> createServerTables(Database &database, const QString &freshEpoch);

/// Indexes over the entities' tables that only the server's questions need; after
/// RowStore::migrate().
Result<> createServerIndexes(Database &database);

} // namespace keydesk
