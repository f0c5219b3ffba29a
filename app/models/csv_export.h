#pragma once

#include "commands/export_command.h"
#include "query/display_text.h"
#include "query/row_query.h"

#include <QSaveFile>
#include <QTimer>

#include <atomic>
#include <memory>

namespace keydesk {

class CsvWriter;

// Writes the rows of a query, at most as many as one export may hold, with the field labels as
// headings and values as people read them, into a CSV file that no spreadsheet can be tricked by.
// The rows are read at once on the reading thread, so that they are of one moment, and written a
// few hundred at a time, so that the window goes on. A file is there whole or not at all.
class CsvExport final : public QObject
{
    Q_OBJECT

public:
    static constexpr int mostRows = ExportRecords::mostRows;

    CsvExport(const RecordLookup &lookup, ReplicaReader &reader, QObject *parent = nullptr);
    ~CsvExport() override;

    /// Asked with the number of rows, before the file is there; a refusal leaves none.
    using Answer = std::function<void(const Result<> &)>;
    std::function<void(int rows, const Answer &)> account;

    /// Whether no column of the file is personal or confidential.
    bool isMasked() const;
    /// Begins; finished() follows. Errors at once: field.unknown, file.unwritable.
    Result<> start(const QString &path, RowQuery query);
    /// Whether the query has more rows than were written.
    bool isCut() const { return m_cut; }
    /// Stops; no file is left and finished() is not told.
    void cancel();

Q_SIGNALS:
    /// `done` of `total` rows are written.
    void progressed(int done, int total);
    /// The number of rows. Errors: file.unwritable, storage errors.
    void finished(const keydesk::Result<int> &rows);

private:
    struct Reading;
    void takeRows();
    void writeSome();
    void keep();
    void end(const Result<int> &rows);

    const RecordLookup &m_lookup;
    ReplicaReader &m_reader;
    std::unique_ptr<QSaveFile> m_file;
    std::unique_ptr<CsvWriter> m_writer;
    std::vector<QueryColumn> m_columns;
    std::shared_ptr<Reading> m_reading;
    std::size_t m_next = 0;
    bool m_cut = false;
    QTimer m_turn;
};

} // namespace keydesk
