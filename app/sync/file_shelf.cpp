#include "sync/file_shelf.h"

#include <QFile>

namespace keydesk {

using namespace Qt::StringLiterals;

QString FileShelf::pathOf(int k) const
{
    return m_directory + u"/replica-%1.db"_s.arg(k);
}

Result<std::shared_ptr<Database>> FileShelf::open(int k)
{
    DatabaseOptions options;
    options.durable = false;
    auto opened = Database::open(pathOf(k), options);
    if (!opened)
        return opened.error();
    return std::shared_ptr<Database>(std::move(*opened));
}

void FileShelf::remove(int k)
{
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(pathOf(k) + suffix);
}

} // namespace keydesk
