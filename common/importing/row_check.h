#pragma once

#include "importing/row_mapper.h"

namespace keydesk {

// What an import will do with a record of its file.
enum class ImportFate : quint8 { Unchanged, Create, Update, Rejected };

/// The living record that the row's key means; none when it is new. Errors: import.several_match,
/// which names the key and what the row says of it.
Result<std::optional<Row>> findExisting(RowStore &store, const RowMapper &mapper,
                                        const ImportRow &row);

/// The record with the row's filled cells written over it.
Row overwritten(const Row &existing, const ImportRow &row);

// Holds the rows of one file against the records there are and against each other: what would
// happen to each, or why it cannot be. Writes nothing. Keeps one entry per row in memory.
class RowCheck
{
public:
    RowCheck(RowStore &store, const RowMapper &mapper)
        : m_store(store)
        , m_mapper(mapper)
    {
    }

    /// Adds to the row's faults what it finds.
    ImportFate judge(ImportRow &row);

private:
    void checkKey(ImportRow &row);
    void checkRepeated(ImportRow &row, const QString &sign, const std::vector<int> &key);
    void checkBusinessKey(ImportRow &row, const std::optional<Row> &existing);
    void checkOwner(ImportRow &row, const std::optional<Row> &existing);

    RowStore &m_store;
    const RowMapper &m_mapper;
    QHash<QString, qint64> m_lines; // of keys already seen
};

} // namespace keydesk
