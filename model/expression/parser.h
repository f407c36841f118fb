#pragma once

#include "expression/ast.h"
#include "expression/lexer.h"

#include <optional>

namespace eventloupe {

/// Parses the CEL grammar (cel-spec, "Syntax") by recursive descent, to a depth of at most
/// maximumNesting brackets and maximumTreeDepth operators.
class Parser {
public:
    static constexpr int maximumNesting = 250;
    static constexpr int maximumTreeDepth = 1000;

    explicit Parser(const std::vector<Token>& tokens)
        : m_tokens(tokens)
    {
    }

    /// Nothing when the source has a fault.
    std::optional<Ast> run();
    [[nodiscard]] const SourceFault& fault() const { return m_fault; }

private:
    /// Of a parsing function: the node, or nothing after fail().
    using Parsed = std::optional<NodeId>;

    [[nodiscard]] const Token& peek() const { return m_tokens[m_at]; }
    [[nodiscard]] bool isSymbol(std::string_view symbol) const;
    bool accept(std::string_view symbol);
    bool expect(std::string_view symbol);
    [[nodiscard]] const char* foreignOperator() const;
    std::nullopt_t fail(const Token& token, const char* reason);
    std::nullopt_t failAt(quint32 offset, const QString& message);
    Parsed add(NodeKind kind, quint32 offset, QByteArray text, std::vector<NodeId> children);
    Parsed addConstant(quint32 offset, Value value);

    Parsed expression();
    Parsed chain(NodeKind kind, std::string_view symbol, Parsed (Parser::*operand)());
    Parsed disjunction();
    Parsed conjunction();
    Parsed relation();
    Parsed binary(int level);
    Parsed unary();
    Parsed member();
    Parsed selection(NodeId target);
    Parsed indexing(NodeId target);
    Parsed selecting(NodeId target);
    Parsed spread(NodeKind kind, NodeKind sparse, quint32 offset, QByteArray marks,
        std::vector<NodeId> children);
    Parsed primary();
    Parsed nameOrCall(bool absolute);
    Parsed list();
    Parsed map();
    Parsed integer(bool negative);
    Parsed unsignedInteger();
    Parsed decimal(bool negative);
    bool arguments(std::vector<NodeId>& into);

    const std::vector<Token>& m_tokens;
    std::size_t m_at = 0;
    int m_nesting = 0;
    Ast m_ast;
    SourceFault m_fault;
};

} // namespace eventloupe
