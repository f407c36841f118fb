#include "benchfigures.h"
#include "foreign/foreignstores.h"
#include "store/openstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include <sqlite3.h>

// bench_foreign [EVENTS] [FOLDER]: makes an SQLite file with Emmett's tables, opens it as it is,
// and prints how long that takes, one JSON object a figure.

using namespace eventloupe;

namespace {

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

template <class T> T taken(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_foreign: %s\n", qPrintable(result.error().message));
        std::exit(1);
    }
    return std::move(*result);
}

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
    std::vector<double> opened;
    std::vector<double> rates;
    std::unique_ptr<EventStore> store;
    for (int round = 0; round < 3; ++round) {
        store.reset();
        const auto start = Clock::now();
        store = taken(openStore(path, OpenMode::ReadOnly));
        taken(store->readLog(1, 50));
        opened.push_back(millisecondsSince(start));
        waitUntilCounted(*store, {});
        rates.push_back(static_cast<double>(events) / millisecondsSince(start) * 1000);
    }
    const Position head = taken(store->head());
    if (head != events)
        std::fprintf(stderr, "bench_foreign: %lld events\n", static_cast<long long>(head));
    report("foreign_open_first_page", "ms", opened);
    report("foreign_index", "events/s", rates, Better::Higher);
    std::mt19937_64 random(1);
    std::vector<double> jumps;
    std::vector<double> streams;
    for (int jump = 0; jump < 1000; ++jump) {
        const Position position = 1 + static_cast<Position>(random() % static_cast<quint64>(head));
        auto start = Clock::now();
        const auto page = taken(store->readLog(position, 50));
        jumps.push_back(millisecondsSince(start));
        start = Clock::now();
        taken(store->readStream(page.first().streamId, 0, position, 50));
        streams.push_back(millisecondsSince(start));
    }
    report("foreign_jump_to_page", "ms", jumps);
    report("foreign_stream_page", "ms", streams);
    const auto start = Clock::now();
    qint64 bytes = 0;
    const auto scanned = store->scanLog(1, head, ScanColumn::Data | ScanColumns(ScanColumn::Type),
        {}, [&bytes](const EventView& event) {
            bytes += static_cast<qint64>(event.data.size());
            return true;
        });
    if (!scanned || bytes == 0)
        std::fprintf(stderr, "bench_foreign: the scan failed\n");
    report("foreign_scan", "events/s",
        { static_cast<double>(head) / millisecondsSince(start) * 1000 }, Better::Higher);
    const auto verifying = Clock::now();
    qint64 faults = 0;
    if (taken(store->verify({}, {}, [&faults](const StoreFault&) { ++faults; })) != head
        || faults > 0)
        std::fprintf(stderr, "bench_foreign: the verification found faults\n");
    report("foreign_verify", "events/s",
        { static_cast<double>(head) / millisecondsSince(verifying) * 1000 }, Better::Higher);
    return 0;
}
