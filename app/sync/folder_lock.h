#pragma once

#include "base/result.h"

#include <QLockFile>

#include <memory>

namespace keydesk {

/// Takes the folder for this process, as long as the lock lives. Errors: storage.locked when
/// another has it, storage.full, file.unwritable.
Result<std::unique_ptr<QLockFile>> lockFolder(const QString &directory);

} // namespace keydesk
