#include "support/slowfiles.h"

#include <QFile>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdarg>
#include <cstring>
#include <thread>

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr int mostFiles = 4096;
constexpr std::size_t longestFolder = 4096;

std::atomic<int> delay { 0 }; ///< Milliseconds; 0: none.
std::atomic<int> counted { 0 };
char slowFolder[longestFolder];
std::atomic<bool> slowFile[mostFiles];

template <class Function> Function* next(const char* name)
{
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

void wait()
{
    const int error = errno;
    if (const int milliseconds = delay.load(); milliseconds > 0) {
        ++counted;
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    }
    errno = error;
}

bool isSlow(const char* path)
{
    return delay.load() > 0 && path && std::strncmp(path, slowFolder, std::strlen(slowFolder)) == 0;
}

void waitFor(const char* path)
{
    if (isSlow(path))
        wait();
}

void waitFor(int file)
{
    if (delay.load() > 0 && file >= 0 && file < mostFiles && slowFile[file].load())
        wait();
}

int openAs(const char* name, const char* path, int flags, mode_t mode)
{
    waitFor(path);
    const int file = next<int(const char*, int, ...)>(name)(path, flags, mode);
    // Also while nothing is slow: it may become so.
    if (file >= 0 && file < mostFiles)
        slowFile[file].store(
            *slowFolder && std::strncmp(path, slowFolder, std::strlen(slowFolder)) == 0);
    return file;
}

mode_t modeOf(va_list arguments, int flags)
{
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

} // namespace

namespace eventloupe {

SlowFiles::SlowFiles(const QString& folder, int milliseconds)
{
    const auto path = QFile::encodeName(folder);
    std::strncpy(slowFolder, path.constData(), longestFolder - 1);
    counted = 0;
    delay = milliseconds;
}

SlowFiles::~SlowFiles()
{
    delay = 0;
}

int SlowFiles::calls()
{
    return counted;
}

} // namespace eventloupe

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
    static auto* const real = next<int(int)>("close");
    if (file >= 0 && file < mostFiles)
        slowFile[file].store(false);
    return real(file);
}

ssize_t read(int file, void* bytes, size_t size)
{
    static auto* const real = next<ssize_t(int, void*, size_t)>("read");
    waitFor(file);
    return real(file, bytes, size);
}

ssize_t pread64(int file, void* bytes, size_t size, off64_t offset)
{
    static auto* const real = next<ssize_t(int, void*, size_t, off64_t)>("pread64");
    waitFor(file);
    return real(file, bytes, size, offset);
}

ssize_t pread(int file, void* bytes, size_t size, off_t offset)
{
    return pread64(file, bytes, size, offset);
}

ssize_t write(int file, const void* bytes, size_t size)
{
    static auto* const real = next<ssize_t(int, const void*, size_t)>("write");
    waitFor(file);
    return real(file, bytes, size);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset)
{
    static auto* const real = next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
    waitFor(file);
    return real(file, bytes, size, offset);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset)
{
    return pwrite64(file, bytes, size, offset);
}

int fsync(int file)
{
    static auto* const real = next<int(int)>("fsync");
    waitFor(file);
    return real(file);
}

int fdatasync(int file)
{
    static auto* const real = next<int(int)>("fdatasync");
    waitFor(file);
    return real(file);
}

int access(const char* path, int mode)
{
    static auto* const real = next<int(const char*, int)>("access");
    waitFor(path);
    return real(path, mode);
}

int statx(int folder, const char* path, int flags, unsigned mask, struct statx* result)
{
    static auto* const real
        = next<int(int, const char*, int, unsigned, struct statx*)>("statx");
    if (*path)
        waitFor(path);
    else
        waitFor(folder);
    return real(folder, path, flags, mask, result);
}

int stat64(const char* path, struct stat64* result)
{
    static auto* const real = next<int(const char*, struct stat64*)>("stat64");
    waitFor(path);
    return real(path, result);
}

int lstat64(const char* path, struct stat64* result)
{
    static auto* const real = next<int(const char*, struct stat64*)>("lstat64");
    waitFor(path);
    return real(path, result);
}

int stat(const char* path, struct stat* result)
{
    static auto* const real = next<int(const char*, struct stat*)>("stat");
    waitFor(path);
    return real(path, result);
}

int lstat(const char* path, struct stat* result)
{
    static auto* const real = next<int(const char*, struct stat*)>("lstat");
    waitFor(path);
    return real(path, result);
}

DIR* opendir(const char* path)
{
    static auto* const real = next<DIR*(const char*)>("opendir");
    waitFor(path);
    return real(path);
}

char* realpath(const char* path, char* resolved)
{
    static auto* const real = next<char*(const char*, char*)>("realpath");
    waitFor(path);
    return real(path, resolved);
}

int rename(const char* from, const char* to)
{
    static auto* const real = next<int(const char*, const char*)>("rename");
    waitFor(to);
    return real(from, to);
}

int unlink(const char* path)
{
    static auto* const real = next<int(const char*)>("unlink");
    waitFor(path);
    return real(path);
}

int mkdir(const char* path, mode_t mode)
{
    static auto* const real = next<int(const char*, mode_t)>("mkdir");
    waitFor(path);
    return real(path, mode);
}

int inotify_add_watch(int file, const char* path, uint32_t mask)
{
    static auto* const real = next<int(int, const char*, uint32_t)>("inotify_add_watch");
    waitFor(path);
    return real(file, path, mask);
}

} // extern "C"
