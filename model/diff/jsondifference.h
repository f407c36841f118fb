#pragma once

#include "diff/fieldpairs.h"
#include "value/jsonpointer.h"
#include "value/jsonvalue.h"

#include <QList>

#include <functional>
#include <optional>

namespace eventloupe {

/// Where a value differs; nothing on a side where there is no such field.
struct JsonDifference {
    /// In the new value; in the old one where the field was removed.
    JsonPointer place;
    FieldChange change = FieldChange::Changed; ///< Added, Removed or Changed.
    std::optional<JsonValue> old;
    std::optional<JsonValue> now;
};

/// The fields in which two values differ, as deep inside as they do: members by name, elements as
/// alignLists() has them. In the order of the new value. Beyond deepestDifference levels, a value
/// differs as a whole.
[[nodiscard]] QList<JsonDifference> findDifferences(
    const JsonValue& old, const JsonValue& now, SameValue same = isEqualJson);
constexpr int deepestDifference = 250;

/// Whether a value is what was expected, where an expected text "*" stands for any value.
[[nodiscard]] bool isExpectedJson(const JsonValue& expected, const JsonValue& came);

/// Whether two values are to be compared field by field at this depth, rather than as a whole.
[[nodiscard]] bool comparesInside(const JsonValue& old, const JsonValue& now, qsizetype depth);

} // namespace eventloupe
