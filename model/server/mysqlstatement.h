#pragma once

#include "foreign/rowpage.h"

#include <span>
#include <string>
#include <string_view>

namespace eventloupe {

/// A statement of ours with its parameters written into it, as a session without backslash trouble
/// (sql_mode = '', utf8mb4) reads it: `?1` is the first, `?1+?2` the sum of two numbers, which
/// LIMIT does not take otherwise. Texts and bytes are in hex, so that nothing in them means
/// anything. Marks in quotes stay as they are.
[[nodiscard]] std::string boundStatement(
    std::string_view sql, std::span<const ForeignValue> parameters);

} // namespace eventloupe
