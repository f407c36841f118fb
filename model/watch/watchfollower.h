#pragma once

#include "store/eventstore.h"
#include "time/replayer.h"
#include "watch/watchexpression.h"

#include <unordered_map>
#include <vector>

namespace eventloupe {

/// Looks at what is appended to a log after a watch went through it: an event costs what it costs
/// to fold it, and a stream that was not looked at lately one fold from its nearest checkpoint.
/// Belongs to one thread at a time.
class WatchFollower {
public:
    WatchFollower(std::shared_ptr<const Evolver> evolver, WatchRequest request);

    struct Found {
        Position to = 0; ///< All up to here was looked at.
        qint64 events = 0; ///< In the scope.
        std::vector<WatchPoint> points;
        WatchFailures failures;
    };
    /// Looks at the events behind `from` up to `to`, or at the first few of them: Found::to tells.
    Result<Found> lookOn(EventStore& store, Position from, Position to);

    /// Events that are looked at in one.
    static constexpr int eventsPerLook = 500;

private:
    /// A stream as far as it was looked at.
    struct Track {
        AggregateState state;
        WatchOutcome last;
    };
    Result<void> look(EventStore& store, const Event& event, Found& found);
    Result<Track*> trackOf(EventStore& store, const Event& event);
    Result<Track> trackAt(EventStore& store, const StreamInfo& stream, StreamVersion version);
    WatchOutcome evaluate(
        const JsonValue& previous, const JsonValue& state, const EventView& stored) const;

    std::shared_ptr<const Evolver> m_evolver;
    const WatchRequest m_request;
    Replayer m_replayer;
    std::unordered_map<StreamId, Track> m_tracks;
};

} // namespace eventloupe
