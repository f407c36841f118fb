#pragma once

#include "domain/definitionformat.h"
#include "domain/definitionnames.h"

namespace eventloupe {

/// What could stand at a place.
struct Completion {
    QString text; ///< To insert, with quotes where they are needed.
    QString name; ///< What a person reads and types.
    QString detail;
};

/// Completions that replace `length` characters from `start` on (UTF-16 units of the text).
struct Completions {
    int start = 0;
    int length = 0;
    QList<Completion> items; ///< Those that go with what is typed, best first.
};

/// What could stand at a place of a definition file that is being written: names of the format,
/// of the workspace, and inside expressions variables, fields and functions. The text may be
/// broken. Not for the GUI thread.
[[nodiscard]] Completions completionsAt(
    const QString& path, const QString& text, int offset, const DefinitionNames& names);

/// Names that an expression in a definition may use at its start: variables and functions.
[[nodiscard]] QStringList expressionNames(const QString& scope);
/// The file of an event's definition: "events/NAME.json".
[[nodiscard]] QString fileNameOf(const QString& folder, const QString& name);

} // namespace eventloupe
