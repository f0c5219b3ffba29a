// Loaded before libc into a program under test (LD_PRELOAD): lets chosen calls fail, kills the
// process at one, fills the disk and shifts the wall clock, as FaultControl says.

#include "fault_control.h"

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

using keydesk::shim::FaultControl;

FaultControl *control = nullptr;

__attribute__((constructor)) void attach()
{
    const char *path = std::getenv(FaultControl::variable);
    const int file = path ? ::open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0)
        return;
    void *memory = ::mmap(nullptr, sizeof(FaultControl), PROT_READ | PROT_WRITE, MAP_SHARED, file,
                          0);
    ::close(file);
    if (memory != MAP_FAILED)
        control = static_cast<FaultControl *>(memory);
}

template <class Function>
Function next(const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

bool isMeant(const char *name)
{
    return std::strstr(name, control->path) != nullptr;
}

bool isMeant(int file)
{
    char link[64];
    char name[PATH_MAX];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = ::readlink(link, name, sizeof name - 1);
    if (length < 0)
        return false;
    name[length] = '\0';
    return isMeant(name);
}

// Whether this call is the one; the process may be gone afterwards.
FaultControl::Deed judge(FaultControl::Call call, bool isMeantFile)
{
    if (!isMeantFile || (control->calls & call) == 0)
        return FaultControl::Nothing;
    const std::int64_t number = ++control->seen;
    if (number < control->first || number > control->last)
        return FaultControl::Nothing;
    const auto deed = FaultControl::Deed(control->deed.load());
    if (deed != FaultControl::Nothing)
        ++control->struck;
    if (deed == FaultControl::Kill || (deed == FaultControl::Tear && call != FaultControl::Write))
        ::kill(::getpid(), SIGKILL);
    if (deed == FaultControl::Fail)
        errno = control->error;
    return deed;
}

bool isArmed()
{
    return control
        && (control->deed != FaultControl::Nothing || control->full != 0
            || control->poison[0] != '\0');
}

bool wouldGrow(int file, off64_t end)
{
    struct stat64 state = {};
    if (control->full == 0 || ::fstat64(file, &state) != 0 || !S_ISREG(state.st_mode)
        || end <= state.st_size || !isMeant(file))
        return false;
    ++control->struck;
    errno = ENOSPC;
    return true;
}

// Answers whether the call may go on; `tear` writes the first half and ends the process.
template <class WriteHalf>
bool mayWrite(int file, const void *bytes, size_t size, off64_t end, const WriteHalf &tear)
{
    if (!isArmed())
        return true;
    if (control->poison[0] != '\0' && isMeant(file)
        && ::memmem(bytes, size, control->poison, std::strlen(control->poison)))
        ::kill(::getpid(), SIGKILL);
    if (wouldGrow(file, end))
        return false;
    const auto deed = judge(FaultControl::Write,
                            control->deed != FaultControl::Nothing && isMeant(file));
    if (deed == FaultControl::Tear) {
        tear();
        ::kill(::getpid(), SIGKILL);
    }
    return deed != FaultControl::Fail;
}

bool mayCall(FaultControl::Call call, int file)
{
    return !isArmed() || control->deed == FaultControl::Nothing
        || judge(call, isMeant(file)) != FaultControl::Fail;
}

bool mayRemove(const char *path)
{
    return !isArmed() || control->deed == FaultControl::Nothing
        || judge(FaultControl::Remove, isMeant(path)) != FaultControl::Fail;
}

} // namespace

extern "C" {

ssize_t write(int file, const void *bytes, size_t size)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t)>("write");
    if (isArmed()) {
        const bool appends = (::fcntl(file, F_GETFL) & O_APPEND) != 0;
        const off64_t at = ::lseek64(file, 0, appends ? SEEK_END : SEEK_CUR);
        if (at >= 0 && !mayWrite(file, bytes, size, at + off64_t(size), [&] {
                real(file, bytes, size / 2);
            }))
            return -1;
    }
    return real(file, bytes, size);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64");
    if (!mayWrite(file, bytes, size, at + off64_t(size), [&] { real(file, bytes, size / 2, at); }))
        return -1;
    return real(file, bytes, size, at);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at)
{
    return pwrite64(file, bytes, size, at);
}

int fsync(int file)
{
    static const auto real = next<int (*)(int)>("fsync");
    return mayCall(FaultControl::Sync, file) ? real(file) : -1;
}

int fdatasync(int file)
{
    static const auto real = next<int (*)(int)>("fdatasync");
    return mayCall(FaultControl::Sync, file) ? real(file) : -1;
}

int ftruncate64(int file, off64_t size) noexcept
{
    static const auto real = next<int (*)(int, off64_t)>("ftruncate64");
    return mayCall(FaultControl::Truncate, file) ? real(file, size) : -1;
}

int ftruncate(int file, off_t size) noexcept
{
    return ftruncate64(file, size);
}

int unlink(const char *path) noexcept
{
    static const auto real = next<int (*)(const char *)>("unlink");
    return mayRemove(path) ? real(path) : -1;
}

int rename(const char *from, const char *to) noexcept
{
    static const auto real = next<int (*)(const char *, const char *)>("rename");
    return mayRemove(to) ? real(from, to) : -1;
}

int clock_gettime(clockid_t clock, struct timespec *time) noexcept
{
    static const auto real = next<int (*)(clockid_t, struct timespec *)>("clock_gettime");
    const int done = real(clock, time);
    const bool isWall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
    const bool isSteady = clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_COARSE;
    if (done == 0 && control && (isWall || isSteady)) {
        const std::int64_t offset = isWall ? control->clockOffset : control->steadyOffset;
        time->tv_sec += offset / 1000;
        time->tv_nsec += (offset % 1000) * 1'000'000;
        if (time->tv_nsec >= 1'000'000'000) {
            time->tv_nsec -= 1'000'000'000;
            ++time->tv_sec;
        } else if (time->tv_nsec < 0) {
            time->tv_nsec += 1'000'000'000;
            --time->tv_sec;
        }
    }
    return done;
}

int gettimeofday(struct timeval *time, void *) noexcept
{
    struct timespec now = {};
    const int done = clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return done;
}

time_t time(time_t *into) noexcept
{
    struct timespec now = {};
    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (into)
        *into = now.tv_sec;
    return now.tv_sec;
}

} // extern "C"
