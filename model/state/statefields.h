#pragma once

#include "diff/fieldpairs.h"
#include "value/jsonvalue.h"

#include <vector>

namespace eventloupe {

/// One row of a level of the state tree. The pointers are into the values that were compared.
struct StateField {
    enum class Kind {
        Member, ///< Of an object, or an element of an array.
        Whole, ///< The state itself, when it is no object and no array.
        More, ///< Stands for `hidden` rows that are left out.
    };
    Kind kind = Kind::Member;
    QByteArray key; ///< Unescaped; an element's index.
    const JsonValue* now = nullptr; ///< Null when removed.
    const JsonValue* old = nullptr; ///< Null when added.
    FieldChange change = FieldChange::Unchanged;
    qint64 hidden = 0;

    /// The value that is shown: the old one of a removed field.
    [[nodiscard]] const JsonValue* shown() const { return now ? now : old; }
};

/// The rows below a field, in the order of pairFields(). The first `limit`, further ones (up to as
/// many again, and 500 at least) only where they changed, then a row More, which is Unchanged where
/// none of those that it stands for changed.
[[nodiscard]] std::vector<StateField> fieldsBelow(
    const JsonValue* now, const JsonValue* old, qsizetype limit);

/// The rows of the first level: as fieldsBelow(), or one row Whole for a state that is a scalar.
[[nodiscard]] std::vector<StateField> topFields(
    const JsonValue& now, const JsonValue& old, qsizetype limit);

} // namespace eventloupe
