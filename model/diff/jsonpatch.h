#pragma once

#include "value/jsonvalue.h"
#include "value/result.h"

namespace eventloupe {

/// The JSON Patch (RFC 6902) that makes `now` of `old`: an array of the operations "add", "remove"
/// and "replace", to be applied in their order. Empty for equal values. Swap the two for the way
/// back.
[[nodiscard]] JsonValue makeJsonPatch(const JsonValue& old, const JsonValue& now);

/// Applies a JSON Patch, all of it or nothing. Fails naming the operation, by its number from 1,
/// where it is none of RFC 6902's six, lacks a member, or points to what is not there; and where a
/// "test" does not hold.
Result<void> applyJsonPatch(JsonValue& target, const JsonValue& patch);

} // namespace eventloupe
