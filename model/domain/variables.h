#pragma once

#include "expression/expression.h"

#include <array>

namespace eventloupe {

/// What evolve rules see. Values are given in this order.
namespace EvolveVariable {
enum Index : std::size_t { State, Data, Event };
inline constexpr std::array<std::string_view, 3> names { "state", "data", "event" };
inline constexpr ExpressionNames scope { names };
} // namespace EvolveVariable

/// What upcasts see. `event` has the stored type, and no data.
namespace UpcastVariable {
enum Index : std::size_t { Data, Metadata, Event };
inline constexpr std::array<std::string_view, 3> names { "data", "metadata", "event" };
inline constexpr ExpressionNames scope { names };
} // namespace UpcastVariable

/// What guards, their messages and emitted data see.
namespace CommandVariable {
enum Index : std::size_t { State, Exists, Version, Data, Command, Now };
inline constexpr std::array<std::string_view, 6> names { "state", "exists", "version", "data",
    "command", "now" };
inline constexpr std::array<std::string_view, 1> functions { "uuid" };
inline constexpr ExpressionNames scope { names, functions };
} // namespace CommandVariable

/// What a projection's rules see, by the numbers of EvolveVariable: the row is their state.
namespace ProjectionVariable {
inline constexpr std::array<std::string_view, 3> names { "row", "data", "event" };
inline constexpr ExpressionNames scope { names };
} // namespace ProjectionVariable

/// What the name of a command's stream sees.
namespace StreamVariable {
inline constexpr std::array<std::string_view, 1> names { "data" };
inline constexpr ExpressionNames scope { names };
} // namespace StreamVariable

} // namespace eventloupe
