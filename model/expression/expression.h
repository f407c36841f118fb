#pragma once

#include "expression/value.h"
#include "value/result.h"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace eventloupe {

/// Where an expression is wrong. Lines and columns count from 1, columns in characters.
struct ExpressionFault {
    int line = 1;
    int column = 1;
    QString message;
    /// "1:7: unknown name 'dta', did you mean 'data'?" and the line with a caret below it.
    [[nodiscard]] QString toText(std::string_view source) const;
};

enum class UnknownNames {
    AreFaults, ///< compile() refuses them.
    FailWhenEvaluated, ///< As CEL without a type checker has it.
};

/// The names that an expression may use.
struct ExpressionNames {
    std::span<const std::string_view> variables;
    /// Functions of the host, called without arguments: "uuid" for uuid().
    std::span<const std::string_view> functions {};
    UnknownNames unknownNames = UnknownNames::AreFaults;
};

/// Gives a host function's value, by the index it was declared with, at each call anew.
using HostCall = std::function<Value(std::size_t function)>;

/// Gives the values of variables when an evaluation reaches them, and no sooner.
class VariableReader {
public:
    virtual ~VariableReader() = default;
    /// The variable's value, valid until the evaluation ends; nullptr when its JSON is damaged.
    virtual const Value* value(std::size_t variable) = 0;
    /// The JSON text that the variable is made of, valid until the evaluation ends; empty when it
    /// is not made of any. A path is looked up in it without building a tree.
    [[nodiscard]] virtual std::string_view jsonText(std::size_t variable) const = 0;
};

/// What judging by an expression gave.
enum class Verdict {
    Holds,
    HoldsNot,
    Missing, ///< It asks for a field or an element that is not there.
    Failed, ///< It failed for another reason, or gave neither true nor false.
};

/// A compiled expression of the Common Expression Language (CEL, github.com/google/cel-spec).
///
/// Compiled once against the names of its variables, evaluated often with one value a name, in the
/// same order. A compiled expression is immutable, cheap to copy and may be evaluated from several
/// threads. Length, depth, steps and what is made are bounded (64 KiB, 250 brackets, 1,000
/// operators and values in each other, 5 M steps or 40 MB): no input hangs or overflows the stack.
///
/// CEL without protocol-buffer messages, with optionals, two-variable comprehensions, cel.bind and
/// the strings, math, lists and encoders extensions; languageindex.h lists all. Extensions to CEL:
/// + - * / % between an int or uint and a double give a double, and list.sum().
class Expression {
public:
    /// The longest source, in bytes.
    static constexpr std::size_t maximumLength = 64 * 1024;

    /// Fails with a fault's text as message; `fault`, when given, receives the place.
    static Result<Expression> compile(std::string_view source,
        std::span<const std::string_view> variables, ExpressionFault* fault = nullptr);
    static Result<Expression> compile(
        std::string_view source, const ExpressionNames& names, ExpressionFault* fault = nullptr);

    /// Variables by the index they were declared with. An unused one may be left null. `host` is
    /// needed when the expression was compiled with functions and usesHost(). `fault`, when given,
    /// receives the place of a failure.
    [[nodiscard]] Result<Value> evaluate(std::span<const Value> variables,
        const HostCall& host = {}, ExpressionFault* fault = nullptr) const;
    /// As evaluate(), and the value must be a boolean.
    [[nodiscard]] Result<bool> test(
        std::span<const Value> variables, const HostCall& host = {}) const;
    /// As above; a Value of the reader's is all that is kept between two steps.
    [[nodiscard]] Result<bool> test(VariableReader& variables) const;
    /// What test() gives, without the words of a failure: for filters.
    [[nodiscard]] Verdict judge(VariableReader& variables) const;

    /// Whether the variable's value is needed at all; the caller need not parse what is not.
    [[nodiscard]] bool uses(std::size_t variable) const;
    /// A member of a variable, by its names: data.address.city.
    struct Field {
        std::size_t variable = 0;
        std::vector<QByteArray> names;
        friend bool operator==(const Field&, const Field&) = default;
    };
    /// What is looked at of the variables.
    struct Reads {
        std::vector<Field> fields; ///< Whose values are read.
        std::vector<Field> tests; ///< Of one name each: has(data.name).
    };
    /// Nothing where some variable is read as a whole.
    [[nodiscard]] std::optional<Reads> reads() const;
    /// One operation on two fields or constants: state.count + 1.
    struct Operation {
        char symbol = '+'; ///< Or '-' or '*'.
        std::array<std::optional<Field>, 2> fields;
        std::array<Value, 2> constants; ///< Where there is no field.
    };
    /// Nothing where the expression is not just that.
    [[nodiscard]] std::optional<Operation> operation() const;
    /// Whether a host function is called.
    [[nodiscard]] bool usesHost() const;
    [[nodiscard]] const QByteArray& source() const;

    struct Program; ///< For this room.

private:
    std::shared_ptr<const Program> m_program;
};

} // namespace eventloupe
