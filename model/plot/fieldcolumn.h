#pragma once

#include "expression/value.h"
#include "value/event.h"

#include <QByteArray>

#include <string_view>
#include <vector>

namespace eventloupe {

/// What a field of a stream's state was, from version to version: one entry where it changed.
struct FieldColumn {
    enum class Kind : quint8 {
        Missing, ///< The field is not there.
        Null,
        False,
        True,
        Integer,
        Double,
        Text, ///< Whose number is in the payload.
        Opaque, ///< An array, an empty object or an integer beyond 64 bits, which is not kept.
    };
    struct Entry {
        quint32 version = 0;
        Kind kind = Kind::Missing;
        quint64 payload = 0; ///< An integer, a double's bits, or a text's number.

        [[nodiscard]] bool isNumber() const
        {
            return kind == Kind::Integer || kind == Kind::Double;
        }
        [[nodiscard]] double number() const; ///< Of a number, else 0.
        [[nodiscard]] bool isSameAs(const Entry& other) const
        {
            return kind == other.kind && payload == other.payload && kind != Kind::Opaque;
        }
    };

    QByteArray pointer; ///< A JSON Pointer.
    std::vector<Entry> entries; ///< By version, ascending.
    bool hasNumbers = false; ///< In some entry.

    /// What it is at a version: the last entry up to it, or nullptr.
    [[nodiscard]] const Entry* at(StreamVersion version) const;
};

} // namespace eventloupe
