#pragma once

#include "base/result.h"

#include <QTemporaryDir>

namespace keydesk {

// The place in the data directory through which a file comes to the server and its error file goes
// back: a service in a sandbox sees neither the folders of the person at the terminal, nor may it
// write there. Gone when the object is.
class ImportSpool
{
public:
    explicit ImportSpool(const QString &dataPath);

    /// Copies the file in. Errors: file.unreadable, file.unwritable.
    Result<> take(const QString &source);
    QString file() const { return m_folder.filePath(QStringLiteral("import.csv")); }
    QString errors() const { return m_folder.filePath(QStringLiteral("errors.csv")); }

    /// Puts the error file beside the source, in the place of one of an earlier import, which also
    /// goes when there are no errors. Answers its path, empty when there is none. Errors:
    /// file.unwritable.
    Result<QString> giveErrors(const QString &source) const;

private:
    QTemporaryDir m_folder;
};

} // namespace keydesk
