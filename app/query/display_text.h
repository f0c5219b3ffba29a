#pragma once

#include "base/cell.h"
#include "query/record_lookup.h"
#include "schema/field.h"

namespace keydesk {

/// A value as people read it in a list: amounts with separators, yyyy-MM-dd, enums by label,
/// references by name, in the default locale's language. Empty for an empty cell.
QString displayText(const FieldInfo &field, const Cell &value, const RecordLookup &lookup);

/// A value for an exported file: exact and readable by a program, enums and references by name.
QString exportText(const FieldInfo &field, const Cell &value, const RecordLookup &lookup);

/// Whether the value is a quantity: drawn at the right, sorted by size.
bool isQuantity(Kind kind);

} // namespace keydesk
