#include "sync/folder_lock.h"

namespace keydesk {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<QLockFile>> lockFolder(const QString &directory)
{
    auto lock = std::make_unique<QLockFile>(directory + u"/lock"_s);
    lock->setStaleLockTime(0);
    if (lock->tryLock(100))
        return lock;
    switch (lock->error()) {
    case QLockFile::LockFailedError:
        return Error("storage.locked"_reason, {directory});
    case QLockFile::PermissionError:
        return Error("file.unwritable"_reason, {directory, u"lock"_s});
    default: // it could be made and not written
        return Error("storage.full"_reason, {}, directory);
    }
}

} // namespace keydesk
