#pragma once

#include "expression/value.h"

#include <QString>

namespace eventloupe {

enum class FaultCode : quint8 {
    None,
    NoSuchKey, ///< first: the key
    NoFields, ///< first: what has none; second: the field
    NoSuchIndex, ///< first: the index; second: an int, the size
    NoSuchCharacter, ///< first: its number; second: an int, the text's characters
    NoOverload, ///< what: operator or function; first, second: the operands
    NotABool, ///< first: the value; what: operator
    DivisionByZero,
    OutOfRange, ///< what: operator or function
    BadText, ///< what: function; first: the text
    BadKey, ///< first: the key
    DuplicateKey, ///< first: the key
    UnknownName, ///< first: the words
    TooMuchWork,
    TooDeep,
    NotText, ///< what: function; first: the value
    Empty, ///< what: function of an optional
    NotIterable, ///< first: the value
    Damaged, ///< A variable's JSON.
};

/// Why an evaluation failed. The words are made only when someone reads them: a filter fails on
/// many events that lack a field, and none of those is shown.
struct Fault {
    FaultCode code = FaultCode::None;
    std::string_view what; ///< Of static storage, or owned by the program.
    Value first;
    Value second;
    quint32 offset = unplaced; ///< In bytes of the source.

    static constexpr quint32 unplaced = 0xffffffff;

    [[nodiscard]] QString text() const;
};

} // namespace eventloupe
