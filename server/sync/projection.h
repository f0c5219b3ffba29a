#pragma once

#include "protocol/messages.h"
#include "schema/catalog.h"

namespace keydesk {

// Cuts a row to what a profile may see and to the columns a desktop knows. Masking happens here and
// nowhere else, so that a masked replica never held the number (sync.md, "Shape" 6).
class Projection
{
public:
    /// The columns of each entity as the desktop named them; unknown entities and columns stay
    /// empty.
    Projection(const Catalog &catalog, const Columns &columns);

    /// How many entities the desktop knows.
    int entityCount() const { return int(m_entities.size()); }
    /// Position of an entity in the desktop's list, -1 if it does not know it.
    int numberOf(const QString &entity) const { return m_numbers.value(entity, -1); }
    const EntityInfo *entity(int number) const { return m_entities[std::size_t(number)].info; }
    /// The entities here that the desktop's program does not know: it holds none of their rows.
    const std::vector<const EntityInfo *> &unknownThere() const { return m_unknownThere; }
    Row cells(int number, const Row &row, Profile profile) const;

private:
    struct Known
    {
        const EntityInfo *info;
        std::vector<int> columns; // index into the field table, -1: not known here
    };
    std::vector<Known> m_entities;
    QHash<QString, int> m_numbers;
    std::vector<const EntityInfo *> m_unknownThere;
};

/// One cell as the profile shows it: personal data masked, confidential data absent.
Cell maskedCell(const FieldInfo &field, const Cell &cell, Profile profile);

} // namespace keydesk
