#include "expression/compiler.h"

#include "expression/containers.h"
#include "value/event.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

struct Operator {
    std::string_view symbol;
    Op op;
};

constexpr std::array<Operator, 12> operators { {
    { "+", Op::Add },
    { "-", Op::Subtract },
    { "*", Op::Multiply },
    { "/", Op::Divide },
    { "%", Op::Remainder },
    { "==", Op::Equal },
    { "!=", Op::NotEqual },
    { "<", Op::Less },
    { "<=", Op::LessEqual },
    { ">", Op::Greater },
    { ">=", Op::GreaterEqual },
    { "in", Op::In },
} };

} // namespace

Compiler::Compiler(const Ast& ast, const ExpressionNames& names, Expression::Program& program)
    : m_ast(ast)
    , m_names(names)
    , m_program(program)
{
    m_program.usedVariables.resize(names.variables.size());
}

bool Compiler::run()
{
    return compile(m_ast.at(m_ast.root));
}

bool Compiler::fail(quint32 offset, const QString& message)
{
    m_fault = { offset, message };
    return false;
}

std::size_t Compiler::emitCode(Op op, quint32 offset, int growth, std::size_t a, std::size_t b)
{
    m_program.code.push_back({ op, static_cast<quint16>(a), static_cast<quint32>(b) });
    m_program.offsets.push_back(offset);
    m_depth = static_cast<std::size_t>(static_cast<int>(m_depth) + growth);
    m_program.stackDepth = std::max(m_program.stackDepth, m_depth);
    return m_program.code.size() - 1;
}

/// Lets a jump lead to the next instruction.
void Compiler::patch(std::size_t instruction)
{
    m_program.code[instruction].b = here();
}

std::size_t Compiler::constant(const Value& value)
{
    if (value.type() == ValueType::String) {
        m_program.texts.push_back(JsonValue::fromString(value.toUtf8()));
        m_program.constants.push_back(Value::borrow(m_program.texts.back()));
    } else {
        m_program.constants.push_back(value);
    }
    return m_program.constants.size() - 1;
}

std::size_t Compiler::text(const QByteArray& utf8)
{
    return constant(Value::fromString(utf8));
}

bool Compiler::compile(const Node& node)
{
    switch (node.kind) {
    case NodeKind::Constant:
        return compileConstant(node);
    case NodeKind::Name:
        return compileName(node);
    case NodeKind::Select:
        return compilePath(node);
    case NodeKind::OptionalSelect:
        return compileOptionalSelect(node);
    case NodeKind::Index:
    case NodeKind::OptionalIndex:
        if (!compileAll(node)) {
            return false;
        }
        emitCode(node.kind == NodeKind::Index ? Op::Index : Op::IndexOptional, node.offset, -1);
        return true;
    case NodeKind::Call:
        return compileCall(node);
    case NodeKind::MemberCall:
        return compileMemberCall(node);
    case NodeKind::List:
        return compileList(node);
    case NodeKind::Map:
        return compileSpread(node, Op::Map);
    case NodeKind::SparseList:
        return compileSpread(node, Op::List);
    case NodeKind::SparseMap:
        return compileSpread(node, Op::Map);
    case NodeKind::Conditional:
        return compileConditional(node);
    case NodeKind::And:
    case NodeKind::Or:
        return compileLogic(node, node.kind == NodeKind::And);
    case NodeKind::Unary:
        return compileUnary(node);
    case NodeKind::Binary:
        return compileBinary(node);
    }
    return false;
}

bool Compiler::compileAll(const Node& node, std::size_t first)
{
    for (std::size_t i = first; i < node.children.size(); ++i) {
        if (!compile(m_ast.child(node, i))) {
            return false;
        }
    }
    return true;
}

bool Compiler::compileConstant(const Node& node)
{
    emitCode(Op::Constant, node.offset, 1, 0, constant(node.value));
    return true;
}

/// A failure in here becomes a value on the stack.
bool Compiler::compileGuarded(const Node& node)
{
    const auto depth = static_cast<quint16>(m_depth);
    const quint32 begin = here();
    if (!compile(node)) {
        return false;
    }
    m_program.guarded.push_back({ begin, here(), here(), depth });
    return true;
}

/// CEL, "Logical operators": what one operand settles hides the other's failure, on either side.
bool Compiler::compileLogic(const Node& node, bool isAnd)
{
    std::vector<std::size_t> exits;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (!compileGuarded(m_ast.child(node, i))) {
            return false;
        }
        if (i > 0) {
            emitCode(isAnd ? Op::And : Op::Or, node.offset, -1);
        }
        if (i + 1 < node.children.size()) {
            exits.push_back(emitCode(isAnd ? Op::SkipIfFalse : Op::SkipIfTrue, node.offset, 0));
        }
    }
    emitCode(Op::Settle, node.offset, 0, isAnd ? 0 : 1);
    std::for_each(exits.begin(), exits.end(), [this](std::size_t exit) { patch(exit); });
    return true;
}

bool Compiler::compileConditional(const Node& node)
{
    if (!compile(m_ast.child(node, 0))) {
        return false;
    }
    const auto otherwise = emitCode(Op::JumpUnless, node.offset, -1);
    if (!compile(m_ast.child(node, 1))) {
        return false;
    }
    const auto end = emitCode(Op::Jump, node.offset, -1);
    patch(otherwise);
    if (!compile(m_ast.child(node, 2))) {
        return false;
    }
    patch(end);
    return true;
}

bool Compiler::compileList(const Node& node)
{
    std::vector<Value> items;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const Node& child = m_ast.child(node, i);
        if (child.kind != NodeKind::Constant) {
            break;
        }
        items.push_back(child.value);
    }
    if (items.size() == node.children.size()) {
        emitCode(Op::Constant, node.offset, 1, 0, constant(Value::fromList(std::move(items))));
        return true;
    }
    return compileSpread(node, Op::List);
}

bool Compiler::compileSpread(const Node& node, Op op)
{
    if (!compileAll(node)) {
        return false;
    }
    const auto count = node.children.size();
    if (!node.text.isEmpty()) {
        m_program.marks.push_back(node.text);
    }
    emitCode(op, node.offset, 1 - static_cast<int>(count),
        node.text.isEmpty() ? 0 : m_program.marks.size(), count);
    return true;
}

bool Compiler::compileOptionalSelect(const Node& node)
{
    if (!compile(m_ast.child(node, 0))) {
        return false;
    }
    emitCode(Op::SelectOptional, node.offset, 0, 0, text(node.text));
    return true;
}

bool Compiler::compileUnary(const Node& node)
{
    if (!compile(m_ast.child(node, 0))) {
        return false;
    }
    emitCode(node.text == "!" ? Op::Not : Op::Negate, node.offset, 0);
    return true;
}

bool Compiler::compileBinary(const Node& node)
{
    if (!compileAll(node)) {
        return false;
    }
    const auto found = std::find_if(operators.begin(), operators.end(),
        [&](const Operator& known) { return known.symbol == viewOf(node.text); });
    Q_ASSERT(found != operators.end());
    emitCode(found->op, node.offset, -1);
    return true;
}

} // namespace eventloupe
