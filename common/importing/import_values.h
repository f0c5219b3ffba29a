#pragma once

#include "base/cell.h"
#include "base/result.h"
#include "schema/field.h"

namespace keydesk {

/// The cell that `text`, as people and other systems write values, stands for in `field`: keys of
/// an enum by key or by either label, amounts, rates, numbers, days, moments (without an offset in
/// China's time) and yes/no as the parsers of common/base read them. Lists are divided by commas,
/// semicolons or 、. A telephone field needs at least one number that can be dialled and keeps the
/// rest of its text. Not for references: those are looked up (reference_finder.h). Blank text is an
/// empty cell. Errors: the parsers', import.not_choice.
Result<Cell> importedCell(const FieldInfo &field, const QString &text);

} // namespace keydesk
