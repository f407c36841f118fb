#include "foreign/spillmemory.h"

#include "value/privatefile.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <cstdlib>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace eventloupe {

namespace {

/// A new file without a name, or -1. Mode 0600.
int unnamedFile()
{
#ifdef Q_OS_UNIX
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
    if (folder.isEmpty() || !makePrivateFolder(folder))
        return -1;
    QByteArray name = QFile::encodeName(folder + QStringLiteral("/index-XXXXXX"));
    const int file = ::mkostemp(name.data(), O_CLOEXEC);
    if (file >= 0)
        ::unlink(name.constData());
    return file;
#else
    return -1;
#endif
}

} // namespace

SpillMemory::SpillMemory(std::size_t bytesInMemory)
    : m_bytesInMemory(bytesInMemory)
    , m_used(segmentSize)
{
}

SpillMemory::~SpillMemory()
{
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        if (i < m_inMemory)
            std::free(m_segments[i]);
#ifdef Q_OS_UNIX
        else
            ::munmap(m_segments[i], segmentSize);
#endif
    }
#ifdef Q_OS_UNIX
    if (m_file >= 0)
        ::close(m_file);
#endif
}

SpillMemory::Handle SpillMemory::allocate(std::size_t bytes)
{
    const std::size_t size = (bytes + unitSize - 1) / unitSize * unitSize;
    if (m_used + size > segmentSize) {
        char* const segment
            = m_segments.size() < (std::size_t(1) << (32 - segmentShift)) ? newSegment() : nullptr;
        if (segment == nullptr)
            return 0;
        m_segments.push_back(segment);
        m_used = m_segments.size() == 1 ? unitSize : 0; // Nothing lies at 0.
    }
    const std::size_t at = (m_segments.size() - 1) << segmentShift | m_used / unitSize;
    m_used += size;
    return static_cast<Handle>(at);
}

char* SpillMemory::newSegment()
{
    if ((m_segments.size() + 1) * segmentSize > m_bytesInMemory && !m_isSpillImpossible) {
        if (char* const mapped = mapSegment())
            return mapped;
        // All that follows in memory would mix with what is mapped: only where nothing is.
        if (m_file >= 0)
            return nullptr;
        m_isSpillImpossible = true;
    }
    auto* const made = static_cast<char*>(std::calloc(1, segmentSize));
    m_inMemory += made != nullptr ? 1 : 0;
    return made;
}

char* SpillMemory::mapSegment()
{
#ifdef Q_OS_UNIX
    const int file = m_file >= 0 ? m_file : unnamedFile();
    if (file < 0)
        return nullptr;
    const auto offset = static_cast<off_t>((m_segments.size() - m_inMemory) * segmentSize);
    void* mapped = MAP_FAILED;
    // With its room taken now: a full disk would end the program at the first write.
    if (::posix_fallocate(file, offset, static_cast<off_t>(segmentSize)) == 0)
        mapped = ::mmap(nullptr, segmentSize, PROT_READ | PROT_WRITE, MAP_SHARED, file, offset);
    if (mapped == MAP_FAILED) {
        if (m_file < 0)
            ::close(file);
        return nullptr;
    }
    m_file = file;
    return static_cast<char*>(mapped);
#else
    return nullptr;
#endif
}

} // namespace eventloupe
