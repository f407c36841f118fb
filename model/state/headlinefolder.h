#pragma once

#include "store/eventstore.h"
#include "time/replayer.h"

namespace eventloupe {

/// What the stream list shows of a stream's state.
struct Headline {
    StreamId stream = 0;
    StreamVersion version = 0;
    QString text; ///< One line.
    bool exists = true;
    bool isComplete = true; ///< False: the stream is long, and folding it goes on.
};

/// Folds streams for their headlines. Belongs to a store's worker, one job at a time.
class HeadlineFolder {
public:
    /// Events that one call folds, over all streams: a millisecond or two, so that a step of the
    /// time cursor that comes meanwhile waits for no more than that.
    static constexpr qint64 eventsPerCall = 1'000;

    /// What the checkpoints take at most, as estimated.
    static constexpr qint64 maximumCheckpointBytes = 8LL * 1024 * 1024;

    explicit HeadlineFolder(const std::shared_ptr<const Workspace>& workspace);

    /// The headlines of these streams at their versions, until the call's events are used up: the
    /// rest is left out, and the stream that it happened at is incomplete.
    [[nodiscard]] Result<QList<Headline>> fold(EventStore& store, const QList<StreamAt>& streams);

    [[nodiscard]] const CheckpointFigures& checkpoints() const { return m_replayer.figures(); }

private:
    Replayer m_replayer;
};

/// The headline fields of an aggregate's state, as its definition says, else the first scalars.
[[nodiscard]] QString headlineText(
    const Workspace& workspace, const QString& category, const JsonValue& state);

} // namespace eventloupe
