#pragma once

#include "value/jsonvalue.h"

namespace eventloupe {

/// The most that a state may hold, in bytes of its JSON text, about. A rule such as
/// [state.x, state.x] doubles it with each event.
constexpr qint64 mostStateBytes = 8LL * 1024 * 1024;

/// How long a value's JSON text is, about; once over the limit, it is not looked at further. Parts
/// that are shared count as often as they are there.
[[nodiscard]] qint64 jsonSize(const JsonValue& value, qint64 limit);

} // namespace eventloupe
