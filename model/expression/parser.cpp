#include "expression/parser.h"

#include "value/event.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

/// By how tightly they bind.
constexpr std::array<std::array<std::string_view, 7>, 3> operators { {
    { "==", "!=", "<=", ">=", "<", ">", "in" },
    { "+", "-" },
    { "*", "/", "%" },
} };

} // namespace

std::optional<Ast> Parser::run()
{
    if (peek().kind == TokenKind::End) {
        return fail(peek(), QT_TRANSLATE_NOOP("Expression", "the expression is empty"));
    }
    const auto root = expression();
    if (!root) {
        return std::nullopt;
    }
    if (peek().kind != TokenKind::End) {
        if (const char* reason = foreignOperator()) {
            return fail(peek(), reason);
        }
        return fail(peek(), QT_TRANSLATE_NOOP("Expression", "an operator is expected before %1"));
    }
    m_ast.root = *root;
    return std::move(m_ast);
}

bool Parser::isSymbol(std::string_view symbol) const
{
    const bool kind
        = symbol == "in" ? peek().kind == TokenKind::Name : peek().kind == TokenKind::Symbol;
    return kind && peek().spelling == symbol;
}

bool Parser::accept(std::string_view symbol)
{
    const bool found = isSymbol(symbol);
    m_at += found ? 1 : 0;
    return found;
}

bool Parser::expect(std::string_view symbol)
{
    if (accept(symbol)) {
        return true;
    }
    if (const char* reason = foreignOperator()) {
        fail(peek(), reason);
        return false;
    }
    const auto text = QString::fromUtf8(symbol.data(), static_cast<qsizetype>(symbol.size()));
    failAt(peek().offset,
        QCoreApplication::translate("Expression", "'%1' is expected here").arg(text));
    return false;
}

/// Why a word that is an operator elsewhere is none where an operator should be; else null.
const char* Parser::foreignOperator() const
{
    const auto isWord = [](const Token& token, std::string_view word) {
        return token.kind == TokenKind::Name && token.spelling == word;
    };
    if (isWord(peek(), "and") || isWord(peek(), "or")) {
        return QT_TRANSLATE_NOOP("Expression", "write '&&' for and, '||' for or");
    }
    if (m_at > 0 && isWord(m_tokens[m_at - 1], "not")) {
        return QT_TRANSLATE_NOOP("Expression", "write '!' for not");
    }
    return nullptr;
}

std::nullopt_t Parser::fail(const Token& token, const char* reason)
{
    auto message = QCoreApplication::translate("Expression", reason);
    if (message.contains(QLatin1String("%1"))) {
        const auto text = token.spelling;
        message = message.arg(token.kind == TokenKind::End
                ? QCoreApplication::translate("Expression", "the end")
                : u'\'' + QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
                    + u'\'');
    }
    return failAt(token.offset, message);
}

std::nullopt_t Parser::failAt(quint32 offset, const QString& message)
{
    if (m_fault.message.isEmpty()) {
        m_fault = { offset, message };
    }
    return std::nullopt;
}

Parser::Parsed Parser::add(
    NodeKind kind, quint32 offset, QByteArray text, std::vector<NodeId> children)
{
    quint16 depth = 0;
    for (const NodeId child : children) {
        depth = std::max(depth, m_ast.nodes[child].depth);
    }
    if (depth == maximumTreeDepth) {
        return failAt(offset,
            QCoreApplication::translate("Expression", "the expression is nested too deeply"));
    }
    Node node;
    node.kind = kind;
    node.offset = offset;
    node.depth = static_cast<quint16>(depth + 1);
    node.text = std::move(text);
    node.children = std::move(children);
    m_ast.nodes.push_back(std::move(node));
    return static_cast<NodeId>(m_ast.nodes.size() - 1);
}

Parser::Parsed Parser::addConstant(quint32 offset, Value value)
{
    const auto node = add(NodeKind::Constant, offset, {}, {});
    m_ast.nodes[*node].value = std::move(value);
    return node;
}

Parser::Parsed Parser::expression()
{
    if (m_nesting == maximumNesting) {
        return fail(peek(), QT_TRANSLATE_NOOP("Expression", "the expression is nested too deeply"));
    }
    ++m_nesting;
    auto node = disjunction();
    const quint32 offset = peek().offset;
    if (node && accept("?")) {
        if (isSymbol("?")) {
            return failAt(offset,
                QCoreApplication::translate("Expression",
                    "there is no '?\?'; for a field that may be missing write "
                    "value.?name.orValue(0)"));
        }
        const bool dotted = isSymbol(".");
        const auto yes = disjunction();
        if (yes && dotted && !isSymbol(":")) {
            return failAt(offset,
                QCoreApplication::translate(
                    "Expression", "a field that may be missing is written value.?name"));
        }
        if (!yes || !expect(":")) {
            return std::nullopt;
        }
        const auto no = expression();
        node = no ? add(NodeKind::Conditional, offset, {}, { *node, *yes, *no }) : std::nullopt;
    }
    --m_nesting;
    return node;
}

Parser::Parsed Parser::chain(NodeKind kind, std::string_view symbol, Parsed (Parser::*operand)())
{
    const auto first = (this->*operand)();
    if (!first || !isSymbol(symbol)) {
        return first;
    }
    const quint32 offset = peek().offset;
    std::vector<NodeId> operands { *first };
    while (accept(symbol)) {
        const auto next = (this->*operand)();
        if (!next) {
            return next;
        }
        operands.push_back(*next);
    }
    return add(kind, offset, {}, std::move(operands));
}

Parser::Parsed Parser::disjunction()
{
    return chain(NodeKind::Or, "||", &Parser::conjunction);
}

Parser::Parsed Parser::conjunction()
{
    return chain(NodeKind::And, "&&", &Parser::relation);
}

Parser::Parsed Parser::relation()
{
    return binary(0);
}

Parser::Parsed Parser::binary(int level)
{
    if (level == static_cast<int>(operators.size())) {
        return unary();
    }
    auto left = binary(level + 1);
    while (left) {
        const auto& symbols = operators[static_cast<std::size_t>(level)];
        const auto symbol = std::find_if(symbols.begin(), symbols.end(),
            [this](std::string_view text) { return !text.empty() && isSymbol(text); });
        if (symbol == symbols.end()) {
            break;
        }
        const quint32 offset = peek().offset;
        ++m_at;
        const auto right = binary(level + 1);
        left = right ? add(NodeKind::Binary, offset, toBytes(*symbol), { *left, *right })
                     : std::nullopt;
    }
    return left;
}

Parser::Parsed Parser::unary()
{
    // A chain of signs is no recursion; the last minus belongs to a number that follows, so that
    // -9223372036854775808 can be written.
    std::vector<const Token*> signs;
    while (isSymbol("!") || isSymbol("-")) {
        signs.push_back(&peek());
        ++m_at;
        if (signs.back()->spelling != signs.front()->spelling) {
            return fail(*signs.back(),
                QT_TRANSLATE_NOOP("Expression", "'!' and '-' cannot follow each other"));
        }
    }
    const bool negative = !signs.empty() && signs.back()->spelling == "-";
    const bool number = peek().kind == TokenKind::Int || peek().kind == TokenKind::Double;
    Parsed node;
    if (negative && number) {
        signs.pop_back();
        node = peek().kind == TokenKind::Int ? integer(true) : decimal(true);
        node = node ? selection(*node) : node;
    } else {
        node = member();
    }
    // Two of a kind cancel out on what they take; one or two remain, so that the type is checked.
    std::size_t count = signs.size() > 2 ? 2 - signs.size() % 2 : signs.size();
    for (; node && count > 0; --count) {
        node = add(
            NodeKind::Unary, signs[count - 1]->offset, toBytes(signs.front()->spelling), { *node });
    }
    return node;
}

Parser::Parsed Parser::member()
{
    const auto target = primary();
    return target ? selection(*target) : target;
}

/// What may follow a value any number of times: .name, .?name, .name(...), [index], [?index].
Parser::Parsed Parser::selection(NodeId target)
{
    Parsed node = target;
    while (node && (isSymbol(".") || isSymbol("["))) {
        node = isSymbol("[") ? indexing(*node) : selecting(*node);
    }
    return node;
}

Parser::Parsed Parser::indexing(NodeId target)
{
    const quint32 offset = peek().offset;
    ++m_at;
    const bool optional = accept("?");
    const auto index = expression();
    if (!index || !expect("]")) {
        return std::nullopt;
    }
    return add(
        optional ? NodeKind::OptionalIndex : NodeKind::Index, offset, {}, { target, *index });
}

Parser::Parsed Parser::selecting(NodeId target)
{
    ++m_at;
    const bool optional = accept("?");
    const Token& name = peek();
    const bool quoted = name.kind == TokenKind::QuotedName;
    if ((name.kind != TokenKind::Name && !quoted) || name.spelling == "in") {
        return fail(name,
            optional ? QT_TRANSLATE_NOOP("Expression", "a name is expected after '.?'")
                     : QT_TRANSLATE_NOOP("Expression", "a name is expected after '.'"));
    }
    ++m_at;
    const auto text = quoted ? name.text : toBytes(name.spelling);
    if (optional) {
        return add(NodeKind::OptionalSelect, name.offset, text, { target });
    }
    if (quoted || !accept("(")) {
        return add(NodeKind::Select, name.offset, text, { target });
    }
    std::vector<NodeId> children { target };
    return arguments(children) ? add(NodeKind::MemberCall, name.offset, text, std::move(children))
                               : std::nullopt;
}

} // namespace eventloupe
