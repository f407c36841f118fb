#pragma once

#include "state/streamoutline.h"
#include "store/eventstore.h"

#include <QHash>

#include <optional>

namespace eventloupe {

/// A row of the stream list: a category, or else a stream.
struct StreamListRow {
    std::optional<CategoryAt> category;
    StreamAt stream;
};

/// Rows of one group of a StreamOutline, from page * rowsPerPage on.
struct StreamListPage {
    static constexpr qint64 rowsPerPage
        = 16; ///< A version costs a search: read little more than seen.
    qint64 group = 0;
    qint64 page = 0;
    Position position = 0; ///< The cursor's, that the rows are for.
    QList<StreamListRow> rows;
};

/// What a list is read for. Read on a store's thread.
struct StreamListRequest {
    Position position = 0;
    qint64 firstRow = 0; ///< The rows in view.
    qint64 rows = 0;
    /// What people expanded (true) and collapsed (false), by category.
    QHash<qint64, bool> expansion;
    qint64 expandedByDefault = 0; ///< As in the last answer; 0 to begin with.
    /// While there is a search: what it found, of which those that exist at the position show.
    std::optional<QList<StreamInfo>> found;
};

struct StreamListAnswer {
    Position position = 0;
    StreamOutline outline;
    qint64 streams = 0; ///< Streams at the position, shown or not.
    qint64 expandedByDefault = 0; ///< Categories 1..n.
    QList<StreamListPage> pages; ///< Those of the rows in view.
};

/// The most categories that are expanded at first, and of those that can be by hand.
constexpr qint64 maximumExpandedByDefault = 8;
constexpr qint64 maximumExpanded = 1000;

/// What the list looks like at a position, and the rows in view.
[[nodiscard]] Result<StreamListAnswer> readStreamList(
    EventStore& store, const StreamListRequest& request);

} // namespace eventloupe
