#include "base/fault.h"

namespace keydesk::fault {

#ifdef KEYDESK_FAULTS
Bug current = None;
int history = 0;
void (*yieldHandler)(const char *where) = nullptr;
#endif

} // namespace keydesk::fault
