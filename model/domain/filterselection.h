#pragma once

#include "value/logselection.h"

#include <string_view>

namespace eventloupe {

/// What a filter expression says about columns that a store can look up.
struct FilterSelection {
    /// An event outside of it does not fit.
    LogSelection selection;
    /// Whether every event inside of it fits, so that none need be looked at.
    bool isWhole = false;
};

/// Reads the conditions that a filter joins by "&&" at its top: `type == "A"`,
/// `stream in ["user-1", "user-2"]`, `position >= 10`, `time < timestamp("2026-03-01T00:00:00Z")`
/// and the like over type, stream, category, id, position, version and time. What it does not
/// understand it leaves to the evaluation. The source must compile as a filter.
[[nodiscard]] FilterSelection selectionOfFilter(std::string_view source);

} // namespace eventloupe
