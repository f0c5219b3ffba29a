#pragma once

#include "base/result.h"

#include <QString>

#include <memory>

namespace keydesk {

// The server's data directory, owned by this process alone for as long as the object lives. The
// kernel keeps the lock, so it ends with the process however that dies. It opens no database.
class DataDir
{
public:
    /// Makes the directory if it is absent, leaves it to its owner (0700) and takes it. Errors:
    /// storage.locked when another process owns it (or another DataDir of this one),
    /// file.unwritable when it cannot be made or locked.
    static Result<DataDir> own(const QString &path);

    /// Where the running owner answers; for those who may not own the directory.
    static QString adminSocketOf(const QString &path);

    QString path() const { return m_path; }
    QString tlsFolder() const { return m_path + QStringLiteral("/tls"); }
    QString auditKey() const { return tlsFolder() + QStringLiteral("/audit.key"); }
    QString adminSocket() const { return adminSocketOf(m_path); }
    /// The path of a file in the directory.
    QString file(const QString &name) const { return m_path + u'/' + name; }

private:
    struct Lock;

    DataDir(QString path, std::shared_ptr<Lock> lock);

    QString m_path;
    std::shared_ptr<Lock> m_lock; // shared only because a Result is copied about
};

} // namespace keydesk
