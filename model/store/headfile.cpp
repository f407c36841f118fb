#include "store/headfile.h"

#include "store/sqlitefileguard.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cstring>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#endif

namespace eventloupe {

namespace {

constexpr int digits = 20;
constexpr int contentSize = digits + 1 + 2 * static_cast<int>(sizeof(EventHash));
constexpr int checkSize = 8;
constexpr int lineSize = contentSize + 1 + checkSize + 1;

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

QByteArray checkOf(const QByteArray& content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256)
        .toHex()
        .left(checkSize);
}

/// Whether a line of ours may have this byte there: NUL where a power cut lost what was written.
bool fitsColumn(char c, qsizetype column)
{
    if (c == '\0')
        return true;
    // No position has more than 19 digits.
    if (column == 0)
        return c == '0';
    if (column < digits)
        return c >= '0' && c <= '9';
    if (column == digits)
        return c == ' ';
    // Lines of the first version end here.
    if (column == contentSize)
        return c == ' ' || c == '\n';
    return column == lineSize - 1 ? c == '\n' : isHex(c);
}

/// Whether it may be a line of ours: whole, of a first version, torn, or, as a power cut may leave
/// it, of zeros.
bool mayBeLine(const QByteArray& content)
{
    if (content.size() > lineSize)
        return false;
    for (qsizetype i = 0; i < content.size(); ++i)
        if (!fitsColumn(content.at(i), i))
            return false;
    return true;
}

} // namespace

HeadFile::HeadFile(const QString& storePath)
    : m_path(sqliteFileOf(storePath) + QStringLiteral(".head"))
{
}

HeadFile::~HeadFile()
{
    close();
}

QByteArray HeadFile::encode(const LogHead& head)
{
    const auto* hash = reinterpret_cast<const char*>(head.hash.data());
    const QByteArray content = QByteArray::number(head.position).rightJustified(digits, '0') + ' '
        + QByteArray(hash, static_cast<qsizetype>(head.hash.size())).toHex();
    return content + ' ' + checkOf(content) + '\n';
}

std::optional<LogHead> HeadFile::decode(const QByteArray& line)
{
    const QByteArray content = line.left(contentSize);
    if (content.size() != contentSize || content.at(digits) != ' ')
        return std::nullopt;
    if (line != content + ' ' + checkOf(content) + '\n' && line != content + '\n')
        return std::nullopt;
    LogHead head;
    bool isNumber = false;
    head.position = content.left(digits).toLongLong(&isNumber);
    const QByteArray hex = content.mid(digits + 1);
    if (!isNumber || head.position < 0 || !std::all_of(hex.begin(), hex.end(), isHex))
        return std::nullopt;
    const QByteArray hash = QByteArray::fromHex(hex);
    std::memcpy(head.hash.data(), hash.constData(), head.hash.size());
    return head;
}

#ifdef Q_OS_UNIX

namespace {

bool isOurs(const struct stat& found)
{
    return S_ISREG(found.st_mode) && found.st_nlink == 1;
}

/// Of one line and a byte more; -1 where the file is no head file's. No link is followed, and a
/// pipe of that name is not waited for.
int openFile(const QString& path, int flags)
{
    const int handle = ::open(QFile::encodeName(path).constData(),
        flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, S_IRUSR | S_IWUSR);
    struct stat found { };
    if (handle < 0 || (::fstat(handle, &found) == 0 && isOurs(found)))
        return handle;
    ::close(handle);
    return -1;
}

QByteArray contentOf(int handle)
{
    QByteArray content(lineSize + 1, '\0');
    const auto size = ::pread(handle, content.data(), static_cast<std::size_t>(content.size()), 0);
    content.truncate(std::max<qsizetype>(size, 0));
    return content;
}

/// Nothing where the file system has no such thing.
char* mapLine(int handle)
{
    void* place = ::mmap(nullptr, lineSize, PROT_READ | PROT_WRITE, MAP_SHARED, handle, 0);
    return place == MAP_FAILED ? nullptr : static_cast<char*>(place);
}

} // namespace

bool HeadFile::isTaken() const
{
    struct stat found { };
    if (::lstat(QFile::encodeName(m_path).constData(), &found) != 0)
        return false;
    const int handle = openFile(m_path, O_RDONLY);
    if (handle < 0)
        return !isOurs(found);
    const bool isLine = mayBeLine(contentOf(handle));
    ::close(handle);
    return !isLine;
}

std::optional<LogHead> HeadFile::read() const
{
    const int handle = openFile(m_path, O_RDONLY);
    if (handle < 0)
        return std::nullopt;
    const QByteArray content = contentOf(handle);
    ::close(handle);
    return decode(content);
}

/// For writing; false where there is something else by now.
bool HeadFile::open() const
{
    struct stat found { };
    if (m_handle >= 0 && ::fstat(m_handle, &found) == 0 && isOurs(found))
        return true;
    close();
    m_handle = openFile(m_path, O_RDWR | O_CREAT);
    if (m_handle >= 0 && mayBeLine(contentOf(m_handle)))
        return true;
    close();
    return false;
}

/// Every append waits for this. The file is kept open, and asked only whether it is still the one:
/// to open it each time made a tenth of an append. It is written through memory, since a written
/// file's time of change is one more block for the next sync of the log to wait for: that was a
/// fifth of an append.
bool HeadFile::write(const LogHead& head) const
{
    if (!open())
        return false;
    const QByteArray line = encode(head);
    if (writeThroughMap(line))
        return true;
    // Not truncated first: a crash between cutting and writing would forget what the file knew.
    struct stat found { };
    return ::pwrite(m_handle, line.constData(), lineSize, 0) == lineSize
        && ::fstat(m_handle, &found) == 0
        && (found.st_size <= lineSize || ::ftruncate(m_handle, lineSize) == 0);
}

/// Through the system, which tells of a place that cannot be written, behind a file's end or on a
/// full device, instead of ending the program.
bool HeadFile::writeThroughMap([[maybe_unused]] const QByteArray& line) const
{
#ifdef Q_OS_LINUX
    struct stat found { };
    if (::fstat(m_handle, &found) != 0 || found.st_size != lineSize)
        return false;
    if (m_line == nullptr)
        m_line = mapLine(m_handle);
    if (m_line == nullptr)
        return false;
    const iovec from { const_cast<char*>(line.constData()), lineSize };
    const iovec to { m_line, lineSize };
    return ::process_vm_writev(::getpid(), &from, 1, &to, 1, 0) == lineSize;
#else
    return false;
#endif
}

void HeadFile::close() const
{
    if (m_line != nullptr)
        ::munmap(m_line, lineSize);
    if (m_handle >= 0)
        ::close(m_handle);
    m_line = nullptr;
    m_handle = -1;
}

#else

bool HeadFile::isTaken() const
{
    QFile file(m_path);
    return file.exists() && file.open(QIODevice::ReadOnly) && !mayBeLine(file.read(lineSize + 1));
}

std::optional<LogHead> HeadFile::read() const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return std::nullopt;
    return decode(file.read(lineSize + 1));
}

bool HeadFile::write(const LogHead& head) const
{
    const QByteArray line = encode(head);
    QFile file(m_path);
    return !isTaken() && file.open(QIODevice::ReadWrite | QIODevice::Unbuffered)
        && file.write(line) == line.size()
        && (file.size() == line.size() || file.resize(line.size()));
}

void HeadFile::close() const { }

#endif

} // namespace eventloupe
