#include "expression/compiler.h"

#include "expression/nearestname.h"
#include "expression/nearfunction.h"
#include "value/event.h"

#include <QCoreApplication>

#include <algorithm>

namespace eventloupe {

namespace {

QByteArray joined(const std::vector<QByteArray>& segments, std::size_t count)
{
    QByteArray name;
    for (std::size_t i = 0; i < count; ++i) {
        name += (i > 0 ? "." : "") + segments[i];
    }
    return name;
}

} // namespace

bool Compiler::failUnknown(const Node& node, const QString& message)
{
    if (m_names.unknownNames == UnknownNames::FailWhenEvaluated) {
        emitCode(Op::Unknown, node.offset, 1, 0, text(message.toUtf8()));
        return true;
    }
    return fail(node.offset, message);
}

const Compiler::Local* Compiler::localNamed(const QByteArray& name) const
{
    const auto found = std::find_if(
        m_locals.rbegin(), m_locals.rend(), [&](const Local& local) { return local.name == name; });
    return found == m_locals.rend() ? nullptr : &*found;
}

qsizetype Compiler::variableNamed(const QByteArray& name) const
{
    constexpr std::size_t mostVariables = 0x10000; // What an instruction can number.
    const auto known = m_names.variables.first(std::min(mostVariables, m_names.variables.size()));
    const auto found = std::find(known.begin(), known.end(), viewOf(name));
    return found == known.end() ? -1 : found - known.begin();
}

bool Compiler::compileName(const Node& node)
{
    return compilePath(node);
}

/// The names of a chain a.b.c that starts with a name, not with a value.
bool Compiler::dottedName(const Node& node, std::vector<QByteArray>& segments) const
{
    const Node* at = &node;
    while (at->kind == NodeKind::Select) {
        segments.push_back(at->text);
        at = &m_ast.child(*at, 0);
    }
    segments.push_back(at->text);
    std::reverse(segments.begin(), segments.end());
    return at->kind == NodeKind::Name;
}

bool Compiler::compilePath(const Node& node)
{
    std::vector<QByteArray> segments;
    if (dottedName(node, segments)) {
        const bool absolute = segments.front().startsWith('.');
        if (absolute) {
            segments.front().remove(0, 1);
        }
        if (const Local* local = localNamed(segments.front()); local == nullptr || absolute) {
            if (compileVariablePath(segments, node.offset)
                || compileTypeName(joined(segments, segments.size()), node.offset)) {
                return true;
            }
            if (node.kind == NodeKind::Name) {
                return unknownName(node, segments.front());
            }
        } else if (node.kind == NodeKind::Name) {
            emitCode(Op::Local, node.offset, 1, local->slot);
            return true;
        }
    }
    if (!compile(m_ast.child(node, 0))) {
        return false;
    }
    emitCode(Op::Select, node.offset, 0, 0, text(node.text));
    return true;
}

/// The longest beginning that is a variable's name, and the fields behind it. False when there is
/// no such variable, which is no fault yet.
bool Compiler::compileVariablePath(const std::vector<QByteArray>& segments, quint32 offset)
{
    for (std::size_t count = segments.size(); count > 0; --count) {
        const auto variable = variableNamed(joined(segments, count));
        if (variable < 0) {
            continue;
        }
        const auto index = static_cast<std::size_t>(variable);
        m_program.usedVariables[index] = true;
        if (count == segments.size()) {
            emitCode(Op::Variable, offset, 1, index);
        } else {
            m_program.paths.emplace_back(
                segments.begin() + static_cast<std::ptrdiff_t>(count), segments.end());
            emitCode(Op::Path, offset, 1, index, m_program.paths.size() - 1);
        }
        return true;
    }
    return false;
}

bool Compiler::compileTypeName(const QByteArray& name, quint32 offset)
{
    for (int type = 0; type <= static_cast<int>(ValueType::Type); ++type) {
        const auto candidate = static_cast<ValueType>(type);
        if (nameOf(candidate) == viewOf(name)) {
            emitCode(Op::Constant, offset, 1, 0, constant(Value::fromType(candidate)));
            return true;
        }
    }
    return false;
}

bool Compiler::unknownName(const Node& node, const QByteArray& name)
{
    std::vector<std::string_view> known(m_names.variables.begin(), m_names.variables.end());
    for (const Local& local : m_locals) {
        known.push_back(viewOf(local.name));
    }
    const auto message = QCoreApplication::translate("Expression", "unknown name '%1'%2")
                             .arg(QString::fromUtf8(name), nearestNameHint(viewOf(name), known));
    return failUnknown(node, message);
}

QByteArray Compiler::namespacedName(const Node& node) const
{
    std::vector<QByteArray> segments;
    const Node& target = m_ast.child(node, 0);
    if (!dottedName(target, segments) || localNamed(segments.front()) != nullptr
        || variableNamed(segments.front()) >= 0) {
        return {};
    }
    return joined(segments, segments.size()) + '.' + node.text;
}

bool Compiler::unknownFunction(const Node& node, bool isMember)
{
    const auto qualified = isMember ? namespacedName(node) : QByteArray();
    return failUnknown(node,
        unknownFunctionText(viewOf(node.text), viewOf(qualified), isMember, m_names.functions));
}

/// The arguments are on the stack.
bool Compiler::emitFunction(const Node& node, const Function& function, std::size_t arguments)
{
    if (arguments < function.least || arguments > function.most) {
        return fail(
            node.offset, wrongCountText(function.name, arguments - (function.isMember ? 1 : 0)));
    }
    m_program.functions.push_back(&function);
    emitCode(Op::Call, node.offset, 1 - static_cast<int>(arguments), arguments,
        m_program.functions.size() - 1);
    return true;
}

bool Compiler::compileHost(const Node& node, bool& found)
{
    const auto host
        = std::find(m_names.functions.begin(), m_names.functions.end(), viewOf(node.text));
    found = host != m_names.functions.end();
    if (!found) {
        return false;
    }
    if (!node.children.empty()) {
        return fail(node.offset,
            QCoreApplication::translate("Expression", "'%1' takes nothing between its brackets")
                .arg(QString::fromUtf8(node.text)));
    }
    emitCode(Op::Host, node.offset, 1, static_cast<std::size_t>(host - m_names.functions.begin()));
    return true;
}

bool Compiler::compileCall(const Node& node)
{
    bool found = false;
    const bool compiled = compileHost(node, found);
    if (found) {
        return compiled;
    }
    if (node.text == "has") {
        return compileHas(node);
    }
    const auto* function = findFunction(viewOf(node.text), false);
    // An unknown function fails before its arguments are looked at.
    return function == nullptr
        ? unknownFunction(node, false)
        : compileAll(node) && emitFunction(node, *function, node.children.size());
}

bool Compiler::compileMemberCall(const Node& node)
{
    bool found = false;
    const bool compiled = compileMacro(node, found);
    if (found) {
        return compiled;
    }
    if (const auto name = namespacedName(node); !name.isEmpty()) {
        if (const auto* function = findFunction(viewOf(name), false)) {
            return compileAll(node, 1) && emitFunction(node, *function, node.children.size() - 1);
        }
    }
    const auto* function = findFunction(viewOf(node.text), true);
    return function == nullptr
        ? unknownFunction(node, true)
        : compileAll(node) && emitFunction(node, *function, node.children.size());
}

/// has(value.field): whether the field is there; what stands before it must be.
bool Compiler::compileHas(const Node& node)
{
    const bool selects = node.children.size() == 1 && m_ast.child(node, 0).kind == NodeKind::Select;
    if (!selects) {
        return fail(node.offset,
            QCoreApplication::translate(
                "Expression", "write has(...) over a field: has(data.name)"));
    }
    const Node& select = m_ast.child(node, 0);
    const Node& target = m_ast.child(select, 0);
    compileHasPath(target, select);
    if (!compile(target)) {
        return false;
    }
    emitCode(Op::Has, select.offset, 0, 0, text(select.text));
    return true;
}

/// The short way, where the target is a variable or a path into one.
void Compiler::compileHasPath(const Node& target, const Node& select)
{
    std::vector<QByteArray> segments;
    if ((target.kind != NodeKind::Name && target.kind != NodeKind::Select)
        || !dottedName(target, segments) || segments.front().startsWith('.')
        || localNamed(segments.front()) != nullptr) {
        return;
    }
    for (std::size_t count = segments.size(); count > 0; --count) {
        const auto variable = variableNamed(joined(segments, count));
        if (variable >= 0) {
            segments.erase(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(count));
            segments.push_back(select.text);
            m_program.paths.push_back(std::move(segments));
            emitCode(Op::HasPath, select.offset, 0, static_cast<std::size_t>(variable),
                m_program.paths.size() - 1);
            return;
        }
    }
}

} // namespace eventloupe
