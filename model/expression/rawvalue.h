#pragma once

#include "expression/value.h"

#include <string_view>

namespace eventloupe {

/// The value of a JSON text without space around it, as Value::fromJson() gives it. Strings and
/// spellings may be views of the text, which must outlive the result. False when it is no JSON.
bool rawJsonValue(std::string_view text, Value& result);

} // namespace eventloupe
