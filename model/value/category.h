#pragma once

#include <string_view>

namespace eventloupe {

/// The category of a stream by its name's UTF-8: what stands before the first '-', else the whole
/// name. As categoryOf() of a QString, see value/event.h.
[[nodiscard]] constexpr std::string_view categoryOf(std::string_view stream)
{
    return stream.substr(0, stream.find('-'));
}

} // namespace eventloupe
