#include "hostile/hostilecase.h"

#include <QFile>

#include <sqlite3.h>

// Databases that were made to do harm, as a store of ours; tst_foreignhostile has those of other
// libraries, and tst_sqlitestorefile what opening says of each strange table.

namespace eventloupe {

namespace {

/// x.eventlog becomes a copy of the store, changed by statements.
void change(const QString& folder, const char* sql)
{
    const QString path = folder + QStringLiteral("/x.eventlog");
    QFile::remove(path);
    if (!QFile::copy(folder + QStringLiteral("/s.eventlog"), path))
        qFatal("cannot copy the store");
    sqlite3* handle = nullptr;
    char* fault = nullptr;
    sqlite3_open(path.toUtf8().constData(), &handle);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
    if (sqlite3_exec(handle, sql, nullptr, nullptr, &fault) != SQLITE_OK)
        qFatal("%s: %s", sql, fault);
    sqlite3_close(handle);
}

HostileCase changed(const char* name, const char* verb, const char* sql, const char* says)
{
    HostileCase row;
    row.name = name + QByteArray(", ") + verb;
    row.words = { QString::fromLatin1(verb), QStringLiteral("x.eventlog") };
    if (row.words.constFirst() == u"import")
        row.words.append(QStringLiteral("-"));
    row.says = says;
    row.prepare = [sql](const QString& folder) { change(folder, sql); };
    row.input = [](const Feed& feed) { feed("{\"stream\":\"b-1\",\"type\":\"T\"}\n"); };
    return row;
}

QList<HostileCase> allVerbs(const char* name, const char* sql, const char* says)
{
    QList<HostileCase> rows;
    for (const char* verb : { "log", "streams", "verify", "replay", "import" })
        rows.append(changed(name, verb, sql, says));
    return rows;
}

constexpr auto strange = "its tables are not those of an Eventloupe store";

constexpr auto endlessView
    = "ALTER TABLE event RENAME TO kept; CREATE VIEW event AS WITH RECURSIVE n(position) AS"
      " (SELECT 1 UNION ALL SELECT position + 1 FROM n) SELECT position, 1 AS stream_id,"
      " position AS version, 1 AS type_id, 0 AS time, 'x' AS id, x'00' AS hash, '{}' AS data,"
      " '{}' AS metadata FROM n;";

constexpr auto endlessStreams
    = "DROP TRIGGER IF EXISTS event_is_not_updated; ALTER TABLE stream RENAME TO kept;"
      " CREATE VIEW stream AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)"
      " SELECT id, 's' || id AS name, 1 AS category_id, id AS category_rank, id AS first_position,"
      " 1 AS head_version, id AS head_position FROM n;";

constexpr auto harmfulTrigger
    = "CREATE TRIGGER harm AFTER INSERT ON event BEGIN UPDATE stream SET head_version = 99; END;";

constexpr auto computedColumn
    = "ALTER TABLE event ADD COLUMN trap TEXT AS (hex(zeroblob(100000000)));";

HostileCase bytes(const char* name, const QByteArray& content, const char* says)
{
    HostileCase row;
    row.name = name;
    row.words = { QStringLiteral("log"), QStringLiteral("x.eventlog") };
    row.says = says;
    row.prepare = [content](const QString& folder) {
        QFile file(folder + QStringLiteral("/x.eventlog"));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write a file");
    };
    return row;
}

} // namespace

QList<HostileCase> hostileStores()
{
    const QByteArray magic("SQLite format 3\0", 16);
    return allVerbs("endless events", endlessView, strange)
        + allVerbs("endless streams", endlessStreams, strange)
        + allVerbs("a trigger", harmfulTrigger, strange)
        + allVerbs("a computed column", computedColumn, strange)
        + QList<HostileCase> {
              bytes("an empty file", "", "empty"),
              bytes("text in place of a store", "stream,type\n", "no SQLite database"),
              bytes("a header alone", magic + QByteArray(84, '\0'), "x.eventlog"),
              bytes("a header and rubbish", magic + QByteArray(100'000, '\xa7'), "x.eventlog"),
          };
}

} // namespace eventloupe
