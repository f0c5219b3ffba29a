#pragma once

#include "base/result.h"
#include "schema/catalog.h"

namespace keydesk {

// Rows of one entity, in the order in which they may be inserted.
struct EntityRows
{
    QString entity;
    std::vector<Row> rows;
};

/// The reference data that ships with the program (resources/reference): areas, industries,
/// channels, their coverage, products, teams, tags and routing rules, each after what it refers to.
/// Fails with "reference_data.invalid" when a file names an unknown field, key, or code.
Result<std::vector<EntityRows>> loadReferenceData(const Catalog &catalog);

/// One file of reference data: a JSON array of objects from field name to value. References hold
/// the code of their target, code lists and text lists are arrays, amounts are fen. Fields that are
/// not named keep the cell of `defaults`. Ids follow from the codes (domain/reference_id.h).
Result<EntityRows> readReferenceTable(const EntityInfo &entity, const Row &defaults,
                                      const QByteArray &json);

/// Whether each reference of `tables` finds its row in them and no two rows share an id.
Result<> checkReferenceData(const Catalog &catalog, const std::vector<EntityRows> &tables);

} // namespace keydesk
