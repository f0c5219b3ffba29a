#pragma once

#include "base/result.h"
#include "importing/import_kind.h"

#include <QHash>
#include <QJsonObject>

#include <map>
#include <optional>
#include <vector>

namespace keydesk {

// One column of a file that is taken, and what becomes of its cells.
struct ImportColumn
{
    QString header;
    int position = 0; // in the file, from 0
    std::vector<int> fields; // of the entity; one cell may fill several
    QHash<QString, QString> values; // what stands in the file -> what is meant
    QString unit; // put behind each filled cell: "万" for a column in units of 10,000
};

// Which columns of a file go to which fields, how records are matched, and what fills the rest of a
// new record. Holds texts as they are written; it parses none of them.
struct ImportMap
{
    std::vector<ImportColumn> columns;
    std::vector<int> key;
    std::map<int, QString> defaults; // for new records only

    /// The header that fills the field; empty if none does.
    QString headerOf(int field) const;
    bool fills(int field) const { return defaults.contains(field) || !headerOf(field).isNull(); }
};

/// From a map file: {"columns": {SOURCE HEADER: FIELD | [FIELD..] | null}, "key": [FIELD..],
/// "defaults": {FIELD: VALUE}, "values": {SOURCE HEADER: {IN THE FILE: MEANT}}, "units": {SOURCE
/// HEADER: TEXT}}; all but "columns" may be absent. Columns of the file that it does not name are
/// left out. FIELD is a field's name or one of its labels. Without "key" the kind's own is taken.
/// Errors: import.map_malformed, import.header_missing, import.header_twice, import.field_unknown,
/// import.field_twice, import.key_unfilled.
Result<ImportMap> readImportMap(const ImportKind &kind, const EntityInfo &entity,
                                const QStringList &headers, const QJsonObject &json);

/// Without a map file: each header must be a field's name or one of its labels. Errors: the same,
/// and import.header_unknown, import.no_column.
Result<ImportMap> matchHeaders(const ImportKind &kind, const EntityInfo &entity,
                               const QStringList &headers);

} // namespace keydesk
