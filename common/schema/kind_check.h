#pragma once

#include "base/result.h"
#include "schema/field.h"

namespace keydesk {

/// Whether the value is of the field's kind and within its range: a known key, a real date, whole
/// numbers, a telephone number. Empty always is. Errors: field.malformed, field.negative,
/// field.out_of_range, field.length, value.not_phone.
Result<> checkKind(const FieldInfo &field, const Cell &value);

} // namespace keydesk
