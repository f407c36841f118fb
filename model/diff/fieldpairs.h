#pragma once

#include "diff/listalignment.h"
#include "value/jsonvalue.h"

#include <vector>

namespace eventloupe {

/// How a field differs from what it was.
enum class FieldChange { Unchanged, Added, Removed, Changed, ChildChanged };

/// A member or an element of two values, or of one of them. Points into the values.
struct FieldPair {
    const JsonValue* old = nullptr; ///< Null when it was added.
    const JsonValue* now = nullptr; ///< Null when it was removed.
    const QByteArray* name = nullptr; ///< A member's; null for an element.
    qsizetype oldIndex = -1; ///< An element's.
    qsizetype nowIndex = -1;

    /// The name, or an element's index: where it is now, or where it was.
    [[nodiscard]] QByteArray key() const;
};

/// How a value differs; either may be null. Shared storage is equal without a look.
[[nodiscard]] FieldChange compareValues(
    const JsonValue* now, const JsonValue* old, SameValue same = isEqualJson);

/// What two values hold, one level of it: members by their names, in the order of `now`, elements
/// as alignLists() has them; removed ones where they were. Either may be null; where they are not
/// of one kind, what `now` holds was added. Nothing for scalars.
[[nodiscard]] std::vector<FieldPair> pairFields(
    const JsonValue* now, const JsonValue* old, SameValue same = isEqualJson);

} // namespace eventloupe
