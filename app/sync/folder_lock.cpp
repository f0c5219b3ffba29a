#include "sync/folder_lock.h"

#include <QTemporaryFile>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

bool hasRoom(const QString &directory)
{
    QTemporaryFile probe(directory + u"/room"_s);
    return probe.open() && probe.write("?") == 1 && probe.flush();
}

} // namespace

Result<std::unique_ptr<QLockFile>> lockFolder(const QString &directory)
{
    auto lock = std::make_unique<QLockFile>(directory + u"/lock"_s);
    lock->setStaleLockTime(0);
    if (lock->tryLock(100))
        return lock;
    if (lock->error() == QLockFile::PermissionError)
        return Error("file.unwritable"_reason, {directory, u"lock"_s});
    // Without room, what a dead process left cannot be taken away either, and looks like another's.
    if (lock->error() != QLockFile::LockFailedError || !hasRoom(directory))
        return Error("storage.full"_reason, {}, directory);
    return Error("storage.locked"_reason, {directory});
}

} // namespace keydesk
