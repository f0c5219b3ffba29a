#pragma once

#include "schema/schema.h"

#include <set>

namespace keydesk {

// What was read of reference data (EntityInfo::isReference()), kept until a row of that entity is
// written. For the one connection that writes: nobody tells it of another's changes.
class RowMemory
{
public:
    explicit RowMemory(const Catalog &catalog)
        : m_kept(catalog.entities().size())
    {
    }

    // Of one entity; an answer's key is its condition with the values it was asked with.
    struct Kept
    {
        QHash<RecordId, Row> rows;
        QHash<QByteArray, std::vector<Row>> answers;
    };
    Kept &of(int entity) { return m_kept[std::size_t(entity)]; }
    /// Questions are few, by areas and teams; should they not be, all answers of an entity go.
    static constexpr qsizetype mostAnswers = 4096;
    static QByteArray keyOf(const QByteArray &condition, const std::vector<Cell> &values);

    /// A row of the entity is written.
    void written(int entity);
    /// What was written since the last commit may be void.
    void rolledBack();
    void committed() { m_written.clear(); }

private:
    std::vector<Kept> m_kept;
    std::set<int> m_written; // since the last commit
};

} // namespace keydesk
