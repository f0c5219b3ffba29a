#pragma once

#include "store/row_store.h"

#include <QHash>

namespace keydesk {

// Finds the record that a text in a file means: by its id, its business key, its exact name, or one
// of the other names that reference data keeps for imports. Remembers what it found, so it is for
// one import only; it never guesses by likeness.
class ReferenceFinder
{
public:
    explicit ReferenceFinder(RowStore &store)
        : m_store(store)
    {
    }

    /// Errors: import.no_match; reference.ambiguous when several living records answer to it.
    Result<RecordId> find(const QString &entity, const QString &text);

private:
    std::vector<RecordId> search(const EntityInfo &info, const QString &text);
    std::vector<RecordId> living(const EntityInfo &info, const QByteArray &condition,
                                 const QString &text);

    RowStore &m_store;
    QHash<QString, std::vector<RecordId>> m_known;
};

} // namespace keydesk
