#pragma once

#include "expression/ast.h"
#include "expression/lexer.h"
#include "expression/program.h"

namespace eventloupe {

/// Turns a tree into a flat program for a machine with a stack: names are resolved to variables,
/// loop variables to places on the stack, and macros to loops.
class Compiler {
public:
    Compiler(const Ast& ast, const ExpressionNames& names, Expression::Program& program);

    /// False when a name or a number of arguments is wrong.
    bool run();
    [[nodiscard]] const SourceFault& fault() const { return m_fault; }

private:
    /// A loop variable, and where on the stack its value lies.
    struct Local {
        QByteArray name;
        quint16 slot = 0;
    };
    struct Loop;

    bool fail(quint32 offset, const QString& message);
    bool failUnknown(const Node& node, const QString& message);
    /// Writes an instruction that grows the stack by that much; gives its number.
    std::size_t emitCode(Op op, quint32 offset, int growth, std::size_t a = 0, std::size_t b = 0);
    void patch(std::size_t instruction);
    [[nodiscard]] quint32 here() const { return static_cast<quint32>(m_program.code.size()); }
    std::size_t constant(const Value& value);
    std::size_t text(const QByteArray& utf8);

    bool compile(const Node& node);
    bool compileAll(const Node& node, std::size_t first = 0);
    bool compileGuarded(const Node& node);
    bool compileLogic(const Node& node, bool isAnd);
    bool compileConditional(const Node& node);
    bool compileList(const Node& node);
    bool compileSpread(const Node& node, Op op);
    bool compileOptionalSelect(const Node& node);
    bool compileUnary(const Node& node);
    bool compileBinary(const Node& node);
    bool compileConstant(const Node& node);

    bool compileName(const Node& node);
    bool compilePath(const Node& node);
    [[nodiscard]] bool dottedName(const Node& node, std::vector<QByteArray>& segments) const;
    bool compileVariablePath(const std::vector<QByteArray>& segments, quint32 offset);
    bool compileTypeName(const QByteArray& name, quint32 offset);
    [[nodiscard]] const Local* localNamed(const QByteArray& name) const;
    [[nodiscard]] qsizetype variableNamed(const QByteArray& name) const;
    bool unknownName(const Node& node, const QByteArray& name);

    bool compileCall(const Node& node);
    bool compileMemberCall(const Node& node);
    bool compileHas(const Node& node);
    void compileHasPath(const Node& target, const Node& select);
    bool compileHost(const Node& node, bool& found);
    bool unknownFunction(const Node& node, bool isMember);
    bool emitFunction(const Node& node, const Function& function, std::size_t arguments);
    [[nodiscard]] QByteArray namespacedName(const Node& node) const;

    bool compileMacro(const Node& node, bool& found);
    bool compileLoop(const Node& node, const Loop& loop);
    bool compileLoopBody(const Node& node, const Loop& loop, std::size_t& step);
    bool compileBind(const Node& node);
    bool compileOptionalMacro(const Node& node, bool& found);
    bool compileAlternative(const Node& node);
    bool compileOptionalMap(const Node& node);
    bool pushLocal(const Node& name, std::size_t slot);

    const Ast& m_ast;
    const ExpressionNames& m_names;
    Expression::Program& m_program;
    std::vector<Local> m_locals;
    std::size_t m_depth = 0;
    SourceFault m_fault;
};

} // namespace eventloupe
