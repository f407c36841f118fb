#include "store/sqlitelookupcheck.h"

#include "store/sqliteconnection.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace eventloupe {

namespace {

/// How far behind a damaged page an event is looked for, one position at a time.
constexpr Position mostProbes = 1'000'000;
constexpr Position greatest = std::numeric_limits<Position>::max();
constexpr int rowColumns = 10;
constexpr int idColumn = 5;
constexpr int idTypeColumn = 9;

QString tr(const char* text)
{
    return QCoreApplication::translate("SqliteVerifier", text);
}

std::string rowText(const char* where)
{
    return std::string("SELECT position, stream_id, version, type_id, time, id, hash, data,"
                       " metadata, typeof(id) FROM event NOT INDEXED ")
        + where;
}

/// An index of the events.
struct Index {
    const char* scan; ///< Both parts of each key, and the position; in order.
    const char* own; ///< The key of the event at a position.
    bool isOfIds;
    const char* kind; ///< For people.
};

constexpr std::array indexes {
    Index { "SELECT stream_id, version, position FROM event INDEXED BY event_stream"
            " ORDER BY stream_id, version",
        "SELECT stream_id, version FROM event NOT INDEXED WHERE position = ?1", false,
        QT_TRANSLATE_NOOP("SqliteVerifier", "streams") },
    Index { "SELECT type_id, position, position FROM event INDEXED BY event_type_position"
            " ORDER BY type_id, position",
        "SELECT type_id, position FROM event NOT INDEXED WHERE position = ?1", false,
        QT_TRANSLATE_NOOP("SqliteVerifier", "types") },
    Index { "SELECT typeof(id) = 'blob', id, position FROM event INDEXED BY event_id ORDER BY id",
        "SELECT typeof(id) = 'blob', id FROM event NOT INDEXED WHERE position = ?1", true,
        QT_TRANSLATE_NOOP("SqliteVerifier", "ids") },
};

/// The key of an index's entry; compares as the index orders them.
using IndexKey = std::pair<qint64, std::string>;

IndexKey keyOf(const SqliteStatement& row, bool isOfIds)
{
    if (isOfIds)
        return { row.integer(0), std::string(row.blob(1)) };
    // Big-endian without a sign, so that the bytes compare as the numbers do.
    auto number = static_cast<quint64>(row.integer(1)) ^ (quint64(1) << 63U);
    std::string bytes(sizeof(number), '\0');
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, number >>= 8U)
        *byte = static_cast<char>(number & 0xffU);
    return { row.integer(0), bytes };
}

/// Seeks what was read by a scan. SQLite looks at the cells of a page when it reads it (PRAGMA
/// cell_size_check), and what it refuses then is read, for whatever it is, where the page is still
/// in memory: once a page was refused, they are read anew each time. So the connection is not the
/// scan's, which holds pages.
class Lookups {
public:
    Lookups(SqliteConnection& connection, SqliteEventReader& events)
        : m_connection(connection)
        , m_events(events)
        , m_byPosition(connection.prepare(rowText("WHERE position = ?1")))
        , m_byVersion(connection.prepare("SELECT position FROM event INDEXED BY event_stream"
                                         " WHERE stream_id = ?1 AND version = ?2"))
        , m_byType(connection.prepare("SELECT position FROM event INDEXED BY event_type_position"
                                      " WHERE type_id = ?1 AND position = ?2"))
        , m_byId(connection.prepare("SELECT position FROM event INDEXED BY event_id WHERE id = ?1"))
        , m_streamName(connection.prepare("SELECT name FROM stream WHERE id = ?1"))
    {
    }

    /// By what the event of a row is not found.
    Result<QStringList> missed(const SqliteStatement& row)
    {
        const Position position = row.integer(0);
        QStringList ways;
        for (const auto& [look, way] : std::array<std::pair<Look, const char*>, 5> {
                 std::pair(&Lookups::findsRow, QT_TRANSLATE_NOOP("SqliteVerifier", "its position")),
                 { &Lookups::findsVersion,
                     QT_TRANSLATE_NOOP("SqliteVerifier", "its stream and version") },
                 { &Lookups::findsId, QT_TRANSLATE_NOOP("SqliteVerifier", "its id") },
                 { &Lookups::findsType, QT_TRANSLATE_NOOP("SqliteVerifier", "its type") },
                 { &Lookups::findsStream,
                     QT_TRANSLATE_NOOP("SqliteVerifier", "the number of its stream") } }) {
            if (m_isDamaged)
                (void)m_connection.execute("PRAGMA shrink_memory");
            const auto found = (this->*look)(row, position);
            reset();
            if (!found && found.error().code != ErrorCode::Corrupt)
                return found.error();
            m_isDamaged = m_isDamaged || !found;
            if (!found || !*found)
                ways.append(tr(way));
        }
        return ways;
    }

private:
    using Look = Result<bool> (Lookups::*)(const SqliteStatement& row, Position position);

    /// They would hold pages.
    void reset()
    {
        for (SqliteStatement* statement :
            { &m_byPosition, &m_byVersion, &m_byType, &m_byId, &m_streamName })
            statement->reset();
    }

    Result<bool> findsRow(const SqliteStatement& row, Position position)
    {
        const auto stepped = m_byPosition.bind(1, position).step();
        if (!stepped || !*stepped)
            return stepped;
        for (int column = 0; column < rowColumns; ++column)
            if (m_byPosition.blob(column) != row.blob(column))
                return false;
        return true;
    }

    static Result<bool> finds(SqliteStatement& statement, Position position)
    {
        const auto stepped = statement.step();
        return stepped.ok() && *stepped ? Result(statement.integer(0) == position) : stepped;
    }

    Result<bool> findsVersion(const SqliteStatement& row, Position position)
    {
        return finds(m_byVersion.bind(1, row.integer(1)).bind(2, row.integer(2)), position);
    }

    Result<bool> findsType(const SqliteStatement& row, Position position)
    {
        return finds(m_byType.bind(1, row.integer(3)).bind(2, position), position);
    }

    Result<bool> findsId(const SqliteStatement& row, Position position)
    {
        const bool isBlob = row.text(idTypeColumn) == "blob";
        return finds(isBlob ? m_byId.bindBlob(1, row.blob(idColumn))
                            : m_byId.bindText(1, row.text(idColumn)),
            position);
    }

    Result<bool> findsStream(const SqliteStatement& row, Position)
    {
        const auto stepped = m_streamName.bind(1, row.integer(1)).step();
        const std::string_view known = m_events.streamName(row.integer(1));
        (void)m_events.takeNameFailure();
        return stepped.ok() && *stepped ? Result(m_streamName.text(0) == known)
                                        : (stepped ? Result(known.empty()) : stepped);
    }

    SqliteConnection& m_connection;
    SqliteEventReader& m_events;
    bool m_isDamaged = false;
    SqliteStatement m_byPosition;
    SqliteStatement m_byVersion;
    SqliteStatement m_byType;
    SqliteStatement m_byId;
    SqliteStatement m_streamName;
};

class LookupCheck {
public:
    using Report = std::function<void(const StoreFault&)>;
    LookupCheck(SqliteConnection& scans, SqliteConnection& seeks, SqliteEventReader& events,
        Position last, const CancelToken& cancel, const Report& report)
        : m_connection(scans)
        , m_seeks(seeks)
        , m_lookups(seeks, events)
        , m_last(last)
        , m_cancel(cancel)
        , m_report(report)
    {
    }

    Result<void> run()
    {
        // What was read when the store was opened.
        (void)m_seeks.execute("PRAGMA shrink_memory");
        if (const auto looked = lookAtEvents(); !looked)
            return looked;
        for (const Index& index : indexes)
            if (const auto looked = lookAt(index); !looked)
                return looked;
        return {};
    }

private:
    /// All that a scan meets, and behind a damaged page what is found by its position.
    Result<void> lookAtEvents()
    {
        Position next = std::numeric_limits<Position>::min();
        for (;;) {
            const auto scanned = scanFrom(next);
            if (scanned.ok() || scanned.error().code != ErrorCode::Corrupt)
                return scanned;
            const auto behind = findBehind(std::max<Position>(next, 1));
            if (!behind)
                return behind.error();
            if (*behind == 0 || *behind == greatest)
                return {};
            next = *behind + 1;
        }
    }

    Result<void> scanFrom(Position& next)
    {
        auto scan = m_connection.prepare(rowText("WHERE position >= ?1 ORDER BY position"));
        scan.bind(1, next);
        for (;;) {
            const auto stepped = step(scan);
            if (!stepped)
                return stepped.error();
            if (!*stepped)
                return {};
            if (const auto looked = lookAt(scan); !looked)
                return looked;
            if (scan.integer(0) <= m_last)
                next = std::max(next, std::min(scan.integer(0), greatest - 1) + 1);
        }
    }

    /// The first position that is found; 0 where there is none.
    Result<Position> findBehind(Position from)
    {
        auto probe = m_connection.prepare(rowText("WHERE position = ?1"));
        if (from > m_last)
            return Position(0);
        const Position end = m_last - from > mostProbes ? from + mostProbes : m_last;
        for (Position position = from;; ++position) {
            probe.reset();
            const auto stepped = step(probe.bind(1, position));
            if (!stepped && stepped.error().code != ErrorCode::Corrupt)
                return stepped.error();
            if (stepped.ok() && *stepped) {
                const auto looked = lookAt(probe);
                return looked ? Result(position) : looked.error();
            }
            if (position == end)
                return Position(0);
        }
    }

    Result<bool> step(SqliteStatement& statement)
    {
        if (m_cancel.isCancelled())
            return Error { ErrorCode::Cancelled, tr("cancelled") };
        return statement.step();
    }

    Result<void> lookAt(const SqliteStatement& row)
    {
        const Position position = row.integer(0);
        if (position < 1 || position > m_last)
            return {};
        const auto missed = m_lookups.missed(row);
        if (!missed)
            return missed.error();
        if (!missed->isEmpty())
            m_report({ position,
                tr("Event %1 is in the log, but is not found by %2: the file is damaged.")
                    .arg(position)
                    .arg(missed->join(tr(" or "))) });
        return {};
    }

    /// A damaged page ends it; what cannot be sought behind it was named by lookAtEvents().
    Result<void> lookAt(const Index& index)
    {
        (void)m_seeks.execute("PRAGMA shrink_memory");
        auto scan = m_seeks.prepare(index.scan);
        auto own = m_connection.prepare(index.own);
        std::optional<IndexKey> before;
        for (;;) {
            const auto stepped = step(scan);
            if (!stepped && stepped.error().code != ErrorCode::Corrupt)
                return stepped.error();
            if (!stepped || !*stepped)
                return {};
            const Position position = scan.integer(2);
            IndexKey key = keyOf(scan, index.isOfIds);
            const bool isBehind = before && key <= *before;
            const auto due = keyAt(own, position, index.isOfIds);
            if (!due)
                return due.error();
            if (position < 1)
                m_report(
                    { 0, tr("The index of %1 has an entry of no event.").arg(tr(index.kind)) });
            else if (position > m_last)
                m_report({ 0,
                    tr("The index of %1 has an entry of event %2, which is not there.")
                        .arg(tr(index.kind))
                        .arg(position) });
            else if (*due && (isBehind || **due != key))
                m_report({ position,
                    tr("Event %1 is at a wrong place of the index of %2: the file is damaged.")
                        .arg(position)
                        .arg(tr(index.kind)) });
            // An entry with a wrong key is out of order itself, and not those behind it.
            else if (*due)
                before = std::move(key);
        }
    }

    /// Nothing where the event is not found by its position, which was told.
    static Result<std::optional<IndexKey>> keyAt(
        SqliteStatement& own, Position position, bool isOfIds)
    {
        own.reset();
        const auto stepped = own.bind(1, position).step();
        if (!stepped && stepped.error().code != ErrorCode::Corrupt)
            return stepped.error();
        return stepped.ok() && *stepped ? std::optional(keyOf(own, isOfIds)) : std::nullopt;
    }

    SqliteConnection& m_connection;
    SqliteConnection& m_seeks;
    Lookups m_lookups;
    Position m_last;
    const CancelToken& m_cancel;
    const Report& m_report;
};

} // namespace

Result<void> checkLookups(SqliteConnection& scans, SqliteConnection& seeks,
    SqliteEventReader& events, Position last, const CancelToken& cancel,
    const std::function<void(const StoreFault&)>& report)
{
    const SqliteWatch watch(seeks, cancel);
    return LookupCheck(scans, seeks, events, last, cancel, report).run();
}

} // namespace eventloupe
