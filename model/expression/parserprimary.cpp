#include "expression/parser.h"

#include "value/event.h"
#include "value/jsonnumber.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace eventloupe {

namespace {

constexpr std::array<std::string_view, 17> reservedWords { "as", "break", "const", "continue",
    "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return",
    "var", "void", "while" };

bool isReserved(std::string_view name)
{
    return std::find(reservedWords.begin(), reservedWords.end(), name) != reservedWords.end();
}

std::optional<quint64> magnitude(std::string_view digits)
{
    int base = 10;
    if (digits.starts_with("0x") || digits.starts_with("0X")) {
        digits.remove_prefix(2);
        base = 16;
    }
    quint64 value = 0;
    const auto code = std::from_chars(digits.data(), digits.data() + digits.size(), value, base).ec;
    return code == std::errc() ? std::optional(value) : std::nullopt;
}

} // namespace

bool Parser::arguments(std::vector<NodeId>& into)
{
    if (accept(")")) {
        return true;
    }
    do {
        const auto argument = expression();
        if (!argument) {
            return false;
        }
        into.push_back(*argument);
    } while (accept(","));
    return expect(")");
}

Parser::Parsed Parser::primary()
{
    const Token& token = peek();
    switch (token.kind) {
    case TokenKind::Int:
        return integer(false);
    case TokenKind::UInt:
        return unsignedInteger();
    case TokenKind::Double:
        return decimal(false);
    case TokenKind::String:
        ++m_at;
        return addConstant(token.offset, Value::fromString(token.text));
    case TokenKind::Bytes:
        ++m_at;
        return addConstant(token.offset, Value::fromBytes(token.text));
    case TokenKind::Name:
        return nameOrCall(false);
    case TokenKind::Symbol:
        if (accept("(")) {
            const auto inner = expression();
            return inner && expect(")") ? inner : std::nullopt;
        }
        if (accept("[")) {
            return list();
        }
        if (accept("{")) {
            return map();
        }
        if (accept(".") && peek().kind == TokenKind::Name) {
            return nameOrCall(true);
        }
        break;
    default:
        break;
    }
    return fail(token, QT_TRANSLATE_NOOP("Expression", "a value is expected before %1"));
}

/// After a leading dot a name is looked up at the outermost level.
Parser::Parsed Parser::nameOrCall(bool absolute)
{
    const Token& name = peek();
    if (name.spelling == "true" || name.spelling == "false") {
        ++m_at;
        return addConstant(name.offset, Value::fromBool(name.spelling == "true"));
    }
    if (name.spelling == "null") {
        ++m_at;
        return addConstant(name.offset, Value());
    }
    if (isReserved(name.spelling) || name.spelling == "in") {
        return fail(name, QT_TRANSLATE_NOOP("Expression", "%1 is reserved and cannot be a name"));
    }
    ++m_at;
    if (!accept("(")) {
        return add(NodeKind::Name, name.offset, (absolute ? "." : "") + toBytes(name.spelling), {});
    }
    std::vector<NodeId> children;
    if (!arguments(children)) {
        return std::nullopt;
    }
    return add(NodeKind::Call, name.offset, toBytes(name.spelling), std::move(children));
}

Parser::Parsed Parser::list()
{
    const quint32 offset = m_tokens[m_at - 1].offset;
    std::vector<NodeId> children;
    QByteArray marks;
    while (!accept("]")) {
        marks += accept("?") ? '?' : ' ';
        const auto element = expression();
        if (!element || (!isSymbol("]") && !expect(","))) {
            return std::nullopt;
        }
        children.push_back(*element);
    }
    return spread(NodeKind::List, NodeKind::SparseList, offset, marks, std::move(children));
}

Parser::Parsed Parser::map()
{
    const quint32 offset = m_tokens[m_at - 1].offset;
    std::vector<NodeId> children;
    QByteArray marks;
    while (!accept("}")) {
        marks += accept("?") ? '?' : ' ';
        const auto key = expression();
        if (!key || !expect(":")) {
            return std::nullopt;
        }
        const auto value = expression();
        if (!value || (!isSymbol("}") && !expect(","))) {
            return std::nullopt;
        }
        children.push_back(*key);
        children.push_back(*value);
    }
    return spread(NodeKind::Map, NodeKind::SparseMap, offset, marks, std::move(children));
}

Parser::Parsed Parser::spread(
    NodeKind kind, NodeKind sparse, quint32 offset, QByteArray marks, std::vector<NodeId> children)
{
    return marks.contains('?') ? add(sparse, offset, std::move(marks), std::move(children))
                               : add(kind, offset, {}, std::move(children));
}

Parser::Parsed Parser::integer(bool negative)
{
    const Token& token = peek();
    const auto size = magnitude(token.spelling);
    const auto most = static_cast<quint64>(std::numeric_limits<qint64>::max()) + (negative ? 1 : 0);
    if (!size || *size > most) {
        return fail(token,
            QT_TRANSLATE_NOOP("Expression",
                "%1 does not fit into 64 bits; write a 'u' after an "
                "unsigned number, or '.0' for a double"));
    }
    ++m_at;
    return addConstant(
        token.offset, Value::fromInt(static_cast<qint64>(negative ? 0 - *size : *size)));
}

Parser::Parsed Parser::unsignedInteger()
{
    const Token& token = peek();
    const auto size = magnitude(token.spelling);
    if (!size) {
        return fail(token, QT_TRANSLATE_NOOP("Expression", "%1 does not fit into 64 bits"));
    }
    ++m_at;
    return addConstant(token.offset, Value::fromUInt(*size));
}

Parser::Parsed Parser::decimal(bool negative)
{
    const Token& token = peek();
    const QByteArray digits = (token.spelling.front() == '.' ? "0" : "") + toBytes(token.spelling);
    double value = 0;
    const auto code
        = std::from_chars(digits.constData(), digits.constData() + digits.size(), value).ec;
    if (code == std::errc::result_out_of_range) {
        const auto number = parseJsonNumber(viewOf(digits));
        value = number ? number->toDouble() : 0;
    }
    ++m_at;
    return addConstant(token.offset, Value::fromDouble(negative ? -value : value));
}

} // namespace eventloupe
