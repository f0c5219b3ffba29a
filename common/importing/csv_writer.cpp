#include "importing/csv_writer.h"

#include "importing/formula_guard.h"

using namespace Qt::StringLiterals;

namespace keydesk {

QString CsvWriter::quoted(const QString &cell) const
{
    const bool needed = cell.contains(m_delimiter) || cell.contains(u'"') || cell.contains(u'\n')
        || cell.contains(u'\r') || cell.startsWith(u' ') || cell.endsWith(u' ');
    if (!needed)
        return cell;
    QString doubled = cell;
    return u'"' + doubled.replace(u'"', u"\"\""_s) + u'"';
}

Result<> CsvWriter::write(const QStringList &cells)
{
    QStringList fields;
    fields.reserve(cells.size());
    for (const QString &cell : cells)
        fields += quoted(withFormulaGuard(cell));
    // One empty cell would be a line without a character, which readers skip.
    const QString line = cells.size() == 1 && cells.first().isEmpty() ? u"\"\""_s
                                                                      : fields.join(m_delimiter);
    const QByteArray bytes = (m_started ? QByteArray() : QByteArray("\xef\xbb\xbf")) + line.toUtf8()
        + "\r\n";
    m_started = true;
    if (m_device.write(bytes) != bytes.size())
        return Error("file.unwritable"_reason, {{}, m_device.errorString()});
    return {};
}

} // namespace keydesk
