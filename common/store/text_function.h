#pragma once

#include "store/database.h"

#include <functional>

namespace keydesk {

/// Lets this connection's SQL call a pure function of one text by `name`, a word of the program.
/// NULL stays NULL. The function runs on the connection's thread and lives as long as it.
Result<> defineTextFunction(Database &database, const char *name,
                            std::function<QString(const QString &)> function);

} // namespace keydesk
