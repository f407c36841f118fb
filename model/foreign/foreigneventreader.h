#pragma once

#include "foreign/foreignlog.h"
#include "foreign/rowreader.h"

#include <map>

namespace eventloupe {

/// Reads events of another library by position, through one connection; see EventStore for what
/// each call promises. In pages: nothing is held in the database while a visitor is at work.
class ForeignEventReader final {
public:
    using Visitor = std::function<bool(const EventView&)>;
    /// A row, the position of its first event, and how many events it is.
    using RowVisitor = std::function<void(RowReader& row, Position first, qint64 events)>;

    ForeignEventReader(ForeignDatabase& database, ForeignLog& log);

    /// Events from..to. False when the visitor ended it.
    Result<bool> readRun(Position from, Position to, ScanColumns columns, const CancelToken& cancel,
        const Visitor& visitor);
    /// The rows of the events from..to, with all their columns. Of a commit, events that are not in
    /// the run may be in its row as well.
    Result<void> readRows(
        Position from, Position to, const CancelToken& cancel, const RowVisitor& visitor);
    /// Those at some positions, in their order; positions that are not there are left out.
    Result<bool> readList(std::span<const Position> positions, ScanColumns columns,
        const CancelToken& cancel, const Visitor& visitor);
    /// The positions of the events whose id column has this value, by an index; nothing where there
    /// is none.
    Result<std::optional<std::vector<Position>>> positionsOfId(const QString& id);
    /// Fails where the index no longer says what is there.
    [[nodiscard]] Result<void> check() const;

private:
    /// The SELECTs of one choice of columns.
    struct Shape {
        LogColumns columns;
        std::map<std::pair<LogSql::Bound, bool>, std::string> texts;
    };
    struct Run;
    Shape& shapeOf(ScanColumns columns);
    const std::string& text(Shape& shape, LogSql::Bound bound, bool skips);
    Result<void> readPage(Run& run, Shape& shape);
    Result<void> readNextPage(Run& run, Shape& shape, const CancelToken& cancel);
    Result<bool> handPage(Run& run, Shape& shape, ScanColumns columns, const Visitor& visitor);
    [[nodiscard]] Error stale() const;

    ForeignDatabase& m_database;
    ForeignLog& m_log;
    std::map<int, Shape> m_shapes;
};

} // namespace eventloupe
