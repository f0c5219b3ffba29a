#include "models/csv_export.h"

#include "importing/csv_writer.h"
#include "store/query.h"

#include <QPointer>

#include <algorithm>

namespace keydesk {

namespace {

constexpr std::size_t rowsPerTurn = 300; // a few milliseconds of work

} // namespace

// What the reading thread fills; shared, because either side may be gone first.
struct CsvExport::Reading
{
    std::atomic<bool> cancelled = false;
    std::vector<std::vector<Cell>> rows;
    std::optional<Error> error;
};

CsvExport::CsvExport(const RecordLookup &lookup, ReplicaReader &reader, QObject *parent)
    : QObject(parent)
    , m_lookup(lookup)
    , m_reader(reader)
{
    m_turn.setInterval(0);
    connect(&m_turn, &QTimer::timeout, this, &CsvExport::writeSome);
}

CsvExport::~CsvExport()
{
    cancel();
}

Result<> CsvExport::start(const QString &path, RowQuery query)
{
    query.limit = mostRows + 1; // one more tells that there are more
    auto compiled = compile(m_reader.catalog(), query);
    if (!compiled)
        return compiled.error();
    m_file = std::make_unique<QSaveFile>(path);
    if (!m_file->open(QIODevice::WriteOnly))
        return Error("file.unwritable"_reason, {path, m_file->errorString()});
    m_writer = std::make_unique<CsvWriter>(*m_file);
    m_columns = compiled->columns;
    QStringList headings;
    for (const QueryColumn &column : m_columns)
        headings.append(column.field.label.text());
    if (auto written = m_writer->write(headings); !written)
        return written.error();
    m_reading = std::make_shared<Reading>();
    m_next = 0;
    const auto read = [reading = m_reading, asked = *compiled](Database &database) {
        Query rows = database.query(asked.sql);
        for (std::size_t i = 0; i < asked.values.size(); ++i)
            rows.bind(int(i) + 1, asked.values[i]);
        rows.bind(int(asked.values.size()) + 1, mostRows + 1);
        while (!reading->cancelled && rows.next()) {
            std::vector<Cell> cells;
            for (std::size_t i = 0; i < asked.columns.size(); ++i)
                cells.push_back(rows.cell(int(i) + 1));
            reading->rows.push_back(std::move(cells));
        }
        if (rows.error())
            reading->error = *rows.error();
    };
    m_reader.inBackground(this, read, [this] { takeRows(); });
    return {};
}

void CsvExport::cancel()
{
    m_turn.stop();
    if (m_reading)
        m_reading->cancelled = true;
    m_reading.reset();
    m_writer.reset();
    m_file.reset(); // without commit() nothing is left
}

void CsvExport::takeRows()
{
    if (!m_reading)
        return;
    if (m_reading->error)
        return end(*m_reading->error);
    m_cut = m_reading->rows.size() > std::size_t(mostRows);
    if (m_cut)
        m_reading->rows.resize(std::size_t(mostRows));
    m_turn.start();
}

void CsvExport::writeSome()
{
    const auto &rows = m_reading->rows;
    const std::size_t last = std::min(rows.size(), m_next + rowsPerTurn);
    QStringList cells;
    for (; m_next < last; ++m_next) {
        cells.clear();
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            cells.append(exportText(m_columns[i].field, rows[m_next][i], m_lookup));
        if (auto written = m_writer->write(cells); !written)
            return end(written.error());
    }
    Q_EMIT progressed(int(m_next), int(rows.size()));
    if (!m_reading || m_next < rows.size())
        return; // cancelled by who was told, or not through yet
    m_turn.stop();
    if (!account)
        return keep();
    account(int(rows.size()), [self = QPointer(this), reading = m_reading](const Result<> &told) {
        if (!self || self->m_reading != reading)
            return; // cancelled meanwhile
        if (told)
            self->keep();
        else
            self->end(told.error());
    });
}

bool CsvExport::isMasked() const
{
    return std::none_of(m_columns.begin(), m_columns.end(), [](const QueryColumn &column) {
        return column.field.has(FieldFlag::Personal) || column.field.has(FieldFlag::Confidential);
    });
}

void CsvExport::keep()
{
    const int count = int(m_reading->rows.size());
    const QString path = m_file->fileName();
    if (!m_file->commit())
        return end(Error("file.unwritable"_reason, {path, m_file->errorString()}));
    end(count);
}

void CsvExport::end(const Result<int> &rows)
{
    cancel();
    Q_EMIT finished(rows);
}

} // namespace keydesk
