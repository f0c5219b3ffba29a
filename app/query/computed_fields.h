#pragma once

#include "query/row_query.h"

namespace keydesk {

/// A boolean `name`: whether the row's own `column` has a value. Sorts what is open before what is
/// done. `column` is a name of the field table, never something typed.
ComputedField isFilledField(const QString &name, const QString &column, const Label &label);

} // namespace keydesk
