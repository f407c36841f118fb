#include "store/sqliteindexcheck.h"

#include "store/sqlitetransaction.h"

#include <string>
#include <string_view>
#include <utility>

namespace eventloupe {

namespace {

/// Adds those that are not among them yet.
Result<void> readEvents(SqliteConnection& connection, SummedEvents& events)
{
    if (!events.next)
        return {};
    auto statement = connection.prepare(
        "SELECT position, stream_id, version, type_id, id, typeof(id) = 'text'"
        " FROM event NOT INDEXED WHERE position >= ?1 ORDER BY position");
    statement.bind(1, *events.next);
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return {};
        events.sums.addEvent(statement.integer(0), statement.integer(1), statement.integer(2),
            statement.integer(3), statement.blob(4), statement.integer(5) != 0);
    }
}

/// Hands over each entry; false where two are not in order, or the same.
template <class Add>
Result<bool> readNumbers(SqliteConnection& connection, const char* sql, const Add& add)
{
    auto statement = connection.prepare(sql);
    std::pair<qint64, qint64> before;
    for (bool isFirst = true;; isFirst = false) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return true;
        const std::pair entry(statement.integer(0), statement.integer(1));
        if (!isFirst && entry <= before)
            return false;
        before = entry;
        add(entry, statement);
    }
}

Result<bool> readVersions(SqliteConnection& connection, IndexSums& sums)
{
    return readNumbers(connection,
        "SELECT stream_id, version, position FROM event INDEXED BY event_stream"
        " ORDER BY stream_id, version",
        [&sums](const auto& entry, const SqliteStatement& row) {
            sums.addVersion(entry.first, entry.second, row.integer(2));
        });
}

/// Seeks each entry of the index of types. A position is read from an entry's end, and sought by
/// what its head says: where that is damaged, a scan reads what a search does not find.
Result<bool> areTypesFound(SqliteConnection& connection, qint64 count)
{
    const auto found
        = connection
              .prepare("SELECT count(*) FROM event o INDEXED BY event_type_position"
                       " CROSS JOIN event i INDEXED BY event_type_position"
                       " WHERE i.type_id = o.type_id AND i.position = o.position")
              .number(0);
    return found ? Result(*found == count) : found.error();
}

Result<bool> readTypes(SqliteConnection& connection, IndexSums& sums)
{
    qint64 count = 0;
    const auto read = readNumbers(connection,
        "SELECT type_id, position FROM event INDEXED BY event_type_position"
        " ORDER BY type_id, position",
        [&](const auto& entry, const SqliteStatement&) {
            sums.addType(entry.first, entry.second);
            ++count;
        });
    return read.ok() && *read ? areTypesFound(connection, count) : read;
}

Result<bool> readIds(SqliteConnection& connection, IndexSums& sums)
{
    auto statement = connection.prepare("SELECT id, typeof(id) = 'text', position FROM event"
                                        " INDEXED BY event_id ORDER BY id");
    std::string before;
    bool wasText = true;
    for (bool isFirst = true;; isFirst = false) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return true;
        const std::string_view id = statement.blob(0);
        const bool isText = statement.integer(1) != 0;
        // Texts come before blobs (https://sqlite.org/datatype3.html, 4.1).
        const bool isBehind = wasText != isText ? wasText : id > std::string_view(before);
        if (!isFirst && !isBehind)
            return false;
        before.assign(id);
        wasText = isText;
        sums.addId(id, isText, statement.integer(2));
    }
}

} // namespace

Result<bool> eventIndexesAgree(SqliteConnection& connection, const IndexSums::Key& key,
    const std::function<SummedEvents()>& summed)
{
    // One state of the file: what is appended meanwhile is in none of them.
    const SqliteSnapshot snapshot(connection);
    IndexSums ofIndexes(key);
    for (const auto read : { readVersions, readTypes, readIds })
        if (const auto isInOrder = read(connection, ofIndexes); !isInOrder || !*isInOrder)
            return isInOrder;
    SummedEvents events = summed();
    if (const auto read = readEvents(connection, events); !read)
        return read.error();
    return events.sums == ofIndexes;
}

} // namespace eventloupe
