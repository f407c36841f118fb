#pragma once

#include "testcase/testcase.h"
#include "value/canceltoken.h"

namespace eventloupe {

/// What is known of the command that some events came from.
struct CommandScene {
    QString stream;
    AggregateState before; ///< The stream's state that it was decided on.
    QList<Event> events; ///< What it gave, in order.
    QString command; ///< Its name, where the metadata has it; else any may be it.
    CommandContext context;
};

/// A command that gives just those events.
struct CommandGuess {
    QString command;
    JsonValue data;
    QList<Example::Fact> expected; ///< With "*" where a value is another one each time.
};

/// Works the command's data out of its events and its stream's name, and decides it: what does not
/// give these very events is no answer. Where several do, that with the most data of its events.
/// Nothing where none does. Thread-safe.
[[nodiscard]] std::optional<CommandGuess> guessCommand(
    const Evolver& evolver, const CommandScene& scene, const CancelToken& cancel);

/// How far decided events are those expected: nothing where they are not, else the expected ones
/// with "*" at the places of `anyValue`.
[[nodiscard]] std::optional<QList<Example::Fact>> matchEvents(const QList<Event>& expected,
    const QList<NewEvent>& came, const CommandDefinition& command);

} // namespace eventloupe
