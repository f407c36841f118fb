#pragma once

#include "time/replaypiece.h"
#include "value/canceltoken.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace eventloupe {

/// Who reads and folds which part of a log: several workers read it in pieces, in any order, and
/// each folds its own shard of every piece, in the order of the log.
///
/// A worker folds what is there to fold, else it reads ahead, so that all are busy; what was read
/// and not yet folded is bounded. Streams must be numbered in order of birth; that is looked at
/// before a piece is handed out. Thread-safe.
class ReplayOrder {
public:
    /// Reads 1..to.
    ReplayOrder(Position to, std::size_t shards, const CancelToken& cancel);

    /// Of so many streams some have no event of their own, and so no place among the births: before
    /// the first next().
    void expectLinkedStreams(StreamId streams) { m_linkedStreams = streams; }

    /// What a worker is to do next. A range that it began to read stays its own.
    struct Task {
        const ReplayPiece* folded = nullptr; ///< Fold this, then call finish().
        std::unique_ptr<ReplayPiece> read; ///< Read range.first.. into this, then call publish().
        [[nodiscard]] bool isNone() const { return folded == nullptr && read == nullptr; }
    };
    struct Range {
        Position first = 1;
        Position last = 0;
        [[nodiscard]] bool isEmpty() const { return first > last; }
    };
    /// Waits for work; none when all is done, or the replay failed or was cancelled. A worker that
    /// cannot read passes no range.
    [[nodiscard]] Task next(std::size_t shard, Range* range);
    /// The shard folded the piece it was given last.
    void finish(std::size_t shard);
    /// A piece was read.
    void publish(std::unique_ptr<ReplayPiece> piece);
    /// Ends the replay: a worker cannot go on.
    void fail(const Error& error);

    /// Once all workers are done: why not all was folded.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    bool mayRead(Range& range);
    void admit(std::unique_ptr<ReplayPiece> piece);

    const Position m_to;
    const CancelToken m_cancel;
    std::mutex m_mutex; ///< Guards what is below.
    std::condition_variable m_changed;
    Position m_given = 0; ///< The last position of a range that was given out.
    Position m_admitted = 0; ///< The last position of the pieces that are ready.
    StreamId m_streams = 0;
    StreamId m_linkedStreams = 0;
    std::size_t m_bytes = 0; ///< Of what was read and not yet folded by all.
    std::map<Position, std::unique_ptr<ReplayPiece>> m_early; ///< Pieces behind a gap.
    std::deque<std::unique_ptr<ReplayPiece>> m_ready;
    std::size_t m_gone = 0; ///< Pieces that were ready and all folded.
    std::vector<std::size_t> m_folded; ///< Pieces, by shard.
    std::vector<std::unique_ptr<ReplayPiece>> m_spare;
    std::optional<Error> m_error;
};

} // namespace eventloupe
