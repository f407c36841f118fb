#pragma once

#include "domain/evolver.h"
#include "store/eventstore.h"
#include "time/checkpointfigures.h"

#include <limits>
#include <memory>
#include <optional>

namespace eventloupe {

class StateCheckpoints;
class StateTrail;

/// A stream's state with the one before its last event.
struct StateStep {
    AggregateState before;
    AggregateState now;
    QString lastType; ///< Of the last event; empty at version 0.
};

/// Folds streams, keeping checkpoints of long ones so that a later fold starts near its end.
///
/// Marks are kept along a stream, and of each stream the state that was folded last: a step forward
/// folds one event, and so does a step back but for one in a few hundred; a jump, and that one,
/// folds fewer than lie between two marks, all along a stream that was folded once (see
/// StateCheckpoints and StateTrail). Together they are bounded by maximumBytes, as estimated. It
/// reads the store below its masks, and gives states as the workspace's masks show them, with what
/// is said of failures; only trueStateWithin() and trueStepToVersion() give what was folded.
/// Belongs to one thread at a time: a store's worker, or the command line's only one.
class Replayer {
public:
    static constexpr qint64 maximumBytes = 32LL * 1024 * 1024;
    static constexpr qint64 unbounded = std::numeric_limits<qint64>::max();

    /// Whether the states say which event set what.
    enum class Blame { Without, With };

    explicit Replayer(std::shared_ptr<const Evolver> evolver,
        qint64 maximumCheckpointBytes = maximumBytes, Blame blame = Blame::Without);
    ~Replayer();

    [[nodiscard]] const Evolver& evolver() const { return *m_evolver; }
    /// Events folded so far, over all streams: what calls have cost.
    [[nodiscard]] qint64 eventsFolded() const { return m_eventsFolded; }

    /// The state of a stream after its last event at or before `position`.
    Result<AggregateState> stateAt(EventStore& store, const StreamInfo& stream, Position position);
    /// The state at a version; clamped to 0 and to the stream's head.
    Result<AggregateState> stateAtVersion(
        EventStore& store, const StreamInfo& stream, StreamVersion version);
    /// The same, folding at most `maximumEvents` (at least 1) now. Nothing when that was not
    /// enough: what was folded is kept, and calling again goes on from there.
    Result<std::optional<AggregateState>> stateWithin(
        EventStore& store, const StreamInfo& stream, StreamVersion version, qint64 maximumEvents);
    /// The same without masks: for what folds on from it, and shows nothing of it.
    Result<std::optional<AggregateState>> trueStateWithin(
        EventStore& store, const StreamInfo& stream, StreamVersion version, qint64 maximumEvents);
    /// The state at a position and the one before the stream's last event there, bounded alike.
    Result<std::optional<StateStep>> stepWithin(
        EventStore& store, const StreamInfo& stream, Position position, qint64 maximumEvents);
    /// The same at a version, which the stream must have.
    Result<std::optional<StateStep>> stepToVersion(
        EventStore& store, const StreamInfo& stream, StreamVersion version, qint64 maximumEvents);
    /// The same without masks, as trueStateWithin().
    Result<std::optional<StateStep>> trueStepToVersion(
        EventStore& store, const StreamInfo& stream, StreamVersion version, qint64 maximumEvents);
    /// The version of the nearest state that is kept up to this one: a fold starts there.
    [[nodiscard]] StreamVersion keptUpTo(const StreamInfo& stream, StreamVersion version);
    /// Folds at most so many events towards the stream's head, from the last mark on. True when no
    /// further mark can be made: then every version of the stream is near one.
    Result<bool> markAhead(EventStore& store, const StreamInfo& stream, qint64 maximumEvents);
    /// What is kept; may be looked at from any thread.
    [[nodiscard]] const CheckpointFigures& figures() const { return m_figures; }
    /// Drops every checkpoint, when the workspace or the store changed.
    void reset(std::shared_ptr<const Evolver> evolver);

private:
    struct Fold;
    Result<bool> fold(EventStore& store, const StreamInfo& stream, Fold& fold);
    [[nodiscard]] AggregateState startOf(const StreamInfo& stream, StreamVersion version);
    void noteFigures();

    std::shared_ptr<const Evolver> m_evolver;
    Blame m_blame;
    std::unique_ptr<StateCheckpoints> m_checkpoints;
    std::unique_ptr<StateTrail> m_trail; ///< Along the steps that were taken last.
    CheckpointFigures m_figures;
    qint64 m_eventsFolded = 0;
};

/// The columns that a fold by this evolver's definitions reads, beside the stream's name.
[[nodiscard]] ScanColumns foldColumns(const Evolver& evolver);

/// What folding the whole log gave.
struct ReplaySummary {
    qint64 events = 0;
    qint64 streams = 0;
    qint64 existing = 0; ///< Streams whose aggregate exists at the end.
    qint64 failures = 0; ///< Events that could not be folded.
    /// SHA-256, hex, over every stream's name, version and state, in order of birth: the same log
    /// and definitions give the same digest on any machine.
    QByteArray digest;
    double seconds = 0;
};

/// Folds all streams up to a position (inclusive). `progress` gets positions as they are passed,
/// not each; it may be empty. Cancelled when the token is; Corrupt where streams are not numbered
/// in order of birth.
[[nodiscard]] Result<ReplaySummary> replayAll(EventStore& store, const Evolver& evolver,
    Position to, const CancelToken& cancel, const std::function<void(Position)>& progress);

} // namespace eventloupe
