#pragma once

#include "base/result.h"

namespace keydesk {

/// Whether a Database said this of a file that is damaged or no database at all: trying again is no
/// use, its bytes must come from elsewhere.
bool isDamage(const Error &error);

} // namespace keydesk
