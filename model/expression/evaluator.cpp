#include "expression/evaluator.h"

#include "expression/arithmetic.h"
#include "expression/containers.h"
#include "value/event.h"

#include <algorithm>

namespace eventloupe {

/// What each Op does, in the order of their declaration.
struct Handlers {
    using Handler = bool (Evaluator::*)(const Instruction&);
    using E = Evaluator;
    static constexpr auto all = std::to_array<Handler>({
        &E::constant,
        &E::variable,
        &E::path,
        &E::local,
        &E::host,
        &E::unknown,
        &E::select,
        &E::has,
        &E::hasPath,
        &E::index,
        &E::negate,
        &E::invert,
        &E::arithmetic<addValues>,
        &E::arithmetic<subtractValues>,
        &E::arithmetic<multiplyValues>,
        &E::arithmetic<divideValues>,
        &E::arithmetic<remainderOfValues>,
        &E::equal<true>,
        &E::equal<false>,
        &E::less,
        &E::lessEqual,
        &E::greater,
        &E::greaterEqual,
        &E::in,
        &E::call,
        &E::list,
        &E::map,
        &E::jump,
        &E::jumpUnless,
        &E::skipIf<false>,
        &E::skipIf<true>,
        &E::combine<false>,
        &E::combine<true>,
        &E::settle,
        &E::iterBegin,
        &E::iterNext,
        &E::iterNextPair,
        &E::quantify<false>,
        &E::quantify<true>,
        &E::oneStep,
        &E::filterStep,
        &E::collectStep,
        &E::collectPair,
        &E::drop,
        &E::finishOne,
        &E::finishMap,
    });
    static_assert(all.size() == static_cast<std::size_t>(Op::Last), "every Op has a handler");
};

Evaluator::Evaluator(
    const Expression::Program& program, std::span<const Value> variables, const HostCall* host)
    : m_program(program)
    , m_variables(variables)
    , m_host(host)
{
    if (program.stackDepth > insideDepth) {
        m_outside = std::make_unique<std::byte[]>(program.stackDepth * sizeof(Value));
    }
    m_stack = reinterpret_cast<Value*>(m_outside ? m_outside.get() : m_inside.data());
}

Evaluator::Evaluator(const Expression::Program& program, VariableReader& reader)
    : Evaluator(program, {}, nullptr)
{
    m_reader = &reader;
}

Evaluator::~Evaluator()
{
    cutTo(0);
}

void Evaluator::cutTo(std::size_t size)
{
    while (m_size > size) {
        pop();
    }
}

bool Evaluator::run()
{
    while (m_at < m_program.code.size()) {
        const Instruction& instruction = m_program.code[m_at++];
        if (--m_work < 0) {
            m_fault.code = FaultCode::TooMuchWork;
            m_fault.offset = m_program.offsets[m_at - 1];
            return false;
        }
        const auto handler = Handlers::all[static_cast<std::size_t>(instruction.op)];
        if (!(this->*handler)(instruction) && !recover()) {
            return false;
        }
    }
    return true;
}

/// After a failure: goes on where it is an operand, if anywhere.
bool Evaluator::recover()
{
    const std::size_t failed = m_at - 1;
    if (m_fault.offset == Fault::unplaced) {
        m_fault.offset = m_program.offsets[failed];
    }
    if (m_fault.code == FaultCode::TooMuchWork) {
        return false;
    }
    for (const Guarded& guarded : m_program.guarded) {
        if (failed >= guarded.begin && failed < guarded.end) {
            cutTo(guarded.depth);
            push(Value(std::make_shared<const Fault>(std::move(m_fault))));
            m_fault = {};
            m_at = guarded.landing;
            return true;
        }
    }
    return false;
}

bool Evaluator::charge(qsizetype bytes)
{
    m_work -= bytes / 8;
    return m_work >= 0 || fail(FaultCode::TooMuchWork);
}

bool Evaluator::chargeWeight(const Value& value)
{
    const qint64 weight = value.weight();
    return weight == 1 || charge(std::min<qint64>(weight, mostWork) * 8);
}

bool Evaluator::fail(FaultCode code, const Value& first, const Value& second)
{
    m_fault.code = code;
    m_fault.first = first.owned();
    m_fault.second = second.owned();
    return false;
}

bool Evaluator::failWith(Fault fault)
{
    m_fault = std::move(fault);
    return false;
}

bool Evaluator::reduce(Value result)
{
    pop();
    top() = std::move(result);
    return true;
}

bool Evaluator::negate(const Instruction&)
{
    Value result;
    if (!negateValue(top(), result, m_fault)) {
        return false;
    }
    top() = std::move(result);
    return true;
}

bool Evaluator::invert(const Instruction&)
{
    const auto* value = std::get_if<bool>(&top().content());
    if (value == nullptr) {
        m_fault.what = "!";
        return fail(FaultCode::NotABool, top());
    }
    top() = Value::fromBool(!*value);
    return true;
}

template <auto operation> bool Evaluator::arithmetic(const Instruction&)
{
    Value result;
    return operation(top(1), top(), result, m_fault) && chargeWeight(result)
        && charge(static_cast<qsizetype>(result.toView().size())) && reduce(std::move(result));
}

template <bool wanted> bool Evaluator::equal(const Instruction&)
{
    return chargeWeight(top()) && reduce(Value::fromBool((top(1) == top()) == wanted));
}

template <class Test> bool Evaluator::order(std::string_view symbol, Test test)
{
    const auto ordering = compareValues(top(1), top());
    if (!ordering) {
        m_fault.what = symbol;
        return fail(FaultCode::NoOverload, top(1), top());
    }
    return reduce(Value::fromBool(test(*ordering)));
}

bool Evaluator::less(const Instruction&)
{
    return order("<", [](std::partial_ordering order) { return order < 0; });
}

bool Evaluator::lessEqual(const Instruction&)
{
    return order("<=", [](std::partial_ordering order) { return order <= 0; });
}

bool Evaluator::greater(const Instruction&)
{
    return order(">", [](std::partial_ordering order) { return order > 0; });
}

bool Evaluator::greaterEqual(const Instruction&)
{
    return order(">=", [](std::partial_ordering order) { return order >= 0; });
}

bool Evaluator::in(const Instruction&)
{
    const Value& range = top();
    if (range.type() == ValueType::Map) {
        return reduce(Value::fromBool(range.find(top(1)).has_value()));
    }
    if (range.type() != ValueType::List) {
        m_fault.what = "in";
        return fail(FaultCode::NoOverload, top(1), range);
    }
    if (!chargeWeight(range)) {
        return false;
    }
    bool found = false;
    for (qsizetype i = 0; i < range.size() && !found; ++i) {
        found = top(1) == range.at(i);
    }
    return reduce(Value::fromBool(found));
}

bool Evaluator::call(const Instruction& i)
{
    const Function& function = *m_program.functions[i.b];
    FunctionCall call { function.name, { &m_stack[m_size - i.a], i.a }, {}, {} };
    for (const Value& argument : call.arguments) {
        if (!charge(static_cast<qsizetype>(argument.toView().size()))) {
            return false;
        }
    }
    if (!function.body(call)) {
        return failWith(std::move(call.fault));
    }
    Value result = call.result.owned();
    cutTo(m_size - i.a);
    push(std::move(result));
    return true;
}

} // namespace eventloupe
