#include "importing/csv_reader.h"

#include "importing/formula_guard.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr qint64 readBlock = 64 * 1024;

bool isLineEnd(QChar c)
{
    return c == u'\n' || c == u'\r';
}

} // namespace

CsvReader::CsvReader(QIODevice &device, const CsvFormat &format, const CsvLimits &limits)
    : m_device(device)
    , m_format(format)
    , m_limits(limits)
    , m_decoder(format.encoding.constData())
{
    if (!m_decoder.isValid())
        m_broken = Error("import.encoding"_reason, {}, QString::fromLatin1(format.encoding));
}

Result<bool> CsvReader::next()
{
    while (!m_broken) {
        m_broken = scanRecord();
        if (m_broken)
            break;
        if (!m_recordComplete)
            return false;
        const bool isHeader = m_expected < 0;
        takeRow();
        if (isFormatHint())
            continue;
        // Without its header a file says nothing.
        if (isHeader && m_row.fault)
            m_broken = m_row.fault;
        else
            return true;
    }
    return *m_broken;
}

// Reads up to the end of one record, or of the file.
std::optional<Error> CsvReader::scanRecord()
{
    m_recordComplete = false;
    for (;;) {
        while (m_at < m_block.size()) {
            const QChar c = m_block[m_at++];
            if (auto error = take(c))
                return error;
            countPosition(c);
            if (m_recordComplete)
                return {};
        }
        if (m_blockIsDamaged && !m_damageSeen)
            return badBytes(m_line);
        if (!fill())
            break;
    }
    if (m_device.isOpen() && !m_device.atEnd())
        return Error("file.unreadable"_reason, {{}, m_device.errorString()});
    if (m_state == State::Quoted)
        return Error("csv.unterminated"_reason,
                     {QString::number(m_quoteLine), QString::number(m_quoteColumn)});
    const bool nothing = m_state == State::FieldStart && m_fields.isEmpty();
    m_recordComplete = !nothing;
    return nothing ? std::nullopt : endField();
}

bool CsvReader::fill()
{
    const QByteArray bytes = m_device.read(readBlock);
    if (bytes.isEmpty() && m_ended)
        return false;
    if (bytes.isEmpty()) {
        // A character cut off at the end of the file shows itself only when something follows it.
        m_ended = true;
        if (m_format.encoding.startsWith("UTF-16") || m_format.encoding.startsWith("UTF-32"))
            return false;
        const QString tail = m_decoder(QByteArrayView("\n"));
        m_blockIsDamaged = m_decoder.hasError();
        m_block = tail.contains(QChar::ReplacementCharacter) ? tail : QString();
        m_at = 0;
        return !m_block.isEmpty() || (m_blockIsDamaged && !m_damageSeen);
    }
    m_block = m_decoder(bytes);
    m_blockIsDamaged = m_decoder.hasError();
    m_at = 0;
    // Qt's own decoders take the mark of the Unicode encodings off, ICU's leaves that of GB 18030.
    if (!m_started && m_format.encoding == "GB18030" && m_block.startsWith(QChar::ByteOrderMark))
        m_at = 1;
    m_started = true;
    return true;
}

std::optional<Error> CsvReader::take(QChar c)
{
    if (m_blockIsDamaged && c == QChar::ReplacementCharacter)
        m_recordIsDamaged = m_damageSeen = true;
    if (c.isNull())
        return Error("csv.not_text"_reason);
    switch (m_state) {
    case State::Quoted:
        if (c != u'"')
            return append(c);
        m_state = State::QuoteInQuoted;
        return {};
    case State::QuoteInQuoted:
        if (c != u'"')
            return takeStructural(c);
        m_state = State::Quoted;
        return append(c);
    case State::FieldStart:
        if (m_fields.isEmpty())
            m_rowLine = m_line;
        if (c == u'"') {
            m_state = State::Quoted;
            m_quoteLine = m_line;
            m_quoteColumn = m_column;
            return {};
        }
        break;
    case State::Plain:
        break;
    }
    if (c == m_format.delimiter || isLineEnd(c))
        return takeStructural(c);
    m_state = State::Plain;
    return append(c);
}

// A delimiter or the end of a line outside quotes; anything else may not follow a closing quote.
std::optional<Error> CsvReader::takeStructural(QChar c)
{
    if (c == m_format.delimiter)
        return endField();
    if (!isLineEnd(c))
        return Error("csv.after_quote"_reason,
                     {QString::number(m_line), QString::number(m_column)});
    // A line without any character, or the LF of a CRLF.
    if (m_state == State::FieldStart && m_fields.isEmpty())
        return {};
    m_recordComplete = true;
    return endField();
}

std::optional<Error> CsvReader::append(QChar c)
{
    m_field += c;
    if (m_field.size() > m_limits.fieldCharacters
        || ++m_recordCharacters > m_limits.recordCharacters)
        return Error("csv.too_long"_reason,
                     {QString::number(m_state == State::Quoted ? m_quoteLine : m_rowLine)});
    return {};
}

std::optional<Error> CsvReader::endField()
{
    m_fields += withoutFormulaGuard(std::move(m_field));
    m_field.clear();
    m_state = State::FieldStart;
    if (m_fields.size() > m_limits.columns)
        return Error("csv.too_many_columns"_reason,
                     {QString::number(m_rowLine), QString::number(m_limits.columns)});
    return {};
}

void CsvReader::takeRow()
{
    m_recordCharacters = 0;
    m_row.line = m_rowLine;
    m_row.fields = std::exchange(m_fields, {});
    m_row.fault.reset();
    const qsizetype columns = m_row.fields.size();
    if (isFormatHint())
        return;
    if (m_expected < 0)
        m_expected = columns;
    if (std::exchange(m_recordIsDamaged, false))
        m_row.fault = badBytes(m_row.line);
    else if (columns != m_expected)
        m_row.fault = Error("csv.ragged"_reason,
                            {QString::number(m_row.line), QString::number(columns),
                             QString::number(m_expected)});
}

// "sep=;" on the first line is Excel's note to itself.
bool CsvReader::isFormatHint() const
{
    return m_row.line == 1 && m_row.fields == QStringList{u"sep="_s, QString()};
}

Error CsvReader::badBytes(qint64 line) const
{
    return Error("csv.bad_bytes"_reason,
                 {QString::number(line), QString::fromLatin1(m_format.encoding)});
}

void CsvReader::countPosition(QChar c)
{
    ++m_column;
    if (isLineEnd(c)) {
        if (!(c == u'\n' && m_afterCr))
            ++m_line;
        m_column = 1;
    }
    m_afterCr = c == u'\r';
}

} // namespace keydesk
