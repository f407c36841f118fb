#pragma once

class QStatusBar;

namespace eventloupe {

class StoreClient;

/// Adds a label to the status bar that says how many fields the workspace masks, while it does; its
/// tool tip names each, with its line in workspace.json.
void addMaskBadge(QStatusBar& bar, StoreClient& client);

} // namespace eventloupe
