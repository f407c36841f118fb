#pragma once

#include "value/jsonpointer.h"
#include "value/jsonvalue.h"

#include <QList>

#include <optional>

namespace eventloupe {

/// Where a value is not as it was expected; nothing on a side where there is no such member.
struct JsonDifference {
    JsonPointer place;
    std::optional<JsonValue> expected;
    std::optional<JsonValue> came;
};

/// Compares member by member and element by element. Numbers compare by value, and an expected text
/// "*" stands for any value.
[[nodiscard]] QList<JsonDifference> findDifferences(
    const JsonValue& expected, const JsonValue& came);

} // namespace eventloupe
