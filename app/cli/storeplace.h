#pragma once

#include "app/cli/arguments.h"
#include "app/cli/terminal.h"
#include "domain/workspace.h"
#include "store/openstore.h"

#include <memory>
#include <optional>

namespace eventloupe::cli {

/// What a STORE on the command line stands for.
struct StorePlace {
    QString store; ///< A file or a URI.
    /// Never null; empty() where the store has no workspace.
    std::shared_ptr<const Workspace> workspace;
};

/// Finds the store and its workspace: of a folder, what its workspace.json says; of a file, as
/// workspaceOfStore() does. `folder`, when not empty, is the workspace instead. Problems of its
/// definitions are told on standard error.
[[nodiscard]] Result<StorePlace> findStore(
    const QString& given, const QString& folder, const Terminal& terminal);

/// The same of a verb's first word and its option --workspace.
[[nodiscard]] Result<StorePlace> findStore(const Arguments& arguments, const Terminal& terminal);

/// Makes findStore() know a location that this process made, a branch's, with the workspace that is
/// to go with it.
void lendPlace(const StorePlace& place);

/// Opens a store, waits until its events are counted, and tells on standard error what was noticed
/// about it. Where its streams show events of others, the place's workspace is from then on the one
/// for that.
[[nodiscard]] Result<std::unique_ptr<EventStore>> openPlace(
    StorePlace& place, OpenMode mode, const Terminal& terminal);

/// A store that is open for reading, with what folds its events.
struct FoldablePlace {
    StorePlace place;
    std::unique_ptr<EventStore> store; ///< Never null.
    Position head = 0;
};

/// Finds and opens what a verb's first word and its option --workspace name.
[[nodiscard]] Result<FoldablePlace> openToFold(
    const Arguments& arguments, const Terminal& terminal);

/// Says so where a position is asked for that the log has not reached.
void tellPastHead(std::optional<Position> asked, Position head, const Terminal& terminal);

/// Both in one, for verbs that only read events.
[[nodiscard]] Result<std::unique_ptr<EventStore>> openToRead(
    const QString& text, const Terminal& terminal);

} // namespace eventloupe::cli
