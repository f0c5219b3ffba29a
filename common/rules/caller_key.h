#pragma once

#include "base/record_id.h"

#include <QString>

namespace keydesk {

/// What a directory line is found by: a keyed hash of the number's normal form ("+8613800138000"),
/// salted with the area, so that a line shows no number and the lines of two areas cannot be
/// joined. It keeps a list from being read, not from being guessed: mobile numbers are few enough
/// to try.
QString callerKey(const QString &normalForm, const RecordId &area);

} // namespace keydesk
