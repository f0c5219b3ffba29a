#pragma once

#include "store/database.h"

namespace keydesk {

// The seeded bug that writes a device's last number outside the transaction of its command. Nothing
// without seeded bugs.

/// Whether the number is to be written after the commit.
bool isWrittenLate(const QString &device, qint64 n);
/// After the commit.
void writeLateNumbers(Database &database);

} // namespace keydesk
