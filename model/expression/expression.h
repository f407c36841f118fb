#pragma once

#include "expression/value.h"
#include "value/result.h"

#include <QStringList>

#include <memory>
#include <span>
#include <string_view>

namespace eventloupe {

/// Where an expression is wrong. Lines and columns count from 1, columns in characters.
struct ExpressionFault {
    int line = 1;
    int column = 1;
    QString message;
    /// "1:7: unknown name 'dta', did you mean 'data'?" and the line with a caret below it.
    [[nodiscard]] QString toText(std::string_view source) const;
};

/// A compiled expression of the Common Expression Language (CEL, github.com/google/cel-spec).
///
/// Compiled once against the names of its variables, evaluated often with one value a name, in the
/// same order. A compiled expression is immutable, cheap to copy and may be evaluated from several
/// threads. Length, depth and steps are bounded: no input hangs or overflows the stack.
class Expression {
public:
    /// Fails with a fault's text as message; `fault`, when given, receives the place.
    static Result<Expression> compile(std::string_view source,
        std::span<const std::string_view> variables, ExpressionFault* fault = nullptr);

    /// Variables by the index they were declared with. An unused one may be left null.
    [[nodiscard]] Result<Value> evaluate(std::span<const Value> variables) const;
    /// As evaluate(), and the value must be a boolean.
    [[nodiscard]] Result<bool> test(std::span<const Value> variables) const;

    /// Whether the variable's value is needed at all; the caller need not parse what is not.
    [[nodiscard]] bool uses(std::size_t variable) const;
    [[nodiscard]] const QByteArray& source() const;

private:
    struct Program;
    std::shared_ptr<const Program> m_program;
};

} // namespace eventloupe
