#pragma once

#include "domain/decider.h"
#include "domain/evolver.h"

namespace eventloupe {

/// An example of a workspace, examples/NAME.json: given these events, when this command is issued,
/// then these events or this rejection.
///
///     {"title": "...", "given": [{"type", "data"}, ...], "when": {"command", "data"},
///      "then": [{"type", "data"}, ...] | {"rejected": "message"}}
struct Example {
    struct Fact {
        QString type;
        JsonValue data;
    };

    QString file; ///< Relative to the workspace folder.
    QString title;
    QList<Fact> given;
    QString command;
    JsonValue data;
    QList<Fact> events; ///< Expected, unless it is rejected.
    std::optional<QString> rejection; ///< The expected message.
};

/// The examples of a workspace, in the order of their files' names; `problems` receives what is
/// wrong with files that could not be used. Reads files: not for the GUI thread.
[[nodiscard]] QList<Example> loadExamples(
    const Workspace& workspace, QList<WorkspaceProblem>& problems);

/// Runs one; nothing when it holds, else what was expected and what came. Numbers compare by
/// value; an expected text "*" stands for any value.
[[nodiscard]] std::optional<QString> runExample(
    const std::shared_ptr<const Workspace>& workspace, const Example& example);

} // namespace eventloupe
