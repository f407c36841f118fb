#include "store/sqlitefilelocks.h"

#include "store/sqlitefileguard.h"

#include <QFile>

#include <algorithm>
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
    FileIdentity identity;
    std::vector<int> descriptors; ///< The first is used, the others may not be closed either.

    ~File()
    {
#ifdef Q_OS_UNIX
        for (const int descriptor : descriptors)
            ::close(descriptor);
#endif
    }
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

void lock(int descriptor, short type, off_t start, off_t length)
{
    struct flock wish { };
    wish.l_type = type;
    wish.l_whence = SEEK_SET;
    wish.l_start = start;
    wish.l_len = length;
    // Where another process was quicker, what it did is found by who looks at the files.
    (void)::fcntl(descriptor, F_SETLK, &wish);
}

FileIdentity identityOf(int descriptor)
{
    struct stat found { };
    if (::fstat(descriptor, &found) != 0)
        return {};
    return { static_cast<quint64>(found.st_dev), static_cast<quint64>(found.st_ino) };
}

int openDescriptor(const QByteArray& path)
{
    // For the locks of who writes, a descriptor that can.
    for (const int access : { O_RDWR, O_RDONLY }) {
        const int descriptor = ::open(path.constData(), access | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        if (descriptor >= 0)
            return descriptor;
    }
    return -1;
}

} // namespace

SqliteFileLocks::SqliteFileLocks(const QString& path)
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
    if (m_file)
        return;
    const int descriptor = openDescriptor(name);
    if (descriptor < 0)
        return;
    const FileIdentity identity = identityOf(descriptor);
    m_file = open(identity); // Another file had the name a moment ago.
    if (!m_file) {
        m_file = std::make_shared<File>();
        m_file->identity = identity;
        files.push_back(m_file);
    }
    m_file->descriptors.push_back(descriptor);
}

void SqliteFileLocks::renew(sqlite3* connection) const
{
    const int state = m_file ? sqliteLockState(connection) : SQLITE_LOCK_NONE;
    if (state == SQLITE_LOCK_NONE)
        return;
    const int descriptor = m_file->descriptors.front();
    if (state == SQLITE_LOCK_EXCLUSIVE)
        lock(descriptor, F_WRLCK, pendingByte, 2 + sharedSize);
    else
        lock(descriptor, F_RDLCK, sharedFirst, sharedSize);
    if (state == SQLITE_LOCK_RESERVED || state == SQLITE_LOCK_PENDING)
        lock(descriptor, F_WRLCK, reservedByte, 1);
    if (state == SQLITE_LOCK_PENDING)
        lock(descriptor, F_WRLCK, pendingByte, 1);
}

SqliteFileLocks::~SqliteFileLocks()
{
    const std::lock_guard guard(mutex);
    m_file.reset();
}

#else

SqliteFileLocks::SqliteFileLocks(const QString&) { }

SqliteFileLocks::~SqliteFileLocks() = default;

void SqliteFileLocks::renew(sqlite3*) const { }

#endif

} // namespace eventloupe
