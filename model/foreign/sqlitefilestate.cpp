#include "foreign/sqlitefilestate.h"

#include <QFile>

namespace eventloupe {

namespace {

SqliteFileState stateOf(const QString& path, FileStamp (*stamp)(const QByteArray&))
{
    const QByteArray name = QFile::encodeName(sqliteFileOf(path));
    SqliteFileState state;
    state.log = stamp(name + QByteArrayLiteral("-wal"));
    state.hasIndex = stampOf(name + QByteArrayLiteral("-shm")).isThere;
    state.database = stamp(name);
    return state;
}

} // namespace

SqliteFileState sqliteFileStateOf(const QString& path)
{
    return stateOf(path, &stampOf);
}

SqliteFileState quietSqliteFileStateOf(const QString& path)
{
    return stateOf(path, &quietStampOf);
}

} // namespace eventloupe
