#pragma once

#include "time/replayer.h"

#include <QMetaType>
#include <QString>

#include <memory>
#include <optional>

namespace eventloupe {

/// A state that another one is compared with.
struct ComparedState {
    QString stream; ///< Empty where there is none.
    StreamVersion version = 0; ///< 0: it does not exist yet.
    Position position = 0; ///< Of the stream's last event in it.
    JsonValue value = JsonValue::emptyObject(); ///< An empty object when it does not exist.
    QString failure; ///< Of the first event that it lacks, as AggregateState has it.
    QString branch; ///< What it is of where that is not the log that is shown, for people.
};

/// What the state at the cursor is compared with: an earlier or a later state, another stream, or,
/// by whoever makes one, a state of another log (a branch). Immutable; read on the store's thread.
class ComparisonSource {
public:
    virtual ~ComparisonSource() = default;

    /// For the list of choices: "Head of the log".
    [[nodiscard]] virtual QString title() const = 0;
    /// The other state, for the stream that is shown and the frame's position. The replayer is that
    /// of the store, at hand for states of it. Folds `maximumEvents` at most now: nothing where
    /// that was not enough, and calling again goes on.
    virtual Result<std::optional<ComparedState>> read(EventStore& store, Replayer& replayer,
        const QString& stream, Position position, qint64 maximumEvents) const = 0;
    /// Whether it is another state as soon as the log grows.
    [[nodiscard]] virtual bool followsHead() const { return false; }
    /// Whether it stands for the state before the stream's last event, which is known without
    /// read().
    [[nodiscard]] virtual bool isPrevious() const { return false; }
};
using ComparisonSourcePointer = std::shared_ptr<const ComparisonSource>;

/// A source's answer: the state of `named`'s stream at a position of the store, whose the replayer
/// is; as it is named where there is no such stream. Bounded as ComparisonSource::read() is.
[[nodiscard]] Result<std::optional<ComparedState>> readComparedState(EventStore& store,
    Replayer& replayer, ComparedState named, Position position, qint64 maximumEvents);

/// The state before the stream's last event at or before the cursor.
[[nodiscard]] ComparisonSourcePointer compareWithPrevious();
/// The same stream's newest state.
[[nodiscard]] ComparisonSourcePointer compareWithHead();
/// The same stream's state at a position.
[[nodiscard]] ComparisonSourcePointer compareWithPosition(Position position);
/// Another stream's state, at the cursor or at a position.
[[nodiscard]] ComparisonSourcePointer compareWithStream(
    const QString& stream, std::optional<Position> position = {});

} // namespace eventloupe
