#pragma once

#include "schema/catalog.h"

namespace keydesk {

/// What the full-text index keeps of a row: the tokens of its searchable fields, separated by
/// blanks; empty if there is nothing to find.
QString searchTokens(const EntityInfo &entity, const Row &row);

/// The normal forms of all telephone numbers in the row's phone fields, without doubles.
QStringList phoneKeys(const EntityInfo &entity, const Row &row);

} // namespace keydesk
