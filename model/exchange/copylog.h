#pragma once

#include "store/eventstore.h"
#include "value/progress.h"

#include <QString>

#include <atomic>
#include <memory>

namespace eventloupe {

/// Where a log is copied to, and how.
struct CopyRequest {
    QString to; ///< The location of a store; a file is made when it is missing.
    /// All that is there already is read and compared, instead of hashes or samples.
    bool checksAll = false;
    /// What is appended meanwhile is copied as well, until the work is cancelled, or fails since
    /// the log is no longer there or is another one, see FollowedLog.
    bool follows = false;
    qint64 batch = 0; ///< How many events are stored in one transaction; 0: as is quick.
    /// Where it is wanted: how many events the copy has, and keeps if it is cancelled now. Written
    /// from other threads.
    std::shared_ptr<std::atomic<qint64>> kept = {};
};

/// Into a store without events, this many are stored in the first transaction. A load into an empty
/// store builds its indexes at the end, which is several times faster than keeping them.
constexpr qint64 firstCopiedEvents = 1'000'000;
constexpr qint64 nextCopiedEvents = 100'000; ///< And in each later one.

struct CopySummary {
    QString to; ///< As the store itself names its place.
    qint64 copied = 0;
    qint64 skipped = 0; ///< Were there already.
    Position last = 0; ///< Of the last event in both; also how many there are.
    /// How many events are known to be equal: by the hash chain all of them, else those that were
    /// compared one by one.
    qint64 verified = 0;
    qint64 readBack = 0; ///< Of them, read from the store again.
    bool isByHash = false;
    /// Why not all events of the source could be read, of another library's damaged store: what is
    /// before the damage was copied.
    QString fault;
};

/// Copies a log into another store: the same events at the same positions, with the same versions,
/// ids, times and bytes. `from` is only read, below its masks: a copy is the history itself.
///
/// It goes on where an earlier copy ended, for whatever reason: what is there already has to be the
/// beginning of `from`, else nothing is copied, and the message names the first position that
/// differs (AlreadyExists). It copies up to the head as it is at the start, in transactions, each
/// durable: a kill or a cancel costs the last one. What the other store refuses ends the copy with
/// InvalidInput or DuplicateEvent, which name position and reason; the transaction is taken back.
/// At the end what was copied is read back and compared; Corrupt names what is not the same. A
/// store that was made and got no event is removed again.
///
/// `progress` counts events; then those that are read back. Memory does not grow with the log, but
/// with the number of streams that a transaction fills. On `from`'s thread.
[[nodiscard]] Result<CopySummary> copyLog(EventStore& from, const CopyRequest& request,
    const Progress& progress, const CancelToken& cancel);

} // namespace eventloupe
