#pragma once

#include "importing/csv_writer.h"
#include "importing/row_mapper.h"

namespace keydesk {

// The file beside an import that says what is wrong with it: line, column, value and the reason in
// Chinese and in English, one fault a line, to be opened in a spreadsheet.
class ImportErrors
{
public:
    /// `device` is open for writing and outlives this. Nothing is written before the first fault.
    explicit ImportErrors(QIODevice &device)
        : m_writer(device)
    {
    }

    /// Fails with file.unwritable.
    Result<> add(const ImportFault &fault);
    qint64 count() const { return m_count; }
    /// The first few, for a terminal.
    const std::vector<ImportFault> &first() const { return m_first; }

    /// The header of such a file: by it one is recognised before it is replaced.
    static QStringList header();

private:
    CsvWriter m_writer;
    qint64 m_count = 0;
    std::vector<ImportFault> m_first;
};

} // namespace keydesk
