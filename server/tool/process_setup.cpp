#include "tool/process_setup.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace keydesk {

void setUpProcess()
{
    ::umask(077);
    const rlimit noCore{0, 0};
    ::setrlimit(RLIMIT_CORE, &noCore);
    ::prctl(PR_SET_DUMPABLE, 0);
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
}

} // namespace keydesk
