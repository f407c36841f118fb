#include "store/headfile.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cstring>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace eventloupe {

namespace {

constexpr int digits = 20;
constexpr int lineSize = digits + 1 + 2 * static_cast<int>(sizeof(EventHash)) + 1;

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

#ifdef Q_OS_UNIX

/// Nothing where the file system has no such thing.
char* mapLine(int handle)
{
    void* place = ::mmap(nullptr, lineSize, PROT_READ | PROT_WRITE, MAP_SHARED, handle, 0);
    return place == MAP_FAILED ? nullptr : static_cast<char*>(place);
}

#endif

} // namespace

HeadFile::HeadFile(const QString& storePath)
    : m_path(storePath + QStringLiteral(".head"))
{
}

HeadFile::~HeadFile()
{
    close();
}

QByteArray HeadFile::encode(const LogHead& head)
{
    const auto* hash = reinterpret_cast<const char*>(head.hash.data());
    return QByteArray::number(head.position).rightJustified(digits, '0') + ' '
        + QByteArray(hash, static_cast<qsizetype>(head.hash.size())).toHex() + '\n';
}

std::optional<LogHead> HeadFile::decode(const QByteArray& line)
{
    if (line.size() != lineSize || line.at(digits) != ' ' || line.back() != '\n')
        return std::nullopt;
    LogHead head;
    bool isNumber = false;
    head.position = line.left(digits).toLongLong(&isNumber);
    const QByteArray hex = line.mid(digits + 1, lineSize - digits - 2);
    if (!isNumber || head.position < 0 || !std::all_of(hex.begin(), hex.end(), isHex))
        return std::nullopt;
    const QByteArray hash = QByteArray::fromHex(hex);
    std::memcpy(head.hash.data(), hash.constData(), head.hash.size());
    return head;
}

std::optional<LogHead> HeadFile::read() const
{
    QFile file(m_path);
    // A pipe of that name would never answer.
    if (!QFileInfo(m_path).isFile())
        return std::nullopt;
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return std::nullopt;
    return decode(file.read(lineSize + 1));
}

#ifdef Q_OS_UNIX

/// Every append waits for this. The file is kept open, and asked only whether it is still the one:
/// to open it each time made a tenth of an append. It is written through memory, since a written
/// file's time of change is one more block for the next sync of the log to wait for: that was a
/// fifth of an append. The size is asked for each time; to write past a file's end is fatal.
bool HeadFile::write(const LogHead& head) const
{
    struct stat found { };
    const auto isOurs = [&] {
        return m_handle >= 0 && ::fstat(m_handle, &found) == 0 && S_ISREG(found.st_mode)
            && found.st_nlink > 0;
    };
    if (!isOurs()) {
        close();
        // A pipe of that name is not waited for.
        constexpr int flags = O_RDWR | O_CREAT | O_NONBLOCK | O_CLOEXEC;
        m_handle = ::open(QFile::encodeName(m_path).constData(), flags, S_IRUSR | S_IWUSR);
        if (!isOurs())
            return false;
    }
    const QByteArray line = encode(head);
    if (found.st_size == lineSize && m_line == nullptr)
        m_line = mapLine(m_handle);
    if (found.st_size == lineSize && m_line != nullptr) {
        std::memcpy(m_line, line.constData(), lineSize);
        return true;
    }
    // Not truncated first: a crash between cutting and writing would forget what the file knew.
    return ::pwrite(m_handle, line.constData(), lineSize, 0) == lineSize
        && (found.st_size <= lineSize || ::ftruncate(m_handle, lineSize) == 0);
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

bool HeadFile::write(const LogHead& head) const
{
    const QByteArray line = encode(head);
    QFile file(m_path);
    return file.open(QIODevice::ReadWrite | QIODevice::Unbuffered)
        && file.write(line) == line.size()
        && (file.size() == line.size() || file.resize(line.size()));
}

void HeadFile::close() const { }

#endif

} // namespace eventloupe
