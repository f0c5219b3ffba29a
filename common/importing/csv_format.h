#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QChar>
#include <QStringView>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace keydesk {

// How a CSV file is to be read: what an import dialog shows and lets the user correct.
struct CsvFormat
{
    QByteArray encoding = "UTF-8"; // a name QStringDecoder knows
    QChar delimiter = u','; // one of , tab ; |

    bool operator==(const CsvFormat &other) const = default;
};

/// The delimiter that splits the records of `sample` most evenly, or the one that a first line
/// "sep=;" names; ',' when nothing else is better. `isWhole` says that the sample ends with the
/// file.
QChar detectDelimiter(QStringView sample, bool isWhole);

/// Encoding and delimiter of `device`, which must be random-access and is left at its beginning.
Result<CsvFormat> detectCsvFormat(QIODevice &device);

} // namespace keydesk
