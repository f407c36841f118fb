#pragma once

#include "value/jsonvalue.h"
#include "value/result.h"
#include "value/timestamp.h"

#include <QByteArray>

#include <variant>

namespace eventloupe {

/// A value of the expression language: JSON's, and those that CEL has beside them.
///
/// Maps and lists that came from JSON stay JsonValues and are not converted. Cheap to copy;
/// scalars are held in place.
class Value {
public:
    enum class Type { Null, Bool, Int, UInt, Double, String, Bytes, List, Map, Timestamp, Duration };

    Value() = default; ///< null
    static Value fromBool(bool value);
    static Value fromInt(qint64 value);
    static Value fromUInt(quint64 value);
    static Value fromDouble(double value);
    static Value fromString(QByteArray utf8);
    static Value fromTimestamp(eventloupe::Timestamp time);
    /// Numbers: an integer within int64 is an int, a larger one a uint, all else a double.
    static Value fromJson(const JsonValue& json);

    [[nodiscard]] Type type() const;
    [[nodiscard]] bool toBool() const;
    [[nodiscard]] qint64 toInt() const;
    [[nodiscard]] quint64 toUInt() const;
    [[nodiscard]] double toDouble() const;
    [[nodiscard]] QByteArray toUtf8() const;

    /// The value as JSON: a timestamp as RFC 3339, a duration as "90s", bytes as base64. Fails for
    /// what JSON cannot hold (NaN, a map whose keys collide as text).
    [[nodiscard]] Result<JsonValue> toJson() const;

private:
    std::variant<std::monostate, bool, qint64, quint64, double, QByteArray, eventloupe::Timestamp,
        JsonValue>
        m_content;
};

} // namespace eventloupe
