#pragma once

#include "store/row_store.h"

namespace keydesk::bench {

// Programs that do the same to the same disk and nothing else: what the hardware and SQLite allow.
// Each answers work a second, 0 when it failed; `folder` gets its files.

/// Accounts a second, fifteen fields each, from one SQLite file through a socket into another that
/// fills the same full-text table, in pages of 256 KiB.
double barePageStream(const QString &folder, RowStore &master);

/// Commands a second: `group` commands a durable commit, each one row like `row` (a record), one of
/// its answer and one of the audit trail.
double bareInserts(const QString &folder, const Row &row, int group, int commands);

/// Commands a second: every row that `commands` commands added to `master` or changed in it since
/// `before`, a copy of it, once more into that copy, whose tables and indexes are the same. What
/// the rows alone cost that a command leaves behind, whoever writes them.
double bareSameRows(Database &master, const QString &before, int group, int commands);

/// Milliseconds of each run of the query with each of the values.
std::vector<double> bareLookups(Database &database, const QByteArray &sql,
                                const QStringList &values);

} // namespace keydesk::bench
