#include "expression/resulttype.h"

#include "expression/lexer.h"
#include "expression/parser.h"
#include "expression/sourceplace.h"
#include "value/event.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

constexpr std::array<std::string_view, 5> arithmetic { "+", "-", "*", "/", "%" };

/// Of the functions, methods and loops those that never give a truth; "get..." are others.
constexpr std::array<std::string_view, 13> neverTruths { "int", "uint", "double", "string", "bytes",
    "timestamp", "duration", "type", "size", "map", "filter", "transformList", "transformMap" };

bool contains(std::span<const std::string_view> texts, const QByteArray& text)
{
    return std::find(texts.begin(), texts.end(), viewOf(text)) != texts.end();
}

bool isNeverBoolean(const Ast& ast, const Node& node, std::span<const std::string_view> notBooleans)
{
    switch (node.kind) {
    case NodeKind::Constant:
        return node.value.type() != ValueType::Bool;
    case NodeKind::Name:
        return contains(notBooleans, node.text);
    case NodeKind::List:
    case NodeKind::Map:
        return true;
    case NodeKind::Unary:
        return node.text != "!";
    case NodeKind::Binary:
        return contains(arithmetic, node.text);
    case NodeKind::Call:
    case NodeKind::MemberCall:
        return contains(neverTruths, node.text) || node.text.startsWith("get");
    case NodeKind::Conditional:
        return isNeverBoolean(ast, ast.child(node, 1), notBooleans)
            && isNeverBoolean(ast, ast.child(node, 2), notBooleans);
    default:
        return false;
    }
}

} // namespace

std::optional<ExpressionFault> whyNeverBoolean(
    std::string_view source, std::span<const std::string_view> notBooleans)
{
    Lexer lexer(source);
    if (!lexer.run())
        return std::nullopt;
    Parser parser(lexer.tokens());
    const auto ast = parser.run();
    if (!ast || !isNeverBoolean(*ast, ast->at(ast->root), notBooleans))
        return std::nullopt;
    return faultAt(source, ast->at(ast->root).offset,
        QCoreApplication::translate("Expression",
            "this is never true or false; compare it with something, as in 'data.total > 100'"));
}

} // namespace eventloupe
