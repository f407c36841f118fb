#pragma once

#include "store/sqliteeventreader.h"
#include "store/sqlitestreamreader.h"

#include <vector>

namespace eventloupe {

/// Visits the events that a selection admits; see EventStore::scanSelected().
///
/// Goes by blocks of positions. Where ids, streams or types are named, a block's positions are read
/// from their index; where these are few its rows are sought one by one, else the block is read
/// through and its rows are tested: a seek costs as much as about eight rows in passing. Thread:
/// the connection's.
class SqliteSelectionScan final {
public:
    using Visitor = std::function<bool(const EventView&)>;

    SqliteSelectionScan(
        SqliteConnection& connection, SqliteEventReader& events, SqliteStreamReader& streams);

    Result<void> run(const LogSelection& selection, Position from, Position to, ScanColumns columns,
        const CancelToken& cancel, const Visitor& visitor);

    void forgetNames() { m_categories.reset(); }

private:
    /// A named stream, and the version up to which it was read.
    struct StreamPlace {
        StreamId id = 0;
        StreamVersion version = 0;
    };
    /// Where a block's positions come from.
    enum class Source { Rows, Ids, Streams, Types };
    struct Plan;

    Result<Plan> planFor(const LogSelection& selection, Position from, Position to);
    Result<void> findIds(const QStringList& ids, Plan& plan);
    Result<void> findTypes(const QStringList& types, Plan& plan);
    Result<void> findStreams(const QStringList& streams, Position from, Plan& plan);
    Result<bool> scanBlock(Plan& plan, Position from, Position to, ScanColumns columns,
        const CancelToken& cancel, const Visitor& visitor);
    Result<bool> collect(Plan& plan, Position from, Position to, std::size_t most);
    Result<bool> collectTypes(const Plan& plan, Position from, Position to, std::size_t most);
    Result<bool> collectStreams(Plan& plan, Position to, std::size_t most);

    SqliteConnection& m_connection;
    SqliteEventReader& m_events;
    SqliteStreamReader& m_streams;
    std::optional<CategoryTest> m_categories; ///< Of the last selection that named some.
    std::vector<Position> m_positions; ///< Of the present block.
};

} // namespace eventloupe
