#pragma once

#include <QString>

#include <span>
#include <string_view>

namespace eventloupe {

/// The name that is one or two keys away, else "".
[[nodiscard]] std::string_view nearestName(
    std::string_view name, std::span<const std::string_view> known);

/// ", did you mean 'data'?" when one of the names is one or two keys away, else "".
[[nodiscard]] QString nearestNameHint(
    std::string_view name, std::span<const std::string_view> known);

} // namespace eventloupe
