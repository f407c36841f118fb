#pragma once

#include "expression/expression.h"

namespace eventloupe {

/// A text with expressions in braces: "user-{data.userId}", "/items/{data.sku}".
/// "{{" and "}}" stand for a brace. Strings, numbers and booleans are inserted as text; any other
/// value is an error.
class TextTemplate {
public:
    static Result<TextTemplate> compile(std::string_view source,
        std::span<const std::string_view> variables, ExpressionFault* fault = nullptr);

    [[nodiscard]] Result<QByteArray> evaluate(std::span<const Value> variables) const;
    /// The literal texts around the expressions: one more than there are expressions.
    [[nodiscard]] const QList<QByteArray>& literals() const;
    [[nodiscard]] const QList<Expression>& expressions() const;

private:
    QList<QByteArray> m_literals;
    QList<Expression> m_expressions;
};

} // namespace eventloupe
