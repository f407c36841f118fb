#pragma once

#include "domain/definitionformat.h"
#include "domain/definitionnames.h"
#include "domain/definitiontexts.h"
#include "value/canceltoken.h"

namespace eventloupe {

/// A mend: a change of the file's text, or a file that is missing.
struct DefinitionFix {
    QString title; ///< "Change to 'schema'"
    int start = 0; ///< In UTF-16 units of the text.
    int length = 0;
    QString text; ///< In its place, or what the file begins with.
    QString newFile; ///< Not empty: makes this file instead.
};

/// Something wrong with a definition's text, where, and how it may be mended.
struct DefinitionProblem {
    enum class Level {
        Fault, ///< The definition is disabled.
        Hint, ///< It works, and something may be missing.
    };
    Level level = Level::Fault;
    QString file; ///< Of another one: what this text does to it.
    int line = 1;
    int column = 1;
    int start = 0; ///< In UTF-16 units of the text; of another file 0.
    int length = 0;
    QString message;
    QList<DefinitionFix> fixes;
};

/// What a check of one text gave.
struct DefinitionCheck {
    QList<DefinitionProblem> problems; ///< Of this file first, by place.
    /// The workspace with this text in it; nullptr where none could be loaded.
    std::shared_ptr<const Workspace> workspace;
};

/// Loads a workspace with this text in place of the file's, as saving it would, and tells what is
/// wrong then. `others` are texts of other files that are not saved either. One that was cancelled
/// gives neither problems nor a workspace. Reads files: not for the GUI thread.
[[nodiscard]] DefinitionCheck checkDefinition(const QString& folder, const QString& path,
    const QString& text, TextsByPath others = {}, const CancelToken& cancel = {});

/// For this room: mends of what is wrong at a place of the text, by what the format allows there.
[[nodiscard]] QList<DefinitionFix> fixesAt(
    const QString& path, const QString& text, int offset, const DefinitionNames& names);

/// What a new definition of that name says: loads without a problem.
/// An example is of this command.
[[nodiscard]] QString definitionTemplate(
    DefinitionKind kind, const QString& name, const QString& command = {});

/// "Item added" of ITEM_ADDED.
[[nodiscard]] QString readableTitle(const QString& name);

} // namespace eventloupe
