#pragma once

#include "store/eventstore.h"
#include "testcase/testcase.h"

namespace eventloupe {

/// A command that was issued, with its data, which no log holds.
struct IssuedCommand {
    QString name;
    JsonValue data;
    CommandContext context;
};

// Both are of the events themselves: shownCase() masks what is shown.

/// The test case of the event at a position: its stream's events before it as given; its command as
/// when, by the name in the metadata or else the one command that gives such an event, with data
/// that gives just these events, else the event itself; and what came of it. NotFound without such
/// an event; Unsupported where the history is longer than longestHistory. On a store's thread.
[[nodiscard]] Result<TestCase> testCaseAt(
    EventStore& store, const Evolver& evolver, Position position, const CancelToken& cancel);

/// The test case of a command as it was issued: of the events that it gave where they are in the
/// log, else decided on its stream as it was at `head`, which may be a rejection.
[[nodiscard]] Result<TestCase> testCaseOf(EventStore& store, const Evolver& evolver,
    const IssuedCommand& issued, Position head, const CancelToken& cancel);

/// Folds these events, numbered from 1, as an example does.
[[nodiscard]] AggregateState foldEvents(
    const Evolver& evolver, const QString& stream, std::span<const Event> events);
/// One further event.
void foldNext(const Evolver& evolver, const Event& event, AggregateState& state);

} // namespace eventloupe
