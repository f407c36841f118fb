#pragma once

#include "app/cli/arguments.h"
#include "app/cli/terminal.h"

namespace eventloupe::cli {

/// One thing that the command line can do.
struct Verb {
    QString name;
    QString synopsis; ///< What follows the name: "STORE FILE|- [options]".
    QString summary; ///< A sentence, for the list of verbs.
    QString details; ///< For its own help; may be empty.
    QList<Option> options;
    int least = 1; ///< Words that it needs.
    int most = 1; ///< Words that it takes; -1: any number.
    /// Gives the exit code.
    int (*run)(const Arguments& arguments, Terminal& terminal) = nullptr;
    bool handsOn = false; ///< Takes another verb with its words: see Arguments::parse().
};

[[nodiscard]] Verb branchVerb();
[[nodiscard]] Verb initVerb();
[[nodiscard]] Verb importVerb();
[[nodiscard]] Verb exampleVerb();
[[nodiscard]] Verb exportVerb();
[[nodiscard]] Verb copyVerb();
[[nodiscard]] Verb logVerb();
[[nodiscard]] Verb streamsVerb();
[[nodiscard]] Verb stateVerb();
[[nodiscard]] Verb diffVerb();
[[nodiscard]] Verb blameVerb();
[[nodiscard]] Verb commandVerb();
[[nodiscard]] Verb replayVerb();
[[nodiscard]] Verb projectionVerb();
[[nodiscard]] Verb causationVerb();
[[nodiscard]] Verb watchVerb();
[[nodiscard]] Verb plotVerb();
[[nodiscard]] Verb checkVerb();
[[nodiscard]] Verb decodeVerb();
[[nodiscard]] Verb describeVerb();
[[nodiscard]] Verb referenceVerb();
[[nodiscard]] Verb evalVerb();
[[nodiscard]] Verb validateVerb();
[[nodiscard]] Verb verifyVerb();
[[nodiscard]] Verb storesVerb();
[[nodiscard]] Verb reportVerb();

} // namespace eventloupe::cli
