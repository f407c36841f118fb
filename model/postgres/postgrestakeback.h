#pragma once

#include "store/takeback.h"

namespace eventloupe {

/// takeBackOf() for a store on a server, which is made at once where there is none: of several
/// processes that find none, one has made it, and no other may remove it. What it gives removes the
/// tables while they hold no event, and the schema where that was made with them.
[[nodiscard]] Result<TakeBack> postgresTakeBack(const QString& location);

} // namespace eventloupe
