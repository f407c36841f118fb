#pragma once

#include "time/replaypiece.h"
#include "value/canceltoken.h"
#include "value/largememory.h"
#include "watch/watchfold.h"

#include <mutex>

namespace eventloupe {

/// The tracks of every n-th stream, looked at by one thread while the log is read in pieces; what
/// it found may be taken by another.
class WatchShard {
public:
    /// Streams whose id leaves (id - 1) % shards == number belong to it.
    WatchShard(const Evolver& evolver, const WatchRequest& request, std::size_t number)
        : m_number(number)
        , m_from(request.from)
        , m_fold(evolver, request)
    {
    }

    void reserve(std::size_t streams) { m_streams.reserve(streams); }
    /// Pieces come in order of the log. Ends within an event when it is cancelled.
    void fold(const ReplayPiece& piece, const CancelToken& cancel);

    /// Any thread: moves what was found to `points`, and gives the position that is done.
    Position take(std::vector<WatchPoint>& points);

    /// Once all is folded.
    [[nodiscard]] const WatchFold& done() const { return m_fold; }

private:
    struct Stream {
        WatchFold::Track track;
        std::size_t nameOffset = 0; ///< In m_names.
        std::size_t nameSize = 0;
    };
    void fold(const ReplayPiece& piece, const ReplayPiece::Row& row);

    const std::size_t m_number;
    const Position m_from;
    WatchFold m_fold;
    std::vector<Stream, LargeAllocator<Stream>> m_streams; ///< In order of birth.
    std::string m_names;
    std::vector<const WatchFold::Type*> m_types; ///< Of the piece at hand.
    std::vector<WatchPoint> m_found; ///< In the piece at hand.

    std::mutex m_mutex; ///< Guards what follows.
    std::vector<WatchPoint> m_points;
    Position m_done = 0;
};

} // namespace eventloupe
