#include "expression/texttemplate.h"

#include "expression/sourceplace.h"
#include "value/event.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

/// Where the expression at the start of a text ends: at the brace that closes the one before it,
/// which a brace in a string or a map within the expression does not.
std::size_t expressionLength(std::string_view text)
{
    int depth = 0;
    char quote = '\0';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != '\0') {
            i += c == '\\' ? 1 : 0;
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '{') {
            ++depth;
        } else if (c == '}' && depth-- == 0) {
            return i;
        }
    }
    return std::string_view::npos;
}

Error refused(
    std::string_view source, std::size_t offset, const QString& message, ExpressionFault* fault)
{
    const auto place = faultAt(source, offset, message);
    if (fault != nullptr) {
        *fault = place;
    }
    return { ErrorCode::InvalidInput, place.toText(source) };
}

/// The value as inserted text; false when it has none.
bool appendText(QByteArray& out, const Value& value)
{
    switch (value.type()) {
    case ValueType::String:
        out.append(value.toUtf8());
        return true;
    case ValueType::Bool:
        out.append(value.toBool() ? "true" : "false");
        return true;
    case ValueType::Int:
    case ValueType::UInt:
    case ValueType::Double: {
        const auto json = value.toJson();
        auto text = json ? json->toJson() : QByteArray();
        if (value.json() == nullptr && text.endsWith(".0")) {
            text.chop(2); // A computed whole number.
        }
        out.append(text);
        return json.ok();
    }
    case ValueType::Timestamp:
    case ValueType::Duration: {
        const auto json = value.toJson();
        out.append(json ? json->toUtf8() : QByteArray());
        return json.ok();
    }
    default:
        return false;
    }
}

} // namespace

Result<TextTemplate> TextTemplate::compile(
    std::string_view source, std::span<const std::string_view> variables, ExpressionFault* fault)
{
    return compile(source, ExpressionNames { variables }, fault);
}

Result<TextTemplate> TextTemplate::compile(
    std::string_view source, const ExpressionNames& names, ExpressionFault* fault)
{
    TextTemplate result;
    for (std::size_t i = 0; i < source.size(); ++i) {
        const char c = source[i];
        const bool doubled = i + 1 < source.size() && source[i + 1] == c;
        if ((c != '{' && c != '}') || doubled) {
            result.m_literals.last().append(c);
            i += c == '{' || c == '}' ? 1 : 0;
            continue;
        }
        if (c == '}') {
            return refused(source, i,
                QCoreApplication::translate("Expression", "write '}}' for a brace"), fault);
        }
        const auto length = expressionLength(source.substr(i + 1));
        if (length == std::string_view::npos) {
            return refused(source, i,
                QCoreApplication::translate("Expression", "the brace is not closed"), fault);
        }
        ExpressionFault inner;
        auto expression = Expression::compile(source.substr(i + 1, length), names, &inner);
        if (!expression) {
            auto place = faultAt(source, i + 1, inner.message);
            place.column = inner.line == 1 ? place.column + inner.column - 1 : inner.column;
            place.line += inner.line - 1;
            if (fault != nullptr) {
                *fault = place;
            }
            return Error { ErrorCode::InvalidInput, place.toText(source) };
        }
        result.m_expressions.append(*std::move(expression));
        result.m_literals.append(QByteArray());
        i += length + 1;
    }
    return result;
}

Result<QByteArray> TextTemplate::evaluate(
    std::span<const Value> variables, const HostCall& host) const
{
    QByteArray text = m_literals.first();
    for (qsizetype i = 0; i < m_expressions.size(); ++i) {
        const auto value = m_expressions[i].evaluate(variables, host);
        if (!value) {
            return value.error();
        }
        if (!appendText(text, *value)) {
            const auto type = nameOf(value->type());
            return Error { ErrorCode::InvalidInput,
                QCoreApplication::translate(
                    "Expression", "'{%1}' gives a value of type %2, which cannot stand in a text")
                    .arg(QString::fromUtf8(m_expressions[i].source()),
                        QString::fromUtf8(type.data(), static_cast<qsizetype>(type.size()))) };
        }
        text.append(m_literals[i + 1]);
    }
    return text;
}

} // namespace eventloupe
