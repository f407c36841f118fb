#pragma once

#include "state/streamoutline.h"
#include "store/eventstore.h"

namespace eventloupe {

/// Where a stream is among those of its category, as of a position.
struct StreamLocation {
    StreamId id = 0; ///< 0: it does not exist there.
    qint64 category = 0;
    qint64 index = 0;
};

/// Reads categories in pages until the stream's is found, then O(log n) streams. On a store's
/// thread.
[[nodiscard]] Result<StreamLocation> locateStream(
    EventStore& store, const QString& name, Position position);

/// The row that shows a stream, or its category's header while that is collapsed, or -1. `found`
/// is what a search found, in order of birth.
[[nodiscard]] qint64 rowOfLocation(
    const StreamLocation& location, const StreamOutline& outline, const QList<StreamInfo>& found);

} // namespace eventloupe
