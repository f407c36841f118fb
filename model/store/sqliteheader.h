#pragma once

#include "value/result.h"

#include <QByteArray>
#include <QString>

namespace eventloupe {

/// The first bytes of an SQLite file: what it is, and how large it is by its own account
/// (https://sqlite.org/fileformat2.html, 1.3). Of a file that is shorter the rest is zero.
class SqliteHeader final {
public:
    static constexpr int size = 100;
    static constexpr int pageSizeAt = 16; ///< Two bytes, big-endian as all; 1 means the largest.
    static constexpr int versionsAt = 18; ///< For who writes and who reads, a byte each.
    static constexpr int reservedAt = 20; ///< Bytes at the end of each page.
    static constexpr int changeCounterAt = 24;
    static constexpr int pageCountAt = 28;
    static constexpr int freePagesAt = 32; ///< The first page of their list, and how many there are.
    static constexpr int versionValidForAt = 92; ///< The change counter of the page count.
    static constexpr char rollbackVersion = 1;
    static constexpr char walVersion = 2;
    static constexpr int smallestPage = 512;
    static constexpr int largestPage = 65536;

    SqliteHeader() = default;
    explicit SqliteHeader(const QByteArray& bytes);
    /// Read through SQLite, so that it does not matter whether the file is open here: where a
    /// process opens and closes a database by itself, it drops the locks that its connections hold
    /// on it, and another process takes the log away under them
    /// (https://sqlite.org/howtocorrupt.html, 2.2). Any thread; not for the GUI's.
    [[nodiscard]] static Result<SqliteHeader> read(const QString& path);

    [[nodiscard]] bool isDatabase() const;
    /// Bytes; 0 or no power of two where the header is damaged.
    [[nodiscard]] int pageSize() const;
    /// What follows from pageSize() and the bytes that are reserved on each page.
    [[nodiscard]] int usableSize() const;
    [[nodiscard]] quint32 pageCount() const { return word(pageCountAt); }
    /// Whether pageCount() is of the last change: older programs leave it as it was.
    [[nodiscard]] bool isPageCountValid() const
    {
        return word(changeCounterAt) == word(versionValidForAt);
    }
    [[nodiscard]] quint32 freePages() const { return word(freePagesAt + 4); }
    [[nodiscard]] quint32 schemaFormat() const { return word(44); }
    [[nodiscard]] quint32 userVersion() const { return word(60); }
    [[nodiscard]] quint32 applicationId() const { return word(68); }
    /// The number of the SQLite that wrote the page count.
    [[nodiscard]] quint32 writtenBy() const { return word(96); }
    /// Whether it is read through a -wal file.
    [[nodiscard]] bool isInWalMode() const { return m_bytes.at(versionsAt + 1) == walVersion; }

private:
    [[nodiscard]] quint32 word(int offset) const;

    QByteArray m_bytes = QByteArray(size, '\0');
};

} // namespace eventloupe
