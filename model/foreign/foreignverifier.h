#pragma once

#include "foreign/foreigneventreader.h"
#include "store/piecescan.h"

namespace eventloupe {

class ForeignEventStore;

/// Checks what can be checked of another library's log, which has no hash chain: that all rows are
/// there in the order in which they were counted, that versions of a stream follow each other, and
/// that payloads can be read. On several connections, a piece of the log each. See
/// EventStore::verify().
[[nodiscard]] Result<qint64> verifyForeign(ForeignEventStore& store, ForeignLog& log,
    const CancelToken& cancel, const std::function<void(Position)>& progress,
    const std::function<void(const StoreFault&)>& report);

/// The faults of a piece, in the order of the log. Fails where rows are gone since they were
/// counted, or cannot be read.
[[nodiscard]] Result<std::vector<StoreFault>> verifyForeignPiece(ForeignEventReader& events,
    const ForeignLog& log, const LogPiece& piece, const CancelToken& cancel);

} // namespace eventloupe
