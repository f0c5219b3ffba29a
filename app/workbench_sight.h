#pragma once

#include "workbench.h"

namespace keydesk {

/// The fields of this record, as it is held here, that the person does not see in clear and may
/// therefore not change: personal and confidential ones of what is not his business. Empty where
/// all is clear.
QStringList hiddenFields(Workbench &workbench, const EntityInfo &entity, const Row &record);

} // namespace keydesk
