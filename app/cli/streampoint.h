#pragma once

#include "app/cli/storeplace.h"
#include "time/replayer.h"

#include <optional>

namespace eventloupe::cli {

/// A point in a stream's history as it is written: `8120` a position of the log, `v7` a version of
/// the stream, or a time in RFC 3339.
struct StreamPoint {
    std::optional<Position> position;
    std::optional<StreamVersion> version;
    std::optional<Timestamp> time;

    /// An Error's message is a reason of misuse; `option` is what it was given for.
    static Result<StreamPoint> parse(const QString& text, const QString& option);
};

/// The stream by its name; NotFound.
[[nodiscard]] Result<StreamInfo> streamNamed(
    EventStore& store, const QString& name, const StorePlace& place);

/// The version of the stream at a point; NotFound for a version that it has not. A position past
/// the head is the head, which is told on standard error.
[[nodiscard]] Result<StreamVersion> versionOf(EventStore& store, const StreamInfo& stream,
    const StreamPoint& point, const Terminal& terminal);

/// The state at a version, with progress on a terminal; ends when cancelled.
[[nodiscard]] Result<AggregateState> foldTo(EventStore& store, Replayer& replayer,
    const StreamInfo& stream, StreamVersion version, const Terminal& terminal);

/// Tells on standard error of an event that a state lacks.
void tellFailure(const AggregateState& state, const Terminal& terminal);

/// Tells on standard error of fields that are masked, and so not compared; of none, nothing.
void tellMaskedFields(qsizetype count, const Terminal& terminal);

} // namespace eventloupe::cli
