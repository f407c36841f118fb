#include "expression/compiler.h"

#include "value/event.h"

#include <QCoreApplication>

#include <array>

namespace eventloupe {

/// A macro that loops. On the stack lie, from `base`: the range, the count, the result, and the
/// one or two loop variables.
struct Compiler::Loop {
    std::string_view name;
    std::size_t variables;
    std::size_t arguments; ///< Without the target.
    Op step;
    std::size_t test; ///< The argument that is tested, or 0.
    std::size_t result; ///< The argument that is collected, or 0.
};

namespace {

/// Places on the stack, counted from the range's.
constexpr std::size_t resultPlace = 2;
constexpr std::size_t variablePlace = 3;

} // namespace

bool Compiler::compileMacro(const Node& node, bool& found)
{
    static constexpr std::array<Loop, 17> loops { {
        { "all", 1, 2, Op::AllStep, 1, 0 },
        { "all", 2, 3, Op::AllStep, 2, 0 },
        { "exists", 1, 2, Op::ExistsStep, 1, 0 },
        { "exists", 2, 3, Op::ExistsStep, 2, 0 },
        { "exists_one", 1, 2, Op::OneStep, 1, 0 },
        { "existsOne", 1, 2, Op::OneStep, 1, 0 },
        { "existsOne", 2, 3, Op::OneStep, 2, 0 },
        { "exists_one", 2, 3, Op::OneStep, 2, 0 },
        { "filter", 1, 2, Op::FilterStep, 1, 0 },
        { "map", 1, 2, Op::CollectStep, 0, 1 },
        { "map", 1, 3, Op::CollectStep, 1, 2 },
        { "transformList", 2, 3, Op::CollectStep, 0, 2 },
        { "transformList", 2, 4, Op::CollectStep, 2, 3 },
        { "transformMap", 2, 3, Op::CollectPair, 0, 2 },
        { "transformMap", 2, 4, Op::CollectPair, 2, 3 },
        { "transformMapEntry", 2, 3, Op::CollectEntries, 0, 2 },
        { "transformMapEntry", 2, 4, Op::CollectEntries, 2, 3 },
    } };
    found = node.text == "bind" && namespacedName(node) == "cel.bind" && node.children.size() == 4;
    if (found) {
        return compileBind(node);
    }
    const bool compiled = compileOptionalMacro(node, found);
    if (found) {
        return compiled;
    }
    for (const Loop& loop : loops) {
        if (loop.name == viewOf(node.text) && loop.arguments + 1 == node.children.size()) {
            found = true;
            return compileLoop(node, loop);
        }
    }
    return false;
}

bool Compiler::compileLoop(const Node& node, const Loop& loop)
{
    const std::size_t base = m_depth;
    if (!compile(m_ast.child(node, 0))) {
        return false;
    }
    emitCode(Op::IterBegin, node.offset, 1);
    const Value start = loop.step == Op::AllStep ? Value::fromBool(true)
        : loop.step == Op::ExistsStep            ? Value::fromBool(false)
                                                 : Value::fromInt(0);
    const bool counts
        = loop.step == Op::AllStep || loop.step == Op::ExistsStep || loop.step == Op::OneStep;
    if (counts) {
        emitCode(Op::Constant, node.offset, 1, 0, constant(start));
    } else {
        emitCode(Op::List, node.offset, 1);
    }
    const std::size_t head = here();
    const bool pair = loop.variables == 2;
    const auto next
        = emitCode(pair ? Op::IterNextPair : Op::IterNext, node.offset, pair ? 2 : 1, base);
    const std::size_t localsBefore = m_locals.size();
    for (std::size_t i = 1; i <= loop.variables; ++i) {
        if (!pushLocal(m_ast.child(node, i), base + variablePlace + i - 1)) {
            return false;
        }
    }
    std::size_t step = 0;
    if (!compileLoopBody(node, loop, step)) {
        return false;
    }
    m_locals.resize(localsBefore);
    emitCode(Op::Drop, node.offset, -static_cast<int>(loop.variables), loop.variables, 0);
    emitCode(Op::Jump, node.offset, 0, 0, head);
    patch(next);
    const bool tests = loop.step == Op::AllStep || loop.step == Op::ExistsStep;
    if (tests) {
        patch(step);
        emitCode(Op::Settle, node.offset, 0, loop.step == Op::AllStep ? 0 : 1);
    } else if (loop.step == Op::OneStep) {
        emitCode(Op::FinishOne, node.offset, 0);
    } else if (loop.step == Op::CollectPair || loop.step == Op::CollectEntries) {
        emitCode(Op::FinishMap, node.offset, 0);
    }
    emitCode(Op::Drop, node.offset, -static_cast<int>(resultPlace), resultPlace, 1);
    return true;
}

/// With the loop variables on top; leaves them there.
bool Compiler::compileLoopBody(const Node& node, const Loop& loop, std::size_t& step)
{
    const std::size_t result = m_depth - loop.variables - 1;
    const bool absorbs = loop.step == Op::AllStep || loop.step == Op::ExistsStep;
    std::size_t skip = 0;
    if (loop.test > 0) {
        const Node& test = m_ast.child(node, loop.test + 1);
        if (absorbs ? !compileGuarded(test) : !compile(test)) {
            return false;
        }
        if (loop.result > 0) {
            skip = emitCode(Op::JumpUnless, node.offset, -1);
        }
    }
    if (loop.result > 0) {
        if (!compile(m_ast.child(node, loop.result + 1))) {
            return false;
        }
    }
    step = emitCode(loop.step, node.offset, -1, result, result + 1);
    if (skip > 0) {
        patch(skip);
    }
    return true;
}

bool Compiler::pushLocal(const Node& name, std::size_t slot)
{
    if (name.kind != NodeKind::Name || name.text.startsWith('.')) {
        return fail(name.offset,
            QCoreApplication::translate("Expression", "a new variable's name is expected"));
    }
    m_locals.push_back({ name.text, static_cast<quint16>(slot) });
    return true;
}

/// cel.bind(name, value, expression)
bool Compiler::compileBind(const Node& node)
{
    const std::size_t slot = m_depth;
    if (!compile(m_ast.child(node, 2)) || !pushLocal(m_ast.child(node, 1), slot)) {
        return false;
    }
    const bool compiled = compile(m_ast.child(node, 3));
    m_locals.pop_back();
    if (!compiled) {
        return false;
    }
    emitCode(Op::Drop, node.offset, -1, 1, 1);
    return true;
}

bool Compiler::compileOptionalMacro(const Node& node, bool& found)
{
    const bool alternative = node.text == "or" || node.text == "orValue";
    found = alternative && node.children.size() == 2;
    if (found) {
        return compileAlternative(node);
    }
    found = (node.text == "optMap" || node.text == "optFlatMap") && node.children.size() == 3;
    return found && compileOptionalMap(node);
}

/// optional.or(optional), optional.orValue(value): what is not needed is not evaluated.
bool Compiler::compileAlternative(const Node& node)
{
    const bool toValue = node.text == "orValue";
    if (!compile(m_ast.child(node, 0))) {
        return false;
    }
    emitCode(Op::WantOptional, node.offset, 0, 0, text(node.text));
    const auto skip = emitCode(Op::OrElse, node.offset, -1, toValue ? 1 : 0);
    if (!compile(m_ast.child(node, 1))) {
        return false;
    }
    if (!toValue) {
        emitCode(Op::WantOptional, node.offset, 0, 0, text(node.text));
    }
    patch(skip);
    return true;
}

/// optional.optMap(name, expression); the expression of optFlatMap gives an optional itself.
bool Compiler::compileOptionalMap(const Node& node)
{
    const std::size_t slot = m_depth;
    if (!compile(m_ast.child(node, 0))) {
        return false;
    }
    emitCode(Op::WantOptional, node.offset, 0, 0, text(node.text));
    const auto skip = emitCode(Op::Unwrap, node.offset, 0);
    if (!pushLocal(m_ast.child(node, 1), slot)) {
        return false;
    }
    const bool compiled = compile(m_ast.child(node, 2));
    m_locals.pop_back();
    if (!compiled) {
        return false;
    }
    emitCode(Op::Drop, node.offset, -1, 1, 1);
    if (node.text == "optMap") {
        emitCode(Op::Wrap, node.offset, 0);
    } else {
        emitCode(Op::WantOptional, node.offset, 0, 0, text(node.text));
    }
    patch(skip);
    return true;
}

} // namespace eventloupe
