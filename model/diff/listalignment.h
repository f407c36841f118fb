#pragma once

#include "value/jsonvalue.h"

#include <span>
#include <vector>

namespace eventloupe {

/// Whether a value counts as the same; both are given in the order old, new.
using SameValue = bool (*)(const JsonValue& old, const JsonValue& now);

/// Equal as JSON: numbers by value, objects without regard to order.
[[nodiscard]] bool isEqualJson(const JsonValue& old, const JsonValue& now);

/// An element of the one list and the one of the other that it is, or is put in the place of.
struct AlignedElement {
    qsizetype old = -1; ///< Its index; -1: it was added.
    qsizetype now = -1; ///< Its index; -1: it was removed.
    bool isSame = false; ///< Both are there, and equal.
};

/// Says which element of a list became which one of another, so that an element put in at the
/// front is one that was added and not all that changed.
///
/// Equal elements at the front and at the back stay themselves; of those between, the longest
/// common subsequence does, as long as that takes up to mostAlignedPairs comparisons, and beyond
/// it an increasing one of equal elements. What is left between two that stay is paired off so
/// that elements that have most in common are one that changed. In the order of the new list,
/// removed ones where they were.
[[nodiscard]] std::vector<AlignedElement> alignLists(std::span<const JsonValue> old,
    std::span<const JsonValue> now, SameValue same = isEqualJson);
constexpr std::size_t mostAlignedPairs = 1'000'000;

/// For each element of the new list the old one that it is, wherever it stood, or -1: as
/// alignLists() finds them, and then equal ones that moved. No old element is given twice.
[[nodiscard]] std::vector<qsizetype> carriedElements(
    std::span<const JsonValue> old, std::span<const JsonValue> now);

/// The same for values that are equal as JSON. Looks at a few levels only.
[[nodiscard]] std::size_t jsonHash(const JsonValue& value);

} // namespace eventloupe
