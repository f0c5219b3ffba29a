#pragma once

#include "commands/command.h"

namespace keydesk {

/// The value as it is stored: text of one line trimmed, nothing instead of an empty text.
Cell storedForm(const FieldInfo &field, const Cell &value);

/// What holds for values of a record wherever they come from: known fields of the right kind, none
/// that is required left empty, no text above 16,000 characters. On the server also: references
/// that exist, business keys that no other record has; a desktop does not see enough to judge these
/// (sync.md, "Purity"). Rights are the caller's concern.
Result<> checkValues(CommandContext &context, const EntityInfo &entity, const RecordId &id,
                     const FieldValues &values);

/// As checkValues(), for a row about to be created: everything that is required must be there.
Result<> checkNewRow(CommandContext &context, const EntityInfo &entity, const Row &row);

/// Writes `values` over the row in their stored form.
void applyValues(const EntityInfo &entity, Row &row, const FieldValues &values);

} // namespace keydesk
