#pragma once

#include "command/handlecommand.h"
#include "domain/workspace.h"

#include <QString>

namespace eventloupe {

/// What a command would append: "1 event for user-42 at version 3: USER_CREATED" and its data, or
/// why it would be refused. Cut where a text view would become slow.
[[nodiscard]] QString previewText(const CommandPreview& preview);
/// "USER_CREATED stored as #12, user-42 is at version 3"
[[nodiscard]] QString doneText(const CommandDone& done, bool isOnBranch);
/// "user-42 is at version 5 now, this was decided on version 4."
[[nodiscard]] QString conflictText(const VersionConflict& conflict);
/// What was refused and why, one reason a line.
[[nodiscard]] QString rejectedText(const Rejected& rejected);
/// "The window shows #3; commands are decided and appended at the head (#10)."; or, on a branch, at
/// its end.
[[nodiscard]] QString pastText(Position shown, Position head, bool isOnBranch);

/// Whether the window's store can take commands.
struct StoreCondition {
    bool isOpen = false;
    QString readOnlyReason; ///< Empty: it can be written.
    QString library; ///< Whose store it is; empty for one of our own.
    bool isFaulty = false; ///< Read-only for a fault: EventStore::openingFault().
};
/// Why no command can be issued, and what to do; empty when one can.
[[nodiscard]] QString obstacleText(const StoreCondition& store, const Workspace& workspace);

} // namespace eventloupe
