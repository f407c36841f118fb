#pragma once

#include "value/jsonvalue.h"

namespace eventloupe {

/// Applies a JSON Merge Patch (RFC 7396, section 2) to the target in place.
void applyMergePatch(JsonValue& target, const JsonValue& patch);

} // namespace eventloupe
