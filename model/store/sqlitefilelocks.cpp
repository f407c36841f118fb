#include "store/sqlitefilelocks.h"

#include "store/sqlitefileguard.h"

#include <QFile>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <vector>

#include <sqlite3.h>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace eventloupe {

/// One that is open in this process, in however many connections.
struct SqliteFileLocks::File {
    File(const FileIdentity& of, int used, bool writes)
        : identity(of)
        , canWrite(writes)
        , descriptor(used)
    {
    }
    ~File()
    {
#ifdef Q_OS_UNIX
        ::close(descriptor);
        for (const int each : spare)
            ::close(each);
#endif
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    const FileIdentity identity;
    bool canWrite; ///< Who writes takes locks that a descriptor for reading cannot.
    std::atomic<int> descriptor;
    std::vector<int> spare; ///< That may not be closed before either.
    std::atomic<bool> isLogLeft { false };
};

int sqliteLockState(sqlite3* connection)
{
    int state = SQLITE_LOCK_NONE;
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_LOCKSTATE, &state);
    return state;
}

#ifdef Q_OS_UNIX

namespace {

/// A descriptor is opened and closed under it: another thread may not have SQLite open the file
/// between the look at who has it and the close.
std::mutex mutex;

// What SQLite locks (os.h): a byte for who waits to write, one for who is about to, and those of
// all who read.
constexpr off_t pendingByte = 0x40000000;
constexpr off_t reservedByte = pendingByte + 1;
constexpr off_t sharedFirst = pendingByte + 2;
constexpr off_t sharedSize = 510;

/// False where another process has a lock in its way.
bool lock(int descriptor, short type, off_t start, off_t length)
{
    struct flock wish { };
    wish.l_type = type;
    wish.l_whence = SEEK_SET;
    wish.l_start = start;
    wish.l_len = length;
    return ::fcntl(descriptor, F_SETLK, &wish) == 0 || (errno != EACCES && errno != EAGAIN);
}

FileIdentity identityOf(int descriptor)
{
    struct stat found { };
    if (::fstat(descriptor, &found) != 0)
        return {};
    return { static_cast<quint64>(found.st_dev), static_cast<quint64>(found.st_ino) };
}

int openDescriptor(const QByteArray& path, int mode)
{
    return ::open(path.constData(), mode | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

} // namespace

SqliteFileLocks::SqliteFileLocks(const QString& path, bool writes)
{
    static std::vector<std::weak_ptr<File>> files;
    const QByteArray name = QFile::encodeName(path);
    const std::lock_guard guard(mutex);
    std::erase_if(files, [](const auto& each) { return each.expired(); });
    const auto open = [](const FileIdentity& identity) {
        const auto found = std::ranges::find_if(files, [&identity](const auto& each) {
            const auto file = each.lock();
            return file && file->identity == identity;
        });
        return found == files.end() ? std::shared_ptr<File>() : found->lock();
    };
    // Not opened where it is open: to close it again would drop the locks.
    struct stat found { };
    if (::stat(name.constData(), &found) != 0 || !S_ISREG(found.st_mode))
        return;
    m_file = open(
        { static_cast<quint64>(found.st_dev), static_cast<quint64>(found.st_ino) });
    if (m_file && (m_file->canWrite || !writes))
        return;
    // It is for writing only where that is needed: some file systems copy a file that is opened so.
    int descriptor = writes ? openDescriptor(name, O_RDWR) : -1;
    const bool canWrite = descriptor >= 0;
    if (!canWrite && !m_file)
        descriptor = openDescriptor(name, O_RDONLY);
    if (descriptor < 0)
        return;
    const FileIdentity identity = identityOf(descriptor);
    m_file = open(identity); // Another file may have got the name.
    if (!m_file) {
        m_file = std::make_shared<File>(identity, descriptor, canWrite);
        files.push_back(m_file);
    } else if (canWrite && !m_file->canWrite) {
        m_file->canWrite = true;
        m_file->spare.push_back(m_file->descriptor.exchange(descriptor));
    } else {
        m_file->spare.push_back(descriptor);
    }
}

bool SqliteFileLocks::renew(sqlite3* connection) const
{
    const int state = m_file ? sqliteLockState(connection) : SQLITE_LOCK_NONE;
    if (state == SQLITE_LOCK_NONE)
        return true;
    const int descriptor = m_file->descriptor;
    if (state == SQLITE_LOCK_EXCLUSIVE)
        return lock(descriptor, F_WRLCK, pendingByte, 2 + sharedSize);
    bool isHeld = lock(descriptor, F_RDLCK, sharedFirst, sharedSize);
    if (state == SQLITE_LOCK_RESERVED || state == SQLITE_LOCK_PENDING)
        isHeld = lock(descriptor, F_WRLCK, reservedByte, 1) && isHeld;
    if (state == SQLITE_LOCK_PENDING)
        isHeld = lock(descriptor, F_WRLCK, pendingByte, 1) && isHeld;
    return isHeld;
}

SqliteFileLocks::~SqliteFileLocks()
{
    const std::lock_guard guard(mutex);
    m_file.reset();
}

#else

SqliteFileLocks::SqliteFileLocks(const QString&, bool) { }

SqliteFileLocks::~SqliteFileLocks() = default;

bool SqliteFileLocks::renew(sqlite3*) const
{
    return true;
}

#endif

void SqliteFileLocks::leaveLog()
{
    if (m_file)
        m_file->isLogLeft = true;
}

bool SqliteFileLocks::isLogLeft() const
{
    return m_file && m_file->isLogLeft;
}

} // namespace eventloupe
