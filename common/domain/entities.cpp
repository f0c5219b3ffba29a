#include "domain/entities.h"

#include "domain/staff.h"

namespace keydesk {

Catalog makeCatalog()
{
    return Catalog({
        describe<Staff>(),
    });
}

} // namespace keydesk
