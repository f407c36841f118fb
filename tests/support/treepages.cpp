#include "support/treepages.h"

#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <cstdlib>

#include <sqlite3.h>

namespace eventloupe {

namespace {

constexpr char interiorPage = 5;

int shortAt(const QByteArray& bytes, qsizetype at)
{
    return qFromBigEndian<quint16>(bytes.constData() + at);
}

} // namespace

TreePages::TreePages(const QByteArray& file, int root)
    : m_file(file)
{
    walk(root, 1);
}

qsizetype TreePages::at(int page) const
{
    return qsizetype { page - 1 } * pageSizeOf(m_file);
}

int TreePages::cells(int page) const
{
    return shortAt(m_file, at(page) + 3);
}

void TreePages::walk(int page, int level)
{
    depth = std::max(depth, level);
    if (m_file.at(at(page)) != interiorPage) {
        leaves.push_back(page);
        return;
    }
    inner.push_back(page);
    const auto child = [this](qsizetype where) {
        return qFromBigEndian<qint32>(m_file.constData() + where);
    };
    for (int i = 0; i < cells(page); ++i)
        walk(child(at(page) + shortAt(m_file, at(page) + 12 + 2 * i)), level + 1);
    walk(child(at(page) + 8), level + 1);
}

int pageSizeOf(const QByteArray& file)
{
    return shortAt(file, 16);
}

void setPageSize(const QString& path, int size, int reserved)
{
    sqlite3* database = nullptr;
    sqlite3_open_v2(QFile::encodeName(path).constData(), &database, SQLITE_OPEN_READWRITE, nullptr);
    const auto execute = [database](const QByteArray& sql) {
        if (sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
            qFatal("%s", sqlite3_errmsg(database));
    };
    execute("PRAGMA journal_mode=DELETE; PRAGMA page_size=" + QByteArray::number(size));
    sqlite3_file_control(database, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
    execute("VACUUM; PRAGMA journal_mode=WAL");
    sqlite3_close_v2(database);
}

void erasePages(const QString& path, const std::vector<int>& pages, char with)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite))
        qFatal("%s cannot be written", qPrintable(path));
    const int size = pageSizeOf(file.peek(100));
    for (const int page : pages)
        if (!file.seek(qint64 { page - 1 } * size) || file.write(QByteArray(size, with)) != size)
            qFatal("%s cannot be written", qPrintable(path));
}

int rootOf(const QString& path, const QByteArray& table)
{
    sqlite3* database = nullptr;
    sqlite3_open_v2(QFile::encodeName(path).constData(), &database, SQLITE_OPEN_READWRITE, nullptr);
    int root = 0;
    const QByteArray sql = "SELECT rootpage FROM sqlite_schema WHERE name = '" + table + '\'';
    sqlite3_exec(
        database, sql.constData(),
        [](void* result, int, char** values, char**) {
            *static_cast<int*>(result) = std::atoi(values[0]);
            return 0;
        },
        &root, nullptr);
    sqlite3_close_v2(database);
    return root;
}

} // namespace eventloupe
