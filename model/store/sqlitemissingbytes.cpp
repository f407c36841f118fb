#include "store/sqlitemissingbytes.h"

#include "store/sqlitefileguard.h"
#include "store/sqliteheader.h"

#include <QByteArray>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

#include <algorithm>
#include <vector>

namespace eventloupe {

namespace {

/// Of the page that SQLite takes locks on and never writes.
constexpr qint64 lockByte = 0x40000000;

// The -wal file (https://sqlite.org/fileformat2.html, 4.1 and 4.2): a header, then frames of a header and a page.
constexpr int logHeaderSize = 32;
constexpr int frameHeaderSize = 24;
constexpr quint32 logMagic = 0x377f0682; ///< One more where check sums read words big-endian.
constexpr int logPageSizeOffset = 8;
constexpr int logSaltOffset = 16;
constexpr int logSumOffset = 24;
constexpr int commitSizeOffset = 4; ///< The database's pages after a commit; 0 in other frames.
constexpr int frameSaltOffset = 8;
constexpr int frameSumOffset = 16;
constexpr int saltSize = 8;

quint32 word(const QByteArray& bytes, int offset)
{
    return qFromBigEndian<quint32>(bytes.constData() + offset);
}

/// The pages that a -wal file holds, by SQLite's rules for its recovery: frames of the header's
/// salt whose check sums go on from it, up to the last one that commits.
class WalPages final {
public:
    /// Begins to read; without a header that is one, there are no pages.
    explicit WalPages(const QString& path)
        : m_file(path)
    {
        // Each read is of a frame, or of its header alone.
        if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) || !begin())
            m_pageSize = 0;
    }

    [[nodiscard]] qint64 pageSize() const { return m_pageSize; }

    /// No less than the pages of the database after any commit. Reads the frames' headers alone,
    /// which check sums say nothing about: by far less than read() does.
    [[nodiscard]] quint32 mostPages()
    {
        quint32 most = 0;
        for (qint64 at = logHeaderSize; m_file.seek(at); at += frameHeaderSize + m_pageSize) {
            const QByteArray frame = m_file.read(frameHeaderSize);
            if (frame.size() < frameHeaderSize || frame.mid(frameSaltOffset, saltSize) != m_salt)
                break;
            most = std::max(most, word(frame, commitSizeOffset));
        }
        return most;
    }

    void read()
    {
        if (m_file.seek(logHeaderSize))
            while (readFrame()) { }
        m_pages.resize(m_committed);
        std::ranges::sort(m_pages);
        m_pages.erase(std::unique(m_pages.begin(), m_pages.end()), m_pages.end());
    }

    /// Of the database after the last commit; 0 where there is none.
    [[nodiscard]] quint32 pageCount() const { return m_pageCount; }
    [[nodiscard]] bool contains(qint64 page) const
    {
        return std::ranges::binary_search(m_pages, page);
    }
    /// How many of the pages from one to another one are there.
    [[nodiscard]] qint64 count(qint64 from, qint64 to) const
    {
        return std::ranges::upper_bound(m_pages, to) - std::ranges::lower_bound(m_pages, from);
    }

private:
    bool begin()
    {
        const QByteArray header = m_file.read(logHeaderSize);
        if (header.size() < logHeaderSize || (word(header, 0) | 1U) != (logMagic | 1U))
            return false;
        m_isBigEndian = word(header, 0) != logMagic;
        const qint64 size = word(header, logPageSizeOffset);
        if (size < SqliteHeader::smallestPage || size > SqliteHeader::largestPage
            || (size & (size - 1)) != 0)
            return false;
        m_pageSize = size;
        m_salt = header.mid(logSaltOffset, saltSize);
        addToSums(header.constData(), logSumOffset);
        return fitsSums(header, logSumOffset);
    }

    bool readFrame()
    {
        const QByteArray frame = m_file.read(frameHeaderSize + m_pageSize);
        if (frame.size() < frameHeaderSize + m_pageSize
            || frame.mid(frameSaltOffset, saltSize) != m_salt)
            return false;
        addToSums(frame.constData(), frameSaltOffset);
        addToSums(frame.constData() + frameHeaderSize, m_pageSize);
        if (word(frame, 0) == 0 || !fitsSums(frame, frameSumOffset))
            return false;
        m_pages.push_back(word(frame, 0));
        if (const quint32 pages = word(frame, commitSizeOffset); pages > 0) {
            m_pageCount = pages;
            m_committed = m_pages.size();
        }
        return true;
    }

    void addToSums(const char* bytes, qint64 size)
    {
        const auto number = [this](const char* at) {
            return m_isBigEndian ? qFromBigEndian<quint32>(at) : qFromLittleEndian<quint32>(at);
        };
        constexpr int wordSize = sizeof(quint32);
        for (qint64 i = 0; i < size; i += 2 * wordSize) {
            m_firstSum += number(bytes + i) + m_secondSum;
            m_secondSum += number(bytes + i + wordSize) + m_firstSum;
        }
    }

    [[nodiscard]] bool fitsSums(const QByteArray& bytes, int offset) const
    {
        return word(bytes, offset) == m_firstSum
            && word(bytes, offset + static_cast<int>(sizeof(quint32))) == m_secondSum;
    }

    QFile m_file;
    QByteArray m_salt;
    bool m_isBigEndian = false;
    qint64 m_pageSize = 0;
    quint32 m_firstSum = 0;
    quint32 m_secondSum = 0;
    quint32 m_pageCount = 0;
    std::vector<qint64> m_pages; ///< Of the frames; then sorted, each once.
    std::size_t m_committed = 0; ///< Frames.
};

/// The log is read before the file's size is: what is moved to the file meanwhile is there then.
qint64 missingBeside(const QString& file, const QString& log)
{
    WalPages pages(log);
    if (pages.pageSize() == 0 || pages.mostPages() <= QFileInfo(file).size() / pages.pageSize())
        return 0;
    pages.read();
    const qint64 size = QFileInfo(file).size();
    if (pages.pageCount() == 0)
        return 0;
    const qint64 first = size / pages.pageSize() + 1;
    const qint64 last = pages.pageCount();
    if (first > last)
        return 0;
    const qint64 lockPage = lockByte / pages.pageSize() + 1;
    const bool needsNoLockPage = lockPage >= first && lockPage <= last && !pages.contains(lockPage);
    const qint64 missing = last - first + 1 - pages.count(first, last) - (needsNoLockPage ? 1 : 0);
    return missing * pages.pageSize();
}

} // namespace

qint64 missingBytes(const QString& path)
{
    const auto header = SqliteHeader::read(path);
    if (!header || !header->isPageCountValid())
        return 0;
    const qint64 whole = qint64 { header->pageCount() } * header->pageSize();
    return std::max<qint64>(whole - QFileInfo(path).size(), 0);
}

qint64 missingByItself(const QString& path)
{
    if (missingBytes(path) == 0)
        return 0;
    const QString file = sqliteFileOf(path);
    for (const char* suffix : { "-wal", "-journal" })
        if (QFileInfo(file + QLatin1String(suffix)).size() > 0)
            return 0;
    // Whoever wrote the header first may have written the rest and removed the log meanwhile.
    return missingBytes(path);
}

qint64 missingPartOfPage(const QString& path)
{
    const qint64 missing = missingByItself(path);
    if (missing == 0)
        return 0;
    const auto header = SqliteHeader::read(path);
    return header && missing < header->pageSize() ? missing : 0;
}

qint64 missingBesideLog(const QString& path)
{
    const QString file = sqliteFileOf(path);
    const QString log = file + QStringLiteral("-wal");
    if (QFileInfo(log).size() == 0)
        return 0;
    // What the file's own header says does not count: an older copy that was put beside this log is
    // as long as that says, and its end is missing all the same.
    if (missingBeside(file, log) == 0)
        return 0;
    // Another program may have begun the log anew, or made the file smaller, between the two looks.
    return missingBeside(file, log);
}

} // namespace eventloupe
