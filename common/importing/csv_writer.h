#pragma once

#include "base/result.h"

#include <QIODevice>
#include <QStringList>

namespace keydesk {

// Writes RFC 4180 records in UTF-8 with a byte order mark, as Excel needs it for Chinese, lines
// ended by CRLF. Every cell is guarded against being run as a formula; quoting alone would not do
// that. CsvReader reads back exactly what was written.
class CsvWriter final
{
public:
    /// `device` is open for writing and outlives the writer.
    explicit CsvWriter(QIODevice &device, QChar delimiter = u',')
        : m_device(device)
        , m_delimiter(delimiter)
    {
    }

    /// Fails with "file.unwritable"; a record may then be there in part.
    Result<> write(const QStringList &cells);

private:
    QString quoted(const QString &cell) const;

    QIODevice &m_device;
    QChar m_delimiter;
    bool m_started = false;
};

} // namespace keydesk
