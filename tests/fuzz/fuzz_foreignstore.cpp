#include "fuzz/fuzztarget.h"
#include "fuzz/storefile.h"

#include <sqlite3.h>

// A database of another library.

using namespace eventloupe;

namespace {

/// The file that statements make.
QByteArray databaseOf(const QByteArray& sql)
{
    sqlite3* handle = nullptr;
    QByteArray bytes;
    if (sqlite3_open(":memory:", &handle) == SQLITE_OK
        && sqlite3_exec(handle, sql.constData(), nullptr, nullptr, nullptr) == SQLITE_OK) {
        sqlite3_int64 size = 0;
        if (auto* image = sqlite3_serialize(handle, "main", &size, 0)) {
            bytes = QByteArray(reinterpret_cast<const char*>(image), size);
            sqlite3_free(image);
        }
    }
    sqlite3_close(handle);
    require(!bytes.isEmpty(), "a seed cannot be made");
    return bytes;
}

constexpr auto emmett = R"(
    PRAGMA page_size = 512;
    CREATE TABLE emt_streams(stream_id TEXT NOT NULL, stream_position BIGINT NOT NULL,
        partition TEXT NOT NULL DEFAULT 'global', stream_type TEXT NOT NULL,
        stream_metadata JSONB NOT NULL, is_archived BOOLEAN NOT NULL DEFAULT FALSE,
        PRIMARY KEY (stream_id, partition, is_archived));
    CREATE TABLE emt_messages(stream_id TEXT NOT NULL, stream_position BIGINT NOT NULL,
        partition TEXT NOT NULL DEFAULT 'global', message_kind CHAR(1) NOT NULL DEFAULT 'E',
        message_data JSONB NOT NULL, message_metadata JSONB NOT NULL,
        message_schema_version TEXT NOT NULL, message_type TEXT NOT NULL,
        message_id TEXT NOT NULL, is_archived BOOLEAN NOT NULL DEFAULT FALSE,
        global_position INTEGER PRIMARY KEY, created DATETIME DEFAULT CURRENT_TIMESTAMP,
        UNIQUE (stream_id, stream_position, partition, is_archived));
    INSERT INTO emt_messages VALUES
        ('cart-1', 1, 'global', 'E', '{"n":1}', '{}', '1', 'ADDED', 'i1', 0, 1, '2026-01-05'),
        ('cart-1', 2, 'global', 'E', '{"n":2}', '{}', '1', 'ADDED', 'i2', 0, 2, '2026-01-05'),
        ('cart-2', 1, 'global', 'E', '{"n":3}', '{}', '1', 'PAID', 'i3', 0, 3, '2026-01-06');)";

/// No profile knows it; what is in it is looked at.
constexpr auto unknown = R"(
    PRAGMA page_size = 512;
    CREATE TABLE log(seq INTEGER PRIMARY KEY, what TEXT, whose TEXT, body TEXT);
    INSERT INTO log VALUES (1, 'Made', 'a-1', '{"at":"2026-01-05T08:00:00Z"}'),
        (2, 'Sold', 'a-1', '{"at":"2026-01-05T08:00:00Z"}');)";

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    readStoreFile(viewOfInput(data, size));
    return 0;
}

QByteArrayList eventloupe::fuzzSeeds()
{
    return { databaseOf(emmett), databaseOf(unknown) };
}
