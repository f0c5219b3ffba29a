#include "models/csv_export.h"

#include "importing/csv_writer.h"

#include <QSaveFile>

namespace keydesk {

Result<int> exportCsv(const QString &path, const RowQuery &query, ReplicaReader &reader,
                      const RecordLookup &lookup)
{
    auto compiled = compile(reader.catalog(), query);
    if (!compiled)
        return compiled.error();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return Error("file.unwritable"_reason, {path, file.errorString()});
    CsvWriter writer(file);
    QStringList cells;
    for (const QueryColumn &column : compiled->columns)
        cells.append(column.field.label.text());
    if (auto written = writer.write(cells); !written)
        return written.error();

    const int width = int(compiled->columns.size());
    int count = 0;
    Query rows = reader.store().database().query(compiled->sql);
    for (std::size_t i = 0; i < compiled->values.size(); ++i)
        rows.bind(int(i) + 1, compiled->values[i]);
    rows.bind(int(compiled->values.size()) + 1, exportRows);
    for (; rows.next(); ++count) {
        cells.clear();
        for (int i = 0; i < width; ++i)
            cells.append(
                exportText(compiled->columns[std::size_t(i)].field, rows.cell(i + 1), lookup));
        if (auto written = writer.write(cells); !written)
            return written.error();
    }
    if (rows.error())
        return *rows.error();
    if (!file.commit())
        return Error("file.unwritable"_reason, {path, file.errorString()});
    return count;
}

} // namespace keydesk
