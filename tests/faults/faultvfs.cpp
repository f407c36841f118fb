// The VFS of FaultDisk: SQLite's interface (https://sqlite.org/vfs.html) on one side, the default
// VFS on the other.

#include "faults/faultdisk.h"

#include <cstdlib>
#include <cstring>
#include <new>

#include <sqlite3.h>

namespace eventloupe {

namespace {

using Call = FaultDisk::Call;
using Answer = FaultDisk::Answer;

struct FaultFile {
    sqlite3_file base;
    sqlite3_file* real; ///< Behind this in the same memory.
    std::shared_ptr<FaultDisk::Content>* content; ///< Null for a temporary or shared-memory file.
};

sqlite3_vfs* system()
{
    static sqlite3_vfs* const found = sqlite3_vfs_find(nullptr);
    return found;
}

FaultDisk& disk()
{
    return FaultDisk::instance();
}

FaultFile& of(sqlite3_file* file)
{
    return *reinterpret_cast<FaultFile*>(file);
}

sqlite3_file* real(sqlite3_file* file)
{
    return of(file).real;
}

FaultDisk::Content* contentOf(sqlite3_file* file)
{
    return of(file).content ? of(file).content->get() : nullptr;
}

int close(sqlite3_file* file)
{
    const int result = real(file)->pMethods->xClose(real(file));
    delete of(file).content;
    of(file).content = nullptr;
    return result;
}

int read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset)
{
    if (disk().ask(Call::Read) != Answer::Go)
        return SQLITE_IOERR_READ;
    return real(file)->pMethods->xRead(real(file), bytes, size, offset);
}

int writeThrough(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset)
{
    const int result = real(file)->pMethods->xWrite(real(file), bytes, size, offset);
    if (auto* content = contentOf(file); content && result == SQLITE_OK)
        disk().changed(*content,
            { false, offset,
                std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)) });
    return result;
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset)
{
    switch (disk().ask(Call::Write)) {
    case Answer::Go:
        return writeThrough(file, bytes, size, offset);
    case Answer::Half:
        (void)writeThrough(file, bytes, size / 2, offset);
        return disk().isFull() ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    default:
        return SQLITE_IOERR_WRITE;
    }
}

int truncate(sqlite3_file* file, sqlite3_int64 size)
{
    if (disk().ask(Call::Truncate) != Answer::Go)
        return SQLITE_IOERR_TRUNCATE;
    const int result = real(file)->pMethods->xTruncate(real(file), size);
    if (auto* content = contentOf(file); content && result == SQLITE_OK)
        disk().changed(*content, { true, size, {} });
    return result;
}

int sync(sqlite3_file* file, int)
{
    if (disk().ask(Call::Sync) != Answer::Go)
        return SQLITE_IOERR_FSYNC;
    // What is in the system's memory is as good as on this disk.
    if (auto* content = contentOf(file))
        disk().synced(*content);
    return SQLITE_OK;
}

int fileSize(sqlite3_file* file, sqlite3_int64* size)
{
    return real(file)->pMethods->xFileSize(real(file), size);
}

int lock(sqlite3_file* file, int level)
{
    return real(file)->pMethods->xLock(real(file), level);
}

int unlock(sqlite3_file* file, int level)
{
    return real(file)->pMethods->xUnlock(real(file), level);
}

int checkReservedLock(sqlite3_file* file, int* result)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), result);
}

int fileControl(sqlite3_file* file, int code, void* argument)
{
    return real(file)->pMethods->xFileControl(real(file), code, argument);
}

int sectorSize(sqlite3_file* file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}

int deviceCharacteristics(sqlite3_file* file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

int shmMap(sqlite3_file* file, int region, int size, int extend, void volatile** memory)
{
    return real(file)->pMethods->xShmMap(real(file), region, size, extend, memory);
}

int shmLock(sqlite3_file* file, int offset, int count, int flags)
{
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

void shmBarrier(sqlite3_file* file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}

int shmUnmap(sqlite3_file* file, int removes)
{
    return real(file)->pMethods->xShmUnmap(real(file), removes);
}

const sqlite3_io_methods methods { 2, close, read, write, truncate, sync, fileSize, lock, unlock,
    checkReservedLock, fileControl, sectorSize, deviceCharacteristics, shmMap, shmLock, shmBarrier,
    shmUnmap, nullptr, nullptr };

bool isThere(const char* path)
{
    int found = 0;
    return system()->xAccess(system(), path, SQLITE_ACCESS_EXISTS, &found) == SQLITE_OK && found;
}

int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* outFlags)
{
    FaultFile& own = of(file);
    std::memset(static_cast<void*>(&own), 0, sizeof(own));
    own.real = reinterpret_cast<sqlite3_file*>(&own + 1);
    own.real->pMethods = nullptr;
    if (disk().ask(Call::Open) != Answer::Go)
        return SQLITE_CANTOPEN;
    const bool isNew = path && !isThere(path);
    const int result = system()->xOpen(system(), path, own.real, flags, outFlags);
    if (own.real->pMethods)
        own.base.pMethods = &methods;
    constexpr int journals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;
    constexpr int kept = SQLITE_OPEN_MAIN_DB | journals;
    if (result == SQLITE_OK && path && (flags & kept) != 0)
        own.content = new std::shared_ptr<FaultDisk::Content>(
            disk().opened(path, isNew, (flags & journals) != 0));
    return result;
}

int remove(sqlite3_vfs*, const char* path, int syncsFolder)
{
    if (disk().ask(Call::Delete) != Answer::Go)
        return SQLITE_IOERR_DELETE;
    const int result = system()->xDelete(system(), path, 0);
    if (result == SQLITE_OK)
        disk().removed(path, syncsFolder != 0);
    return result;
}

} // namespace

void FaultDisk::install()
{
    static sqlite3_vfs own = [] {
        sqlite3_vfs vfs = *system();
        vfs.szOsFile = static_cast<int>(sizeof(FaultFile)) + system()->szOsFile;
        vfs.zName = "fault";
        vfs.xOpen = open;
        vfs.xDelete = remove;
        return vfs;
    }();
    sqlite3_vfs_register(&own, 1);
}

} // namespace eventloupe
