#pragma once

#include "base/result.h"

namespace keydesk {

/// Whether a Database said this of a file that is damaged or no database at all: trying again is no
/// use, its bytes must come from elsewhere.
bool isDamage(const Error &error);

/// The error of a file that can be read and is damaged all the same; `what` says how.
Error damage(const QString &what);

} // namespace keydesk
