#pragma once

#include "importing/import_errors.h"
#include "importing/row_check.h"

#include <functional>
#include <memory>

namespace keydesk {

// How the records of a file fared, or would.
struct ImportCounts
{
    qint64 read = 0;
    qint64 created = 0;
    qint64 updated = 0;
    qint64 unchanged = 0;
    qint64 rejected = 0;
};

// Reads a CSV file of one kind of record: first as a whole, to say what it would do and what is
// wrong with it, then once more to hand out the records to be written (import_writer.h). It keeps
// one byte and one key per record, never the file; encoding and delimiter are detected. A file that
// cannot be trusted to its end (broken quoting, NUL, a header in another encoding) is refused
// whole.
class Importer
{
public:
    using Progress = std::function<void(qint64 records)>;

    /// `file` is random-access and does not change meanwhile; it and `store`, which is only read
    /// from, outlive the importer. `import` names this import: new records have ids derived from
    /// it. Errors: those of detectCsvFormat(), CsvReader, readImportMap(), matchHeaders();
    /// import.empty.
    static Result<std::unique_ptr<Importer>> open(QIODevice &file, const ImportKind &kind,
                                                  RowStore &store,
                                                  const std::optional<QJsonObject> &map,
                                                  const RecordId &import);

    /// Reads all of the file. Errors: those of CsvReader and ImportErrors; a record that cannot be
    /// imported is no error but a fault.
    Result<> check(ImportErrors &errors, const Progress &progress);
    /// What check() found would happen.
    const ImportCounts &counts() const { return m_counts; }

    /// After check(): back to the first record.
    Result<> rewind();
    /// The next records that are to be created or changed, at most so many; none at the end.
    Result<std::vector<ImportRow>> next(std::size_t most);

    const RowMapper &mapper() const { return *m_mapper; }

private:
    // A line that stands or falls with another one of the file.
    struct Dependence
    {
        qint64 record;
        qint64 line;
        FileReference on;
    };
    Importer(QIODevice &file, RowStore &store)
        : m_file(file)
        , m_store(store)
    {
    }
    Result<bool> nextRecord();
    Result<> index();
    Result<> rejectDependents(ImportErrors &errors);
    void count(ImportFate fate, qint64 times);

    QIODevice &m_file;
    RowStore &m_store;
    CsvFormat m_format;
    std::unique_ptr<CsvReader> m_reader;
    std::unique_ptr<RowMapper> m_mapper;
    qint64 m_record = -1; // that the reader stands on
    std::vector<ImportFate> m_fates;
    std::vector<qint64> m_lines; // of the records, only for a file that refers to itself
    std::vector<Dependence> m_dependences;
    ImportCounts m_counts;
};

} // namespace keydesk
