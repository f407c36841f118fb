#pragma once

#include "domain/example.h"
#include "value/event.h"

#include <QStringList>

#include <vector>

namespace eventloupe {

/// A piece of history as a test: given these events of a stream, when this command was issued (or
/// this event happened), then this came of it.
struct TestCase {
    QString title;
    QString stream;
    Position position = 0; ///< Of the event that it is about; 0 for a command that was rejected.
    std::vector<Event> given; ///< Of the stream, in order; without those that were left out.
    std::size_t history = 0; ///< How many there were.
    bool isShortest = false; ///< Without any one of the given, something else would come of it.

    /// The command; empty where it is not known, and the event itself is what happens.
    QString command;
    bool isCommandMasked = false; ///< It stands in metadata that the workspace masks.
    JsonValue data = JsonValue::emptyObject();
    Timestamp now; ///< When.
    QString actor;
    QList<Event> when; ///< What happens where there is no command.

    /// What the command gives. A text "*" in their data stands for any value: a new uuid, say.
    QList<Example::Fact> events;
    std::optional<QString> rejection; ///< Why it was refused, instead of events.
    bool isRejectedBySchema = false;
    /// Where there is no command: what the state is afterwards, where it changed.
    QList<Example::Field> state;
    bool exists = true; ///< Afterwards.

    bool keepsAll = false; ///< Times and metadata of the given events matter.
    bool isProven = false; ///< Replay gave exactly this.
    QString failure; ///< Why replay did not give it; empty where it did.
    QStringList notes; ///< How the command is known, and what one has to know, for people.

    /// The notes, and why it does not hold.
    [[nodiscard]] QStringList remarks() const
    {
        return failure.isEmpty() ? notes : notes + QStringList(failure);
    }

    [[nodiscard]] bool hasCommand() const { return !command.isEmpty(); }
};

/// An example file holds at most so many given events.
inline constexpr std::size_t mostGivenEvents = 1000;
/// A longer history is not read into memory.
inline constexpr StreamVersion longestHistory = 200'000;

/// The case as an example, for runExample().
[[nodiscard]] Example exampleOf(const TestCase& testCase);

/// Why it cannot be an example file; empty where it can.
[[nodiscard]] QString exampleObstacle(const TestCase& testCase);

/// Runs it as an example; sets isProven, keepsAll and failure.
void prove(const std::shared_ptr<const Workspace>& workspace, TestCase& testCase);

} // namespace eventloupe
