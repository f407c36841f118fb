#pragma once

#include <QString>

#include <span>
#include <string_view>

namespace eventloupe {

/// Says of a function that nobody knows what was probably meant: "unknown function 'siez', did you
/// mean 'size'?", or how it is written when its name is known. `qualified` is the name with what
/// stands before its dot, where that could be a namespace. `host` are functions of the host.
[[nodiscard]] QString unknownFunctionText(std::string_view name, std::string_view qualified,
    bool isMember, std::span<const std::string_view> host);
/// Says that a known function does not take so many values.
[[nodiscard]] QString wrongCountText(std::string_view name, std::size_t given);

} // namespace eventloupe
