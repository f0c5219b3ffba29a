#pragma once

#include "protocol/messages.h"

namespace keydesk {

/// Names a list of known buckets in a Pull that leaves the list out. Never 0.
quint64 hashOfKnown(const std::vector<KnownBucket> &known);

} // namespace keydesk
