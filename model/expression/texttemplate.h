#pragma once

#include "expression/expression.h"

#include <QList>

namespace eventloupe {

/// A text with expressions in braces: "user-{data.userId}", "/items/{data.sku}".
/// "{{" and "}}" stand for a brace. Strings, numbers and booleans are inserted as text; any other
/// value is an error.
class TextTemplate {
public:
    static Result<TextTemplate> compile(std::string_view source,
        std::span<const std::string_view> variables, ExpressionFault* fault = nullptr);
    /// The fault's place is counted from the template's start.
    static Result<TextTemplate> compile(
        std::string_view source, const ExpressionNames& names, ExpressionFault* fault = nullptr);

    [[nodiscard]] Result<QByteArray> evaluate(
        std::span<const Value> variables, const HostCall& host = {}) const;
    /// The literal texts around the expressions: one more than there are expressions.
    [[nodiscard]] const QList<QByteArray>& literals() const { return m_literals; }
    [[nodiscard]] const QList<Expression>& expressions() const { return m_expressions; }

private:
    QList<QByteArray> m_literals { QByteArray() };
    QList<Expression> m_expressions;
};

} // namespace eventloupe
