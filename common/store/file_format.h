#pragma once

#include "store/database.h"

namespace keydesk {

/// Marks the file as one of `format` (its user_version), unless it is already; inside the caller's
/// transaction. A format rises when a program before could not work with the file; tables and
/// columns that are only added leave it. Errors: storage.too_new for a file of a later format.
Result<> adoptFormat(Database &database, int format);

} // namespace keydesk
