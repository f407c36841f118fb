#pragma once

#include <QByteArray>
#include <QString>

#include <memory>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace eventloupe {

/// A JSON value as our own tree.
///
/// Objects keep insertion order; integers are exact over the int64 and uint64 ranges; any other
/// number is a double that remembers its spelling until it is computed with. Arrays and objects
/// are shared copy-on-write, so copying a state is O(1) and changing it copies the changed path
/// only. Strings are UTF-8. A const value may be read from several threads. Nothing here recurses,
/// so a tree may be as deep as memory allows.
class JsonValue {
public:
    enum class Type : quint8 { Null, Bool, Int, UInt, Double, String, Array, Object };
    struct Member;

    JsonValue() = default; ///< null
    static JsonValue fromBool(bool value);
    static JsonValue fromInt(qint64 value);
    /// A value within int64 becomes Type::Int; only larger ones are Type::UInt.
    static JsonValue fromUInt(quint64 value);
    /// `spelling` is the number's JSON text as it came; empty when it was computed.
    static JsonValue fromDouble(double value, QByteArray spelling = {});
    static JsonValue fromString(QByteArray utf8);
    static JsonValue fromString(const QString& text);
    static JsonValue emptyArray();
    static JsonValue emptyObject();
    static JsonValue fromElements(std::vector<JsonValue> elements);
    /// Of duplicate keys the last wins, in the place of the first.
    static JsonValue fromMembers(std::vector<Member> members);

    [[nodiscard]] Type type() const;
    [[nodiscard]] bool isNull() const { return type() == Type::Null; }
    [[nodiscard]] bool isBool() const { return type() == Type::Bool; }
    /// Int, UInt or Double.
    [[nodiscard]] bool isNumber() const;
    [[nodiscard]] bool isInteger() const;
    [[nodiscard]] bool isString() const { return type() == Type::String; }
    [[nodiscard]] bool isArray() const { return type() == Type::Array; }
    [[nodiscard]] bool isObject() const { return type() == Type::Object; }

    /// The accessors below return false, 0, "" or nothing when the type is another one.
    [[nodiscard]] bool toBool() const;
    [[nodiscard]] qint64 toInt() const; ///< Type::Int only.
    [[nodiscard]] quint64 toUInt() const; ///< Type::UInt, or a non-negative Type::Int.
    [[nodiscard]] double toDouble() const; ///< Any number.
    [[nodiscard]] QByteArray toUtf8() const; ///< Type::String only.
    [[nodiscard]] QString toString() const; ///< Type::String only.
    /// The bytes of a string, valid while this value is; "" for other types.
    [[nodiscard]] std::string_view toView() const;
    /// The JSON text of a Double as it came, "" when it was computed and for other types.
    [[nodiscard]] std::string_view spelling() const;

    /// Number of elements or members; 0 for all else.
    [[nodiscard]] qsizetype size() const;
    [[nodiscard]] std::span<const JsonValue> elements() const;
    [[nodiscard]] std::span<const Member> members() const;
    /// The member's value, or nullptr when this is no object or has none of that name.
    [[nodiscard]] const JsonValue* find(std::string_view key) const;

    /// Changes below detach shared storage first. They assert the type they need.
    void append(JsonValue element);
    void insertAt(qsizetype index, JsonValue element);
    void removeAt(qsizetype index);
    void setAt(qsizetype index, JsonValue element);
    /// Replaces the member in its place, or appends it.
    void insert(const QByteArray& key, JsonValue value);
    /// True when there was one.
    bool remove(std::string_view key);
    /// The member or element for change in place, detached; nullptr when there is none.
    JsonValue* findMutable(std::string_view key);
    JsonValue* atMutable(qsizetype index);

    /// True when both share storage, so that they are equal without a comparison. Scalars: false.
    [[nodiscard]] bool sharesStorageWith(const JsonValue& other) const;
    /// Equal as JSON: numbers by numeric value, objects without regard to order.
    friend bool operator==(const JsonValue& left, const JsonValue& right);

    /// The value as JSON text; a number that was not computed with keeps its spelling.
    [[nodiscard]] QByteArray toJson() const;
    /// The same over lines, indented by two spaces.
    [[nodiscard]] QByteArray toIndentedJson() const;

private:
    struct Decimal {
        double value = 0;
        QByteArray spelling;
    };
    struct Array;
    struct Object;
    using ArrayPointer = std::shared_ptr<Array>;
    using ObjectPointer = std::shared_ptr<Object>;

    Object& detachedObject();
    std::vector<JsonValue>& detachedArray();
    template <class T> static void dismantle(T& children);

    std::variant<std::monostate, bool, qint64, quint64, Decimal, QByteArray, ArrayPointer,
        ObjectPointer>
        m_content;
};

struct JsonValue::Member {
    QByteArray key;
    JsonValue value;
};

} // namespace eventloupe
