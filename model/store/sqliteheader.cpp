#include "store/sqliteheader.h"

#include "store/sqliteerror.h"
#include "store/sqlitefileguard.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

#include <sqlite3.h>

namespace eventloupe {

SqliteHeader::SqliteHeader(const QByteArray& bytes)
{
    std::copy_n(bytes.begin(), std::min<qsizetype>(bytes.size(), size), m_bytes.begin());
}

Result<SqliteHeader> SqliteHeader::read(const QString& path)
{
    sqlite3* handle = nullptr;
    int result = sqlite3_open_v2(immutableUri(path).constData(), &handle,
        SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_URI,
        nullptr);
    sqlite3_file* file = nullptr;
    if (result == SQLITE_OK)
        result = sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    SqliteHeader header;
    if (result == SQLITE_OK)
        result = file->pMethods->xRead(file, header.m_bytes.data(), size, 0);
    const Error error = sqliteError(handle, result, path);
    sqlite3_close_v2(handle);
    if (result != SQLITE_OK && result != SQLITE_IOERR_SHORT_READ)
        return error;
    return header;
}

bool SqliteHeader::isDatabase() const
{
    constexpr const char magic[] = "SQLite format 3"; // with the zero at its end
    return std::memcmp(m_bytes.constData(), magic, sizeof magic) == 0;
}

int SqliteHeader::pageSize() const
{
    const int stored = qFromBigEndian<quint16>(m_bytes.constData() + pageSizeAt);
    return stored == 1 ? largestPage : stored;
}

int SqliteHeader::usableSize() const
{
    return pageSize() - static_cast<quint8>(m_bytes.at(reservedAt));
}

quint32 SqliteHeader::word(int offset) const
{
    return qFromBigEndian<quint32>(m_bytes.constData() + offset);
}

} // namespace eventloupe
