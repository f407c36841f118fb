#include "projection/scratchfile.h"

#include "projection/projectiontext.h"

#include <QDir>
#include <QStorageInfo>

namespace eventloupe {

namespace {

constexpr qint64 alignment = 64LL * 1024; // Of any system's pages.
constexpr qint64 shareOfTheFree = 4;

} // namespace

qint64 ScratchFile::usualBound()
{
    const qint64 available = QStorageInfo(QDir::tempPath()).bytesAvailable();
    return available < 0 ? maximumBytes : std::min(maximumBytes, available / shareOfTheFree);
}

Result<std::unique_ptr<ScratchFile>> ScratchFile::create(qint64 bound)
{
    std::unique_ptr<ScratchFile> scratch(new ScratchFile(bound));
    if (!scratch->m_file.open())
        return Error { ErrorCode::InputOutput,
            ProjectionText::tr("There is no room for temporary files: %1")
                .arg(scratch->m_file.errorString()) };
    return scratch;
}

// The zeros are written, not skipped, so that a full device is noticed here: to write to memory
// that the device has no room for would end the process.
char* ScratchFile::allocate(qint64 bytes)
{
    const qint64 whole = (bytes + alignment - 1) / alignment * alignment;
    m_isAtBound = m_isAtBound || whole > m_bound - m_size;
    if (m_isAtBound)
        return nullptr;
    const QByteArray zeros(static_cast<qsizetype>(whole), '\0');
    if (!m_file.seek(m_size) || m_file.write(zeros) != whole || !m_file.flush())
        return nullptr;
    uchar* mapped = m_file.map(m_size, whole);
    if (mapped == nullptr)
        return nullptr;
    m_size += whole;
    return reinterpret_cast<char*>(mapped);
}

} // namespace eventloupe
