#pragma once

#include "store/database.h"

namespace keydesk {

/// Teaches a reading connection the orderings that SQL has not: pinyin_key() for names of
/// organisations and things, person_key() for names of people.
Result<> defineSortFunctions(Database &database);

} // namespace keydesk
