#include "base/fault.h"

namespace keydesk::fault {

#ifdef KEYDESK_FAULTS
Bug current = None;
#endif

} // namespace keydesk::fault
