#pragma once

#include "describe/describelog.h"

namespace eventloupe {

/// The categories of a log that are worth an aggregate.
struct CategoryChoice {
    QList<CategoryAt> categories; ///< In order of birth.
    QStringList notes; ///< What was left out, in sentences.
};

/// Where a log has nearly as many categories as streams (names such as
/// "file:docs/package-lock.json" have a '-' by chance), only those with several streams or many
/// events are worth one; and of many those with the most streams, up to `limits.mostCategories`.
[[nodiscard]] Result<CategoryChoice> chooseCategories(
    EventStore& store, Position head, const DescribeLimits& limits, const CancelToken& cancel);

} // namespace eventloupe
