// A library for LD_PRELOAD: calls of the system fail, or the process ends, as the environment says:
//     FAIL_UNDER   only files in this folder count
//     FAIL_CALL    read, write, sync, open, truncate or name (link, rename)
//     FAIL_AT      the first of them that fails, from 1
//     FAIL_HOW     an errno, "short" (half is read or written) or "kill"
//     FAIL_FOR_GOOD   all later ones fail as well
//     FAIL_REPORT  a file that is made when a call fails
// A short count is one that the system may always give, and no failure by itself.

#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <atomic>
#include <mutex>

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr int mostFiles = 1024;
std::atomic<bool> watched[mostFiles];
std::atomic<long> counted { 0 };

const char* setting(const char* name)
{
    const char* const value = std::getenv(name);
    return value ? value : "";
}

template <class Function> Function* next(const char* name)
{
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

bool isUnder(const char* path)
{
    const char* const folder = setting("FAIL_UNDER");
    return *folder && path && std::strncmp(path, folder, std::strlen(folder)) == 0;
}

bool isWatched(int file)
{
    return file >= 0 && file < mostFiles && watched[file].load();
}

void report()
{
    static auto* const open = next<int(const char*, int, ...)>("open");
    const int file = open(setting("FAIL_REPORT"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0)
        ::close(file);
}

enum class Answer { Go, Fail, Short };

Answer ask(const char* call)
{
    if (std::strcmp(setting("FAIL_CALL"), call) != 0)
        return Answer::Go;
    const long at = std::atol(setting("FAIL_AT"));
    const long number = ++counted;
    if (number != at && !(number > at && *setting("FAIL_FOR_GOOD")))
        return Answer::Go;
    report();
    const char* const how = setting("FAIL_HOW");
    if (std::strcmp(how, "kill") == 0)
        ::kill(::getpid(), SIGKILL);
    if (std::strcmp(how, "short") == 0)
        return Answer::Short;
    errno = std::atoi(how);
    return Answer::Fail;
}

int noted(int file, bool isOurs)
{
    if (file >= 0 && file < mostFiles)
        watched[file].store(isOurs);
    return file;
}

int openAs(const char* name, const char* path, int flags, mode_t mode)
{
    const bool isOurs = isUnder(path);
    if (isOurs && ask("open") == Answer::Fail)
        return -1;
    return noted(next<int(const char*, int, ...)>(name)(path, flags, mode), isOurs);
}

template <class Work> ssize_t transfer(const char* call, int file, size_t size, const Work& work)
{
    const Answer answer = isWatched(file) ? ask(call) : Answer::Go;
    if (answer == Answer::Fail)
        return -1;
    return work(answer == Answer::Short && size > 1 ? size / 2 : size);
}

mode_t modeOf(va_list arguments, int flags)
{
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

} // namespace

extern "C" {

int open(const char* path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = modeOf(arguments, flags);
    va_end(arguments);
    return openAs("open", path, flags, mode);
}

int open64(const char* path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = modeOf(arguments, flags);
    va_end(arguments);
    return openAs("open64", path, flags, mode);
}

int close(int file)
{
    noted(file, false);
    static auto* const real = next<int(int)>("close");
    return real(file);
}

ssize_t read(int file, void* bytes, size_t size)
{
    static auto* const real = next<ssize_t(int, void*, size_t)>("read");
    return transfer("read", file, size, [&](size_t part) { return real(file, bytes, part); });
}

ssize_t pread64(int file, void* bytes, size_t size, off64_t offset)
{
    static auto* const real = next<ssize_t(int, void*, size_t, off64_t)>("pread64");
    return transfer(
        "read", file, size, [&](size_t part) { return real(file, bytes, part, offset); });
}

ssize_t write(int file, const void* bytes, size_t size)
{
    static auto* const real = next<ssize_t(int, const void*, size_t)>("write");
    return transfer("write", file, size, [&](size_t part) { return real(file, bytes, part); });
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset)
{
    static auto* const real = next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
    return transfer(
        "write", file, size, [&](size_t part) { return real(file, bytes, part, offset); });
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset)
{
    return pwrite64(file, bytes, size, offset);
}

int fsync(int file)
{
    static auto* const real = next<int(int)>("fsync");
    return isWatched(file) && ask("sync") == Answer::Fail ? -1 : real(file);
}

int fdatasync(int file)
{
    static auto* const real = next<int(int)>("fdatasync");
    return isWatched(file) && ask("sync") == Answer::Fail ? -1 : real(file);
}

int ftruncate64(int file, off64_t size)
{
    static auto* const real = next<int(int, off64_t)>("ftruncate64");
    return isWatched(file) && ask("truncate") == Answer::Fail ? -1 : real(file, size);
}

int link(const char* from, const char* to)
{
    static auto* const real = next<int(const char*, const char*)>("link");
    return isUnder(to) && ask("name") == Answer::Fail ? -1 : real(from, to);
}

int rename(const char* from, const char* to)
{
    static auto* const real = next<int(const char*, const char*)>("rename");
    return isUnder(to) && ask("name") == Answer::Fail ? -1 : real(from, to);
}

} // extern "C"
