#include "foreign/foreignstores.h"
#include "foreignfigures.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <sqlite3.h>

// bench_foreign [EVENTS] [FOLDER]: makes an SQLite file with Emmett's tables, opens it as it is,
// and prints how long that takes, one JSON object a figure.

using namespace eventloupe;

namespace {

void run(sqlite3* database, const char* sql)
{
    if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK)
        return;
    std::fprintf(stderr, "bench_foreign: %s\n", sqlite3_errmsg(database));
    std::exit(1);
}

/// Events of about 400 bytes over a tenth as many streams; every 50th position is skipped.
void make(const QString& path, qint64 events)
{
    sqlite3* database = nullptr;
    sqlite3_open(path.toUtf8().constData(), &database);
    run(database,
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
        "CREATE TABLE emt_streams(stream_id TEXT NOT NULL, stream_position BIGINT NOT NULL,"
        " partition TEXT NOT NULL, stream_type TEXT NOT NULL, stream_metadata JSONB NOT NULL,"
        " is_archived BOOLEAN NOT NULL, PRIMARY KEY (stream_id, partition, is_archived));"
        "CREATE TABLE emt_messages(stream_id TEXT NOT NULL, stream_position BIGINT NOT NULL,"
        " partition TEXT NOT NULL, message_kind CHAR(1) NOT NULL, message_data JSONB NOT NULL,"
        " message_metadata JSONB NOT NULL, message_schema_version TEXT NOT NULL,"
        " message_type TEXT NOT NULL, message_id TEXT NOT NULL, is_archived BOOLEAN NOT NULL,"
        " global_position INTEGER PRIMARY KEY, created DATETIME DEFAULT CURRENT_TIMESTAMP,"
        " UNIQUE (stream_id, stream_position, partition, is_archived));");
    const std::string sql
        = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < "
        + std::to_string(events) + ") INSERT INTO emt_messages SELECT 'cart-' || (i % "
        + std::to_string(std::max<qint64>(events / 10, 1)) + "), i / "
        + std::to_string(std::max<qint64>(events / 10, 1))
        + " + 1, 'emt:default', 'E', '{\"number\":' || i || ',\"name\":\"Ada "
          "Lovelace\",\"note\":\"'"
          " || hex(zeroblob(60)) || '\"}', '{\"user\":\"bench\"}', '1', 'TYPE_' || (i % 20),"
          " 'id-' || i, 0, i + 1 + i / 50, '2026-01-05 08:00:00' FROM n;";
    run(database, sql.c_str());
    sqlite3_close(database);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const qint64 events = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const QTemporaryDir scratch((argc > 2 ? QString::fromLocal8Bit(argv[2]) : QDir::tempPath())
        + QStringLiteral("/XXXXXX"));
    const QString path = scratch.filePath(QStringLiteral("shop.db"));
    make(path, events);
    addForeignStores();
    measureForeign("foreign", path, events);
    return 0;
}
