#include "foreign/readonlyvfs.h"

#include <atomic>
#include <cstring>
#include <new>
#include <string>
#include <vector>

#include <QtGlobal>

#include <sqlite3.h>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace eventloupe {

namespace {

/// The index of a write-ahead log that no other connection shares.
using HeapIndex = std::vector<void*>;

/// A file as SQLite sees it; the system's own follows it in memory.
struct ReadOnlyFile {
    sqlite3_file base; ///< First, as SQLite asks of its files.
    HeapIndex* index; ///< Null where the -shm file is there.
};

sqlite3_vfs* systemVfs()
{
    static sqlite3_vfs* const system = sqlite3_vfs_find(nullptr);
    return system;
}

sqlite3_file* below(sqlite3_file* file)
{
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<ReadOnlyFile*>(file) + 1);
}

const sqlite3_io_methods* methods(sqlite3_file* file)
{
    return below(file)->pMethods;
}

HeapIndex*& indexOf(sqlite3_file* file)
{
    return reinterpret_cast<ReadOnlyFile*>(file)->index;
}

int dropIndex(sqlite3_file* file)
{
    if (HeapIndex* const index = indexOf(file)) {
        for (void* region : *index)
            sqlite3_free(region);
        index->clear();
    }
    return SQLITE_OK;
}

int closeFile(sqlite3_file* file)
{
    dropIndex(file);
    delete indexOf(file);
    indexOf(file) = nullptr;
    return methods(file) != nullptr ? methods(file)->xClose(below(file)) : SQLITE_OK;
}

int readFile(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset)
{
    return methods(file)->xRead(below(file), bytes, size, offset);
}

int refuseWrite(sqlite3_file*, const void*, int, sqlite3_int64)
{
    return SQLITE_READONLY;
}

int refuseTruncate(sqlite3_file*, sqlite3_int64)
{
    return SQLITE_READONLY;
}

int sync(sqlite3_file*, int)
{
    return SQLITE_OK;
}

int fileSize(sqlite3_file* file, sqlite3_int64* size)
{
    return methods(file)->xFileSize(below(file), size);
}

int lock(sqlite3_file* file, int level)
{
    return methods(file)->xLock(below(file), level);
}

int unlock(sqlite3_file* file, int level)
{
    return methods(file)->xUnlock(below(file), level);
}

int checkReserved(sqlite3_file* file, int* isReserved)
{
    return methods(file)->xCheckReservedLock(below(file), isReserved);
}

int control(sqlite3_file* file, int operation, void* argument)
{
    // What would make the file larger or change its mode.
    if (operation == SQLITE_FCNTL_SIZE_HINT || operation == SQLITE_FCNTL_CHUNK_SIZE
        || operation == SQLITE_FCNTL_MMAP_SIZE)
        return SQLITE_OK;
    return methods(file)->xFileControl(below(file), operation, argument);
}

int sectorSize(sqlite3_file* file)
{
    return methods(file)->xSectorSize(below(file));
}

int characteristics(sqlite3_file* file)
{
    return methods(file)->xDeviceCharacteristics(below(file));
}

int mapIndex(sqlite3_file* file, int region, int size, int mayExtend, void volatile** memory)
{
    HeapIndex* const index = indexOf(file);
    if (index == nullptr)
        return methods(file)->xShmMap(below(file), region, size, mayExtend, memory);
    const auto at = static_cast<std::size_t>(region);
    while (index->size() <= at && mayExtend != 0) {
        void* const made = sqlite3_malloc64(static_cast<sqlite3_uint64>(size));
        if (made == nullptr)
            return SQLITE_NOMEM;
        std::memset(made, 0, static_cast<std::size_t>(size));
        index->push_back(made);
    }
    *memory = at < index->size() ? index->at(at) : nullptr;
    return SQLITE_OK;
}

int lockIndex(sqlite3_file* file, int offset, int count, int flags)
{
    return indexOf(file) != nullptr ? SQLITE_OK
                                    : methods(file)->xShmLock(below(file), offset, count, flags);
}

void barrier(sqlite3_file* file)
{
    std::atomic_thread_fence(std::memory_order_seq_cst);
    if (indexOf(file) == nullptr)
        methods(file)->xShmBarrier(below(file));
}

int unmapIndex(sqlite3_file* file, int)
{
    // The -shm file stays, whoever is the last to leave it.
    return indexOf(file) != nullptr ? dropIndex(file) : methods(file)->xShmUnmap(below(file), 0);
}

const sqlite3_io_methods readOnlyMethods = { 2, closeFile, readFile, refuseWrite, refuseTruncate,
    sync, fileSize, lock, unlock, checkReserved, control, sectorSize, characteristics, mapIndex,
    lockIndex, barrier, unmapIndex, nullptr, nullptr };

bool isThere(const char* name)
{
#ifdef Q_OS_UNIX
    // SQLite's own does not see an empty file, as a log is while its first transaction goes on.
    return ::access(name, F_OK) == 0;
#else
    int found = 0;
    return systemVfs()->xAccess(systemVfs(), name, SQLITE_ACCESS_EXISTS, &found) == SQLITE_OK
        && found != 0;
#endif
}

int openFile(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flagsOut)
{
    new (file) ReadOnlyFile {};
    constexpr int known = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    // Files for sorting and the like are kept in memory; whatever else is asked for is a mistake.
    if (name == nullptr || (flags & known) == 0 || !isThere(name))
        return SQLITE_CANTOPEN;
    constexpr int writing = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE
        | SQLITE_OPEN_DELETEONCLOSE;
    const int reading = (flags & ~writing) | SQLITE_OPEN_READONLY;
    int given = reading;
    const int result = systemVfs()->xOpen(systemVfs(), name, below(file), reading, &given);
    if (result != SQLITE_OK)
        return result;
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0) {
        if (!isThere((std::string(name) + "-shm").c_str()))
            indexOf(file) = new HeapIndex;
    }
    file->pMethods = &readOnlyMethods;
    if (flagsOut != nullptr)
        *flagsOut = (given & ~writing) | SQLITE_OPEN_READONLY;
    return SQLITE_OK;
}

int refuseDelete(sqlite3_vfs*, const char*, int)
{
    return SQLITE_READONLY;
}

} // namespace

const char* readOnlyVfs()
{
    static constexpr const char* name = "eventloupe-readonly";
    static const bool isRegistered = [] {
        static sqlite3_vfs vfs = *systemVfs();
        vfs.pNext = nullptr;
        vfs.zName = name;
        vfs.szOsFile += static_cast<int>(sizeof(ReadOnlyFile));
        vfs.xOpen = openFile;
        vfs.xDelete = refuseDelete;
        return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
    }();
    return isRegistered ? name : nullptr;
}

} // namespace eventloupe
