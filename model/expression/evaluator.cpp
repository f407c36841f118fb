#include "expression/evaluator.h"

#include "expression/arithmetic.h"
#include "expression/containers.h"
#include "value/event.h"

#include <algorithm>
#include <type_traits>

namespace eventloupe {

namespace {

struct Less {
    static constexpr std::string_view symbol = "<";
    static bool holds(std::partial_ordering order) { return order < 0; }
};

struct LessEqual {
    static constexpr std::string_view symbol = "<=";
    static bool holds(std::partial_ordering order) { return order <= 0; }
};

struct Greater {
    static constexpr std::string_view symbol = ">";
    static bool holds(std::partial_ordering order) { return order > 0; }
};

struct GreaterEqual {
    static constexpr std::string_view symbol = ">=";
    static bool holds(std::partial_ordering order) { return order >= 0; }
};

/// A double, wherever it lies; what guards and rules compute with most.
bool readDouble(const Value& value, double& number)
{
    if (const auto* own = std::get_if<double>(&value.content())) {
        number = *own;
        return true;
    }
    const JsonValue* tree = value.json();
    if (tree == nullptr || tree->type() != JsonValue::Type::Double) {
        return false;
    }
    number = tree->toDouble();
    return true;
}

bool readText(const Value& value, std::string_view& text)
{
    if (const JsonValue* tree = value.json()) {
        text = tree->toView();
        return tree->isString();
    }
    const auto* own = std::get_if<QByteArray>(&value.content());
    text = own != nullptr ? viewOf(*own) : std::string_view();
    return own != nullptr;
}

/// Whether two functions are one. GCC takes a comparison of them for no constant under its
/// undefined-behaviour sanitizer.
template <auto one, auto other>
constexpr bool isOne = std::is_same_v<std::integral_constant<decltype(one), one>,
    std::integral_constant<decltype(other), other>>;

/// The sum, difference or product of two doubles; false for what else there is.
template <auto operation> bool computeDoubles(const Value& left, const Value& right, double& result)
{
    constexpr bool isSum = isOne<operation, addValues>;
    constexpr bool isDifference = isOne<operation, subtractValues>;
    if constexpr (!isSum && !isDifference && !isOne<operation, multiplyValues>) {
        return false;
    }
    double first = 0;
    double second = 0;
    if (!readDouble(left, first) || !readDouble(right, second)) {
        return false;
    }
    result = isSum ? first + second : isDifference ? first - second : first * second;
    return true;
}

bool isText(const Value& value)
{
    return value.type() == ValueType::String || value.type() == ValueType::Bytes;
}

} // namespace

/// What each Op does, in the order of their declaration.
struct Handlers {
    using E = Evaluator;
    using Handler = bool (*)(Evaluator&, const Instruction&);

    template <bool (Evaluator::*member)(const Instruction&)>
    static bool go(Evaluator& evaluator, const Instruction& instruction)
    {
        return (evaluator.*member)(instruction);
    }

    static constexpr auto all = std::to_array<Handler>({
        go<&E::constant>,
        go<&E::variable>,
        go<&E::path>,
        go<&E::local>,
        go<&E::host>,
        go<&E::unknown>,
        go<&E::select>,
        go<&E::has>,
        go<&E::hasPath>,
        go<&E::selectOptional>,
        go<&E::index>,
        go<&E::indexOptional>,
        go<&E::orElse>,
        go<&E::wantOptional>,
        go<&E::unwrap>,
        go<&E::wrap>,
        go<&E::negate>,
        go<&E::invert>,
        go<&E::arithmetic<addValues>>,
        go<&E::arithmetic<subtractValues>>,
        go<&E::arithmetic<multiplyValues>>,
        go<&E::arithmetic<divideValues>>,
        go<&E::arithmetic<remainderOfValues>>,
        go<&E::equal<true>>,
        go<&E::equal<false>>,
        go<&E::order<Less>>,
        go<&E::order<LessEqual>>,
        go<&E::order<Greater>>,
        go<&E::order<GreaterEqual>>,
        go<&E::in>,
        go<&E::call>,
        go<&E::list>,
        go<&E::map>,
        go<&E::jump>,
        go<&E::jumpUnless>,
        go<&E::skipIf<false>>,
        go<&E::skipIf<true>>,
        go<&E::combine<false>>,
        go<&E::combine<true>>,
        go<&E::settle>,
        go<&E::iterBegin>,
        go<&E::iterNext>,
        go<&E::iterNextPair>,
        go<&E::quantify<false>>,
        go<&E::quantify<true>>,
        go<&E::oneStep>,
        go<&E::filterStep>,
        go<&E::collectStep>,
        go<&E::collectPair>,
        go<&E::collectEntries>,
        go<&E::drop>,
        go<&E::finishOne>,
        go<&E::finishMap>,
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
    const Instruction* const code = m_program.code.data();
    const std::size_t end = m_program.code.size();
    while (m_at < end) {
        const Instruction& instruction = code[m_at++];
        if (--m_work < 0) {
            m_fault.code = FaultCode::TooMuchWork;
            m_fault.offset = m_program.offsets[m_at - 1];
            return false;
        }
        const auto handler = Handlers::all[static_cast<std::size_t>(instruction.op)];
        if (!handler(*this, instruction) && !recover()) {
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
    if (m_fault.code == FaultCode::TooMuchWork || m_fault.code == FaultCode::TooDeep) {
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

bool Evaluator::chargeWhole(const Value& value)
{
    switch (value.type()) {
    case ValueType::List:
    case ValueType::Map:
    case ValueType::Optional:
        return charge(value.writtenSize(m_work * 8 + 8));
    default:
        return charge(static_cast<qsizetype>(value.toView().size()));
    }
}

bool Evaluator::chargeMade(const Value& value)
{
    return chargeWeight(value) && (value.depth() <= mostDepth || fail(FaultCode::TooDeep));
}

/// Before texts or lists are joined to a new one.
bool Evaluator::chargeJoined(const Value& left, const Value& right)
{
    const bool lists = left.type() == ValueType::List && right.type() == ValueType::List;
    const auto items = lists ? left.size() + right.size() : 0;
    const auto bytes = left.toView().size() + right.toView().size();
    return charge(items * static_cast<qsizetype>(sizeof(Value)) + static_cast<qsizetype>(bytes));
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
    const Value& left = top(1);
    const Value& right = top();
    double number = 0;
    if (computeDoubles<operation>(left, right, number)) {
        return reduce(Value::fromDouble(number));
    }
    const auto type = left.type();
    const bool joins
        = type == ValueType::String || type == ValueType::List || type == ValueType::Bytes;
    Value result;
    if ((joins && !chargeJoined(left, right)) || !operation(left, right, result, m_fault)
        || (joins && !chargeMade(result))) {
        return false;
    }
    return reduce(std::move(result));
}

template <bool wanted> bool Evaluator::equal(const Instruction&)
{
    std::string_view left;
    std::string_view right;
    if (readText(top(1), left) && readText(top(), right)) {
        return charge(static_cast<qsizetype>(std::min(left.size(), right.size())))
            && reduce(Value::fromBool((left == right) == wanted));
    }
    return chargeWhole(top()) && reduce(Value::fromBool((top(1) == top()) == wanted));
}

template <class Test> bool Evaluator::order(const Instruction&)
{
    const Value& left = top(1);
    const Value& right = top();
    double first = 0;
    double second = 0;
    if (readDouble(left, first) && readDouble(right, second)) {
        return reduce(Value::fromBool(Test::holds(first <=> second)));
    }
    if (isText(right) && !chargeWhole(right)) {
        return false;
    }
    const auto ordering = compareValues(left, right);
    if (!ordering) {
        m_fault.what = Test::symbol;
        return fail(FaultCode::NoOverload, left, right);
    }
    return reduce(Value::fromBool(Test::holds(*ordering)));
}

bool Evaluator::in(const Instruction&)
{
    const Value& range = top();
    if (!charge(static_cast<qsizetype>(top(1).toView().size()))) {
        return false;
    }
    if (range.type() == ValueType::Map) {
        return reduce(Value::fromBool(range.find(top(1)).has_value()));
    }
    if (range.type() != ValueType::List) {
        m_fault.what = "in";
        return fail(FaultCode::NoOverload, top(1), range);
    }
    const bool scalars = top(1).size() == 0 && top(1).type() != ValueType::Optional;
    const auto texts = static_cast<qsizetype>(top(1).toView().size()) * range.size();
    if (!chargeWeight(range) || !(scalars ? charge(texts) : chargeWhole(range))) {
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
    FunctionCall call { function.name, { &m_stack[m_size - i.a], i.a }, &m_work, {}, {} };
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
    return charge(static_cast<qsizetype>(top().toView().size())) && chargeMade(top());
}

} // namespace eventloupe
