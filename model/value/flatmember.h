#pragma once

#include <QtGlobal>

namespace eventloupe {

/// A member of an object that was read into a flat list: what an object holds stands behind it.
struct FlatMember {
    enum class Kind : quint8 {
        Null,
        Text, ///< Any other scalar, or an array, as its JSON text as JsonValue::toJson() has it.
        Object,
    };
    const char* text = nullptr; ///< Of a Null too.
    quint32 size = 0;
    quint32 end = 0; ///< The place in the list behind this member and what it holds.
    quint16 key = 0; ///< By KeyNumbers.
    Kind kind = Kind::Null;
};

} // namespace eventloupe
