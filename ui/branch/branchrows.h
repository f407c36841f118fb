#pragma once

#include "branch/branchfindings.h"
#include "branch/branchsession.h"

#include <QMetaType>

#include <optional>

class QTreeWidget;
class QTreeWidgetItem;

namespace eventloupe {

/// What a row of the branch's list stands for.
struct BranchRow {
    Position position = 0; ///< On the branch; 0: it is not there.
    BranchPlace place; ///< Of an event that can be restored or taken out.
    bool isSkipped = false;
    bool isChange = false;
    QString stream; ///< Of one that differs, else empty.
};

/// Fills the list: what was changed, what that rules out, and which streams differ. What was picked
/// stays picked where it is still there.
void fillBranchRows(
    QTreeWidget& list, const BranchSession& session, const BranchFindings* findings);
/// Nothing for a heading.
[[nodiscard]] std::optional<BranchRow> branchRowOf(const QTreeWidgetItem* item);

} // namespace eventloupe

Q_DECLARE_METATYPE(eventloupe::BranchRow)
