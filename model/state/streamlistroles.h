#pragma once

#include "state/headlinefolder.h"
#include "state/statecolumns.h"

#include <QVariant>

namespace eventloupe {

/// What the stream list's rows hold, by column and role; IsCategoryRole and
/// IsExpandedRole are the list's to tell.
[[nodiscard]] QVariant categoryData(const CategoryAt& category, StreamColumn column, int role);
/// `headline` may be null, while it is not known.
[[nodiscard]] QVariant streamData(
    const StreamAt& stream, const Headline* headline, StreamColumn column, int role);
[[nodiscard]] QString streamColumnTitle(StreamColumn column);

} // namespace eventloupe
