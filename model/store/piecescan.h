#pragma once

#include "store/eventstore.h"

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace eventloupe {

/// Events from..to of the log, both inclusive.
struct LogPiece {
    Position from = 0;
    Position to = 0;
    bool isFar = false; ///< See piecesToVerify().
};

/// The positions from..to cut into pieces of `size` events (at least 1); the last may be shorter.
[[nodiscard]] std::vector<LogPiece> piecesOf(Position from, Position to, Position size);

/// Type-erased scanPieces().
[[nodiscard]] Result<void> runPieces(EventStore& store, const std::vector<LogPiece>& pieces,
    const CancelToken& cancel,
    const std::function<Result<std::shared_ptr<void>>(
        EventStore&, const LogPiece&, const CancelToken&)>& work,
    const std::function<Result<bool>(const LogPiece&, const std::shared_ptr<void>&)>& take);

/// Works on pieces of a log side by side, one thread a core with a connection of its own, and takes
/// the results on the calling thread in the order of `pieces`.
///
/// `work` runs on several threads at once, and must look at the token that it is handed: it is
/// cancelled when `cancel` is, when `take` ends the scan, and when a piece failed. At most two
/// pieces a thread wait to be taken, so that memory does not grow with the log. `take` returns
/// false to end the scan, or an Error, which the scan then gives. Cancelled when `cancel` is.
/// What is read is consistent where `to` is not past the head: an event never changes. A store
/// whose file was replaced meanwhile is an InputOutput error, never a mix of the two. Where there
/// is but one piece, one core, or no further connection to be had, `work` runs on the calling
/// thread with `store` itself.
template <class T>
[[nodiscard]] Result<void> scanPieces(EventStore& store, const std::vector<LogPiece>& pieces,
    const CancelToken& cancel,
    const std::function<Result<T>(EventStore&, const LogPiece&, const CancelToken&)>& work,
    const std::function<Result<bool>(const LogPiece&, T&&)>& take)
{
    return runPieces(
        store, pieces, cancel,
        [&work](EventStore& own, const LogPiece& piece,
            const CancelToken& stop) -> Result<std::shared_ptr<void>> {
            auto done = work(own, piece, stop);
            if (!done)
                return done.error();
            return std::shared_ptr<void>(std::make_shared<T>(std::move(*done)));
        },
        [&take](const LogPiece& piece, const std::shared_ptr<void>& result) {
            return take(piece, std::move(*std::static_pointer_cast<T>(result)));
        });
}

} // namespace eventloupe
