#pragma once

#include "domain/decider.h"
#include "domain/definitiontexts.h"
#include "domain/evolver.h"
#include "value/canceltoken.h"

namespace eventloupe {

/// An example of a workspace, examples/NAME.json: given these events, when this command is issued,
/// then these events or this rejection.
///
///     {"title": "...", "given": [{"type", "data", "metadata", "time"}, ...],
///      "when": {"command", "data", "now", "actor"},
///      "then": [{"type", "data"}, ...] | {"rejected": "message"} | {"rejected": {"schema": true}}
///            | {"events": [...], "state": {"/balance": 30, "/draft": null}, "exists": true}}
///
/// The given events are the command's stream's: a command is decided on nothing else. `state` says
/// what stands at some pointers of the state afterwards (null: nothing, or null). An example
/// without `when` says what events fold to: it names their "stream", and its `then` states the
/// state. `now` is RFC 3339, and fixed where it is missing; so is the time of given events.
struct Example {
    struct Fact {
        QString type;
        JsonValue data;
        JsonValue metadata;
        Timestamp time;
    };
    struct Field {
        JsonPointer place;
        JsonValue value;
    };

    QString file; ///< Relative to the workspace folder.
    QString title;
    QString stream; ///< Of the given events, where there is no command.
    QList<Fact> given;
    QString command; ///< "" where it is about folding alone.
    JsonValue data;
    Timestamp now;
    QString actor;
    std::optional<QList<Fact>> events; ///< Expected, if they are stated.
    /// The expected message; "*" is any of a guard. Where it is the schema that is to refuse, what
    /// to show for that.
    std::optional<QString> rejection;
    bool isRejectedBySchema = false; ///< With any message.
    QList<Field> state; ///< Expected afterwards.
    std::optional<bool> exists;
};

/// Where an example does not hold. The texts are JSON, an event's type with its data, or a message;
/// empty: nothing stood there.
struct ExampleDifference {
    QString place; ///< "event 1 ITEM_ADDED /qty", "state /balance", "rejection".
    QString expected;
    QString came;
    bool isFault = false; ///< `came` is a fault of a definition: nothing was compared.
    QString file = {}; ///< Of a fault, where its place is known: relative to the folder.
    int line = 0;
    int column = 0;
};

/// The examples of a workspace, in the order of their files' names; `problems` receives what is
/// wrong with files that could not be used. Reads files: not for the GUI thread.
[[nodiscard]] QList<Example> loadExamples(
    const Workspace& workspace, QList<WorkspaceProblem>& problems);
/// The same, read from these texts; those read so far when it was cancelled.
[[nodiscard]] QList<Example> loadExamples(const Workspace& workspace, DefinitionTexts& texts,
    QList<WorkspaceProblem>& problems, const CancelToken& cancel = {});

/// Runs one; nothing when it holds. An expected text "*" stands for any value. The same workspace
/// and example always give the same.
[[nodiscard]] QList<ExampleDifference> runExample(
    const std::shared_ptr<const Workspace>& workspace, const Example& example);

} // namespace eventloupe
