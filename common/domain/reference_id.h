#pragma once

#include "base/record_id.h"

#include <QStringView>

namespace keydesk {

/// The id of a row of reference data: a pure function of its entity and its code, so that every
/// server, test and later version of the data names the same row alike. Sorts before all ids that
/// are minted at run time.
RecordId referenceId(QStringView entity, QStringView code);

} // namespace keydesk
