#pragma once

#include "base/result.h"
#include "importing/csv_format.h"

#include <QIODevice>
#include <QStringConverter>
#include <QStringList>

#include <optional>

namespace keydesk {

// One record of a CSV file.
struct CsvRow
{
    qint64 line = 0; // physical line it begins on, from 1
    QStringList fields;
    /// "csv.ragged" when the record has another number of fields than the first one.
    std::optional<Error> fault;
};

// Limits against files that are not what they say.
struct CsvLimits
{
    qsizetype fieldCharacters = 8 * 1024 * 1024; // UTF-16: 16 MiB
    qsizetype recordCharacters = 32 * 1024 * 1024;
    qsizetype columns = 1000;
};

// Reads an RFC 4180 file record by record, in memory bounded by one record and one block of the
// device. Accepts CRLF, LF and CR, skips lines without any character, takes quotes inside an
// unquoted field as text. Bytes of another encoding spoil their record, in the header the file. It
// never guesses past a broken quote: that ends the reading with its place.
class CsvReader final
{
public:
    /// `device` is open for reading, stands at its beginning and outlives the reader.
    CsvReader(QIODevice &device, const CsvFormat &format, const CsvLimits &limits = {});

    /// Reads the next record into row(); false after the last one. After an error nothing more can
    /// be read. Takes the guard off cells that CsvWriter guarded against formulas ("'=1" is "=1").
    Result<bool> next();
    /// The record that next() read last.
    const CsvRow &row() const { return m_row; }

private:
    enum class State { FieldStart, Plain, Quoted, QuoteInQuoted };

    bool fill();
    std::optional<Error> take(QChar c);
    std::optional<Error> takeStructural(QChar c);
    std::optional<Error> append(QChar c);
    std::optional<Error> endField();
    std::optional<Error> scanRecord();
    Error badBytes(qint64 line) const;
    void takeRow();
    bool isFormatHint() const;
    void countPosition(QChar c);

    QIODevice &m_device;
    CsvFormat m_format;
    CsvLimits m_limits;
    QStringDecoder m_decoder;

    QString m_block;
    qsizetype m_at = 0;
    bool m_blockIsDamaged = false;
    bool m_damageSeen = false; // the decoder marked every place; it goes on saying "damaged"
    bool m_recordIsDamaged = false;
    bool m_started = false;
    bool m_ended = false;
    std::optional<Error> m_broken;

    State m_state = State::FieldStart;
    bool m_recordComplete = false;
    bool m_afterCr = false;
    CsvRow m_row;
    QString m_field;
    QStringList m_fields;
    qsizetype m_recordCharacters = 0;
    qsizetype m_expected = -1;

    qint64 m_line = 1;
    qint64 m_column = 1;
    qint64 m_rowLine = 1;
    qint64 m_quoteLine = 0;
    qint64 m_quoteColumn = 0;
};

} // namespace keydesk
