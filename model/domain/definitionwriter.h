#pragma once

#include "value/result.h"

#include <QByteArray>
#include <QString>

#include <variant>

namespace eventloupe {

/// The file on disk is not the one that was read: nothing was written.
struct DefinitionConflict {
    QByteArray theirs; ///< What it holds; empty when it is gone.
    bool isGone = false;
};

struct DefinitionSaved { };

using SaveOutcome = std::variant<DefinitionSaved, DefinitionConflict>;

/// Writes a definition's file whole or not at all. `before` is what the writer believes it to hold;
/// where it holds something else, that is a conflict. A folder that is a link is not followed, here
/// and below: InputOutput. Writes files: not for the GUI thread.
[[nodiscard]] Result<SaveOutcome> saveDefinition(
    const QString& folder, const QString& path, const QByteArray& text, const QByteArray& before);

/// Who may read a new file.
enum class DefinitionReaders {
    AsUmask, ///< As the person's umask says: a definition is no data.
    OwnerAlone, ///< Mode 0600: it holds values of events.
};

/// Writes a new file; AlreadyExists when there is one. Makes its folder.
[[nodiscard]] Result<void> createDefinition(const QString& folder, const QString& path,
    const QByteArray& text, DefinitionReaders readers = DefinitionReaders::AsUmask);

} // namespace eventloupe
