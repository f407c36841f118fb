#pragma once

#include "domain/flatrules.h"

#include <optional>

namespace eventloupe {

/// A field that rules read, and what was found there for the event at hand.
struct FlatRules::Field {
    Expression::Field read;
    QByteArray dotted; ///< "data.address.city": its name as a variable.
    std::vector<quint16> path; ///< In state or data.

    bool isThere = false;
    bool hasValue = false; ///< Its variable was given the value.
    bool isObject = false;
    std::string_view bytes; ///< The text, or the bytes of an object in the state.
    std::size_t first = 0; ///< The members of an object in the data.
    std::size_t end = 0;
};

/// What has() asks of a variable: for each set of members that are there, an object of them.
struct FlatRules::Tests {
    std::vector<QByteArray> names;
    std::vector<quint16> keys;
    std::vector<JsonValue> objects;
};

/// A number, as arithmetic takes it.
struct FlatRules::Number {
    bool isInteger = false;
    qint64 integer = 0;
    double number = 0; ///< Of an integer too.

    static std::optional<Number> read(std::string_view text);
    static std::optional<Number> of(const Value& value);
};

/// What Expression::operation() tells of a rule.
struct FlatRules::Operation {
    char symbol = '+';
    std::array<std::size_t, 2> fields {};
    std::array<std::optional<Number>, 2> constants; ///< In place of a field.
};

struct FlatRules::Rule {
    std::vector<quint16> place;
    bool isRemoval = false;
    std::optional<std::size_t> copied; ///< The field whose text is the value.
    QByteArray source;
    std::vector<std::size_t> fields; ///< That the expression reads.
    std::optional<Operation>
        operation; ///< All that the expression is, if its operands are numbers.
    /// The expression for each set of fields that was missing so far.
    std::vector<std::pair<quint64, Expression>> variants;
};

struct FlatRules::Change {
    std::size_t begin = 0; ///< In m_written.
    std::size_t size = 0;
    bool isObject = false;
};

} // namespace eventloupe
