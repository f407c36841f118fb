#include "store/logcoherence.h"

#include <algorithm>
#include <optional>

namespace eventloupe {

namespace {

constexpr Position mostEvents = 1000;

bool isNotFound(const Result<EventHash>& hash)
{
    return !hash && hash.error().code == ErrorCode::NotFound;
}

} // namespace

Result<bool> fitsChain(SqliteEventReader& events, const LogHead& event, HashChain& chain)
{
    const auto before
        = event.position > 1 ? events.hashAt(event.position - 1) : Result(EventHash {});
    if (isNotFound(before))
        return false;
    if (!before)
        return before.error();
    std::optional<EventHash> expected;
    const auto read = events.scanLog(event.position, event.position, allScanColumns, {},
        [&](const EventView& view) {
            expected = chain.next(*before, view);
            return true;
        });
    return read ? Result(expected == event.hash) : read.error();
}

Result<bool> areFound(SqliteConnection& connection, Position to)
{
    const Position first = std::max<Position>(0, to - mostEvents);
    const auto found
        = connection
              .prepare("SELECT count(*) FROM event AS e WHERE e.position > ?1 AND e.position <= ?2"
                       " AND (SELECT position FROM event INDEXED BY event_stream"
                       " WHERE stream_id = e.stream_id AND version = e.version) = e.position"
                       " AND (SELECT position FROM event INDEXED BY event_id"
                       " WHERE id = e.id) = e.position"
                       " AND (SELECT position FROM event INDEXED BY event_type_position"
                       " WHERE type_id = e.type_id AND position = e.position) = e.position"
                       " AND (SELECT head_position FROM stream WHERE id = e.stream_id)"
                       " >= e.position")
              .bind(1, first)
              .bind(2, to)
              .number(0);
    return found ? Result(*found == to - first) : found.error();
}

Continuation continuationOf(SqliteEventReader& file, SqliteConnection& connection,
    SqliteEventReader& events, HashChain& chain)
{
    Continuation found;
    const auto end = file.head();
    const auto isWhole = end && end->position > 0 ? fitsChain(file, *end, chain) : Result(false);
    const bool isEvent = isWhole && *isWhole;
    // Later, so that it has whatever another process moved to the file.
    const auto last = events.head();
    if (!last || last->position == 0)
        return found;
    if (isEvent) {
        const auto hash = events.hashAt(end->position);
        if (!hash) {
            found.isSound = !isNotFound(hash);
            return found;
        }
        if (*hash != end->hash) {
            found.isSound = false;
            return found;
        }
        found.end = *end;
    }
    const Position from = found.end.position;
    if (from == last->position)
        return found;
    const auto next = from > 0 ? events.hashAt(from + 1) : Result(EventHash {});
    found.isSound = !isNotFound(next);
    if (from > 0 && next) {
        const auto follows = fitsChain(events, { from + 1, *next }, chain);
        found.isSound = !follows || *follows;
    }
    if (const auto areThere = areFound(connection, last->position); areThere && !*areThere)
        found.isSound = false;
    return found;
}

} // namespace eventloupe
