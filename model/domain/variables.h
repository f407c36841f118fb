#pragma once

#include <array>
#include <string_view>

namespace eventloupe {

/// What evolve rules see. Values are given in this order.
namespace EvolveVariable {
enum Index : std::size_t { State, Data, Event };
inline constexpr std::array<std::string_view, 3> names { "state", "data", "event" };
} // namespace EvolveVariable

/// What guards, their messages and emitted data see.
namespace CommandVariable {
enum Index : std::size_t { State, Exists, Version, Data, Command, Now };
inline constexpr std::array<std::string_view, 6> names { "state", "exists", "version", "data",
    "command", "now" };
} // namespace CommandVariable

/// What the name of a command's stream sees.
namespace StreamVariable {
inline constexpr std::array<std::string_view, 1> names { "data" };
}

} // namespace eventloupe
