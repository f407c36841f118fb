#pragma once

#include "store/takeback.h"

namespace eventloupe {

/// takeBackOf() for a store on a server: removes its tables while they hold no event, and its
/// schema where that was made with it.
[[nodiscard]] Result<TakeBack> postgresTakeBack(const QString& location);

} // namespace eventloupe
