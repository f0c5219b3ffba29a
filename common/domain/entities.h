#pragma once

#include "schema/catalog.h"

namespace keydesk {

/// Every entity of Keydesk: the list that makes an entity exist for the store, sync, search, import
/// and forms.
Catalog makeCatalog();

} // namespace keydesk
