#pragma once

#include "domain/workspace.h"
#include "store/eventstore.h"

#include <memory>

namespace eventloupe {

/// The workspace of the sample shop, as a new one is written.
[[nodiscard]] std::shared_ptr<const Workspace> shopWorkspace();

/// Loads so many events of the sample shop's carts and orders, one stream of each twenty long; the
/// same for the same seed.
void loadShop(EventStore& store, int events, quint32 seed = 1);

} // namespace eventloupe
