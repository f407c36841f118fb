#pragma once

#include "state/streamoutline.h"

#include <optional>

namespace eventloupe {

/// Rows first..last that come or go at once, and the outline after that.
struct OutlineStep {
    bool isInsertion = true;
    qint64 first = 0;
    qint64 last = 0;
    StreamOutline after;
};

/// From the rows that are to those that should be, group by group: streams are only ever born, so
/// that a group grows and shrinks at its end. Nothing when it is simpler to begin anew: between
/// lists of different kinds, and where many groups change.
[[nodiscard]] std::optional<std::vector<OutlineStep>> stepsBetween(
    const StreamOutline& from, const StreamOutline& to);

} // namespace eventloupe
