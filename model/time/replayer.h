#pragma once

#include "domain/evolver.h"
#include "store/eventstore.h"

#include <memory>

namespace eventloupe {

/// Folds streams, keeping checkpoints of long ones so that a later fold starts near its end.
/// Belongs to one thread: a store's worker, or the command line's only one.
class Replayer {
public:
    explicit Replayer(std::shared_ptr<const Evolver> evolver);
    ~Replayer();

    [[nodiscard]] const Evolver& evolver() const { return *m_evolver; }

    /// The state of a stream after its last event at or before `position`.
    Result<AggregateState> stateAt(EventStore& store, const StreamInfo& stream, Position position);
    /// The state at a version; clamped to the stream's head.
    Result<AggregateState> stateAtVersion(
        EventStore& store, const StreamInfo& stream, StreamVersion version);
    /// Drops every checkpoint, when the workspace changed.
    void reset(std::shared_ptr<const Evolver> evolver);

private:
    struct Checkpoints;
    std::shared_ptr<const Evolver> m_evolver;
    std::unique_ptr<Checkpoints> m_checkpoints;
};

/// What folding the whole log gave.
struct ReplaySummary {
    qint64 events = 0;
    qint64 streams = 0;
    qint64 existing = 0; ///< Streams whose aggregate exists at the end.
    qint64 failures = 0; ///< Events that could not be folded.
    QByteArray digest; ///< SHA-256, hex, over every stream's name, version and state.
    double seconds = 0;
};

/// Folds all streams up to a position (inclusive).
[[nodiscard]] Result<ReplaySummary> replayAll(EventStore& store, const Evolver& evolver,
    Position to, const CancelToken& cancel, const std::function<void(Position)>& progress);

} // namespace eventloupe
