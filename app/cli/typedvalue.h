#pragma once

#include "expression/value.h"
#include "value/jsonvalue.h"
#include "value/result.h"

namespace eventloupe::cli {

/// The neutral form in which the vectors of the expression language write a value, so that no
/// reader rounds it or takes an int for a double: {"int":"1"}, {"uint":"1"}, {"double":"1.5"} (also
/// inf, -inf, nan), {"string":"s"}, {"bytes":"hex"}, {"bool":true}, {"null":null},
/// {"list":[value...]}, {"map":[[key, value]...]}, {"type":"int"}. Beside them a
/// {"timestamp":"2026-03-01T14:03:22Z"}, a {"duration":"90s"} and an {"optional":value}, which is
/// {"optional":null} when it is empty.
[[nodiscard]] JsonValue toTyped(const Value& value);

/// A value from that form. Fails naming what is wrong.
[[nodiscard]] Result<Value> fromTyped(const JsonValue& typed);

} // namespace eventloupe::cli
