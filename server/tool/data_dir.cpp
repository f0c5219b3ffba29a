#include "tool/data_dir.h"

#include "security/private_file.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace keydesk {

// The lock belongs to the open file, not to a process id in it: it cannot be stale after a kill -9
// and a reused id cannot fool it. Children do not inherit it (O_CLOEXEC).
struct DataDir::Lock
{
    explicit Lock(int openFile)
        : descriptor(openFile)
    {
    }
    ~Lock() { ::close(descriptor); }
    Q_DISABLE_COPY_MOVE(Lock)

    const int descriptor;
};

DataDir::DataDir(QString path, std::shared_ptr<Lock> lock)
    : m_path(std::move(path))
    , m_lock(std::move(lock))
{
}

Result<DataDir> DataDir::own(const QString &path)
{
    if (auto made = makePrivateFolder(path); !made)
        return made.error();
    const QString absolute = QDir(path).absolutePath();
    const QString lockPath = absolute + u"/lock"_s;
    const int descriptor = ::open(QFile::encodeName(lockPath).constData(),
                                  O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return Error("file.unwritable"_reason, {lockPath, QString::fromUtf8(std::strerror(errno))});
    auto lock = std::make_shared<Lock>(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return Error("storage.locked"_reason, {absolute});
        return Error("file.unwritable"_reason, {lockPath, QString::fromUtf8(std::strerror(errno))});
    }
    // The id is for people who look; nothing reads it.
    const QByteArray id = QByteArray::number(qint64(::getpid())) + '\n';
    if (::ftruncate(descriptor, 0) != 0
        || ::write(descriptor, id.constData(), size_t(id.size())) < 0)
        return Error("file.unwritable"_reason, {lockPath, QString::fromUtf8(std::strerror(errno))});
    return DataDir(absolute, std::move(lock));
}

QString DataDir::adminSocketOf(const QString &path)
{
    return QDir(path).absolutePath() + u"/admin.sock"_s;
}

} // namespace keydesk
