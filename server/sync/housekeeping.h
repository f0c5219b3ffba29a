#pragma once

#include "sync/authority.h"

namespace keydesk {

// What the server does with time alone, inside a deed of the writer. Each does a bounded piece and
// says whether there is more, so that commands never wait long.

/// Grants of accounts that were opened for a while and are over (domain: OpenAccount).
Result<bool> expireOpenedAccounts(Authority &authority);

/// Removes DEL ops older than 30 days and moves the floor, results older than 90 days, and
/// sessions, codes and failed logins that matter to nobody any more (sync.md, "Compaction", G2).
Result<bool> compact(Authority &authority);

/// Everybody's id, for a daily renewal of grants person by person.
QStringList everybody(Database &database);

} // namespace keydesk
