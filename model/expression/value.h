#pragma once

#include "value/jsonvalue.h"
#include "value/result.h"
#include "value/timestamp.h"

#include <QByteArray>

#include <array>
#include <compare>
#include <cstring>
#include <memory>
#include <optional>
#include <type_traits>
#include <variant>
#include <vector>

namespace eventloupe {

struct ListValue;
class MapValue;
struct OptionalValue;
struct Fault;

/// A moment as CEL has it: to the nanosecond, in the years 0001 to 9999.
struct Instant {
    qint64 seconds = 0; ///< Since 1970-01-01T00:00:00Z, rounded down.
    qint32 nanoseconds = 0; ///< 0 to 999,999,999.
    friend auto operator<=>(const Instant&, const Instant&) = default;
};

/// A length of time, up to 292 years to either side.
struct Duration {
    qint64 nanoseconds = 0;
    friend auto operator<=>(const Duration&, const Duration&) = default;
};

struct BytesValue {
    QByteArray bytes;
};

enum class ValueType {
    Null,
    Bool,
    Int,
    UInt,
    Double,
    String,
    Bytes,
    List,
    Map,
    Timestamp,
    Duration,
    Optional, ///< A value that may be missing: map.?key
    Type,
};

/// A value of the expression language: JSON's, and those that CEL has beside them.
///
/// Maps and lists that came from JSON stay JsonValues and are not converted; so do doubles that
/// remember their spelling. Cheap to copy; scalars are held in place.
class Value {
public:
    using Type = ValueType;
    /// What a Value is made of; for this room. A pointer to a JsonValue is borrowed from a variable
    /// or a constant and never leaves an evaluation; nor does a Fault, which is a failed operand.
    using Content = std::variant<std::monostate, bool, qint64, quint64, double, QByteArray,
        BytesValue, Instant, eventloupe::Duration, ValueType, std::shared_ptr<const ListValue>,
        std::shared_ptr<const MapValue>, std::shared_ptr<const OptionalValue>, JsonValue,
        const JsonValue*, std::shared_ptr<const Fault>>;

    Value() noexcept
        : m_content()
    {
    } ///< null
    explicit Value(Content content) noexcept
        : m_content(std::move(content))
    {
    }
    Value(const Value& other)
    {
        if (other.isPlain())
            copyPlain(other);
        else
            new (&m_content) Content(other.m_content);
    }
    Value(Value&& other) noexcept
    {
        if (other.isPlain())
            copyPlain(other);
        else
            new (&m_content) Content(std::move(other.m_content));
    }
    Value& operator=(const Value& other) { return *this = Value(other); }
    Value& operator=(Value&& other) noexcept
    {
        if (this != &other) {
            this->~Value();
            new (this) Value(std::move(other));
        }
        return *this;
    }
    ~Value()
    {
        if (!isPlain())
            m_content.~Content();
    }
    static Value fromBool(bool value) { return Value(Content(value)); }
    static Value fromInt(qint64 value) { return Value(Content(value)); }
    static Value fromUInt(quint64 value) { return Value(Content(value)); }
    static Value fromDouble(double value) { return Value(Content(value)); }
    static Value fromString(QByteArray utf8) { return Value(Content(std::move(utf8))); }
    static Value fromBytes(QByteArray bytes);
    static Value fromTimestamp(eventloupe::Timestamp time);
    static Value fromDuration(eventloupe::Duration duration) { return Value(Content(duration)); }
    static Value fromType(Type type) { return Value(Content(type)); }
    static Value fromList(std::vector<Value> items);
    static Value fromOptional(std::optional<Value> value);
    /// Numbers: an integer within int64 is an int, a larger one a uint, all else a double.
    static Value fromJson(const JsonValue& json);
    /// As fromJson(), without a copy: the JsonValue must outlive the result.
    static Value borrow(const JsonValue& json);

    [[nodiscard]] Type type() const
    {
        constexpr std::array types { Type::Null, Type::Bool, Type::Int, Type::UInt, Type::Double,
            Type::String, Type::Bytes, Type::Timestamp, Type::Duration, Type::Type, Type::List,
            Type::Map, Type::Optional };
        return m_content.index() < types.size() ? types[m_content.index()] : jsonType();
    }
    /// The accessors below return false, 0 or "" when the type is another one.
    [[nodiscard]] bool toBool() const;
    [[nodiscard]] qint64 toInt() const;
    [[nodiscard]] quint64 toUInt() const;
    [[nodiscard]] double toDouble() const;
    [[nodiscard]] QByteArray toUtf8() const; ///< Of a string or of bytes.
    /// The same without a copy; valid while this value is.
    [[nodiscard]] std::string_view toView() const;
    [[nodiscard]] eventloupe::Timestamp toTimestamp() const; ///< Nanoseconds are cut.

    /// Elements of a list, entries of a map; 0 for all else.
    [[nodiscard]] qsizetype size() const;
    /// An element of a list, 0 <= index < size().
    [[nodiscard]] Value at(qsizetype index) const;
    /// The key and the value of a map's entry, in insertion order, 0 <= index < size().
    [[nodiscard]] std::pair<Value, Value> entryAt(qsizetype index) const;
    /// The value of a map's key; int, uint and double keys of the same number are the same.
    [[nodiscard]] std::optional<Value> find(const Value& key) const;
    [[nodiscard]] std::optional<Value> find(std::string_view key) const;

    /// What an optional holds; nullptr when it is empty or this is none. Valid while this value is.
    [[nodiscard]] const Value* held() const;

    /// The value as JSON: a timestamp as RFC 3339, a duration as "90s", bytes as base64. Fails for
    /// what JSON cannot hold (NaN, an optional, a map whose keys collide as text), and for what
    /// would be longer than mostJson when written out.
    [[nodiscard]] Result<JsonValue> toJson() const;
    static constexpr qint64 mostJson = qint64(64) << 20;

    /// How many bytes the value takes about when it is written out, with what it shares each time
    /// that it is met. Counts no further than `most`. What came as JSON counts wholly.
    [[nodiscard]] qint64 writtenSize(qint64 most) const;
    /// How many lists, maps and optionals lie in each other; what came as JSON is one.
    [[nodiscard]] int depth() const;

    /// How many values there are to walk through, shared ones each time that they are met: what a
    /// small expression builds may be huge when written out. At most mostWeight. What came as JSON
    /// counts with its first level.
    [[nodiscard]] qint64 weight() const;
    static constexpr qint64 mostWeight = qint64(1) << 60;

    /// A copy that borrows nothing.
    [[nodiscard]] Value owned() const;
    /// The JSON that this value is made of, or nullptr.
    [[nodiscard]] const JsonValue* json() const
    {
        if (const auto* borrowed = std::get_if<const JsonValue*>(&m_content))
            return *borrowed;
        return std::get_if<JsonValue>(&m_content);
    }
    [[nodiscard]] const Content& content() const { return m_content; }

    /// As CEL's ==: numbers by numeric value over int, uint and double; other types never equal.
    friend bool operator==(const Value& left, const Value& right);

private:
    /// Whether the content needs no more than its bytes: all scalars but texts do. What goes over
    /// the evaluator's stack mostly is, and a variant asks a table of functions for each move.
    [[nodiscard]] bool isPlain() const
    {
        return (plainOnes(std::make_index_sequence<std::variant_size_v<Content>>())
                       >> m_content.index()
                   & 1U)
            != 0;
    }
    template <std::size_t... index>
    static constexpr quint32 plainOnes(std::index_sequence<index...>)
    {
        return ((quint32(std::is_trivially_copyable_v<std::variant_alternative_t<index, Content>>)
                    << index)
            | ...);
    }
    void copyPlain(const Value& other)
    {
        std::memcpy(static_cast<void*>(&m_content), static_cast<const void*>(&other.m_content),
            sizeof(Content));
    }
    [[nodiscard]] Type jsonType() const;

    union {
        Content m_content; ///< In a union, so that destroying it is ours.
    };
};

/// As CEL's <: nothing when values of these types have no order.
[[nodiscard]] std::optional<std::partial_ordering> compareValues(
    const Value& left, const Value& right);

/// "int", "string", "google.protobuf.Timestamp", ...
[[nodiscard]] std::string_view nameOf(ValueType type);

} // namespace eventloupe
