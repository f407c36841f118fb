#pragma once

#include "plot/streamcolumns.h"
#include "watch/watchexpression.h"

#include <optional>

namespace eventloupe {

/// The first version of a stream after which a condition on single fields of its state holds, from
/// the stream's columns: without reading or folding it again. Version 0: it never does, as far as
/// the columns go. Nothing where the columns cannot tell: the expression reads other than scalar
/// fields of `state`, or gives neither true nor false, or the stream
/// has no columns or ended on the way.
[[nodiscard]] std::optional<StreamVersion> firstWhere(
    const StreamColumns& columns, const WatchExpression& expression);

} // namespace eventloupe
