#pragma once

#include "query/display_text.h"
#include "query/row_query.h"

namespace keydesk {

/// The most rows of one export (reliability.md, "Personal data").
inline constexpr int exportRows = 5000;

/// Writes the rows of the query, with the field labels as headings and values as people read them,
/// into a CSV file that no spreadsheet can be tricked by. Answers the number of rows; at most
/// exportRows. A file is there whole or not at all. Errors: field.unknown, file.unwritable.
Result<int> exportCsv(const QString &path, const RowQuery &query, ReplicaReader &reader,
                      const RecordLookup &lookup);

} // namespace keydesk
