#include "expression/containers.h"
#include "expression/evaluator.h"

namespace eventloupe {

namespace {

/// Whether a failure says that something is not there, which an optional may hold.
bool isAbsence(FaultCode code)
{
    return code == FaultCode::NoSuchKey || code == FaultCode::NoSuchIndex;
}

} // namespace

/// After a failed look: an empty optional on top where nothing was there, else the failure.
bool Evaluator::failAbsent()
{
    if (!isAbsence(m_fault.code)) {
        return false;
    }
    m_fault = {};
    top() = Value::fromOptional({});
    return true;
}

/// optional.key, where the optional is on top.
bool Evaluator::selectThrough(const QByteArray& key)
{
    const Value* target = top().held();
    if (target == nullptr) {
        return true;
    }
    Value result;
    if (!selectFrom(*target, key, result)) {
        return failAbsent();
    }
    top() = Value::fromOptional(result.owned());
    return chargeMade(top());
}

bool Evaluator::selectOptional(const Instruction& i)
{
    const QByteArray key = m_program.constants[i.b].toUtf8();
    if (top().type() == ValueType::Optional) {
        return selectThrough(key);
    }
    Value result;
    if (!selectFrom(top(), key, result)) {
        return failAbsent();
    }
    top() = Value::fromOptional(result.owned());
    return chargeMade(top());
}

bool Evaluator::index(const Instruction& i)
{
    if (top(1).type() == ValueType::Optional) {
        return indexOptional(i);
    }
    Value result;
    return indexFrom(top(1), top(), result) && reduce(std::move(result));
}

bool Evaluator::indexOptional(const Instruction&)
{
    const bool optional = top(1).type() == ValueType::Optional;
    const Value* target = optional ? top(1).held() : &top(1);
    if (target == nullptr) {
        pop();
        return true;
    }
    Value result;
    const bool found = indexFrom(*target, top(), result);
    if (!found && !isAbsence(m_fault.code)) {
        return false;
    }
    m_fault = {};
    return reduce(Value::fromOptional(found ? std::optional(result.owned()) : std::nullopt))
        && chargeMade(top());
}

bool Evaluator::indexFrom(const Value& target, const Value& key, Value& result)
{
    if (target.type() == ValueType::List) {
        return indexList(target, key, result);
    }
    if (target.type() != ValueType::Map) {
        m_fault.what = "[]";
        return fail(FaultCode::NoOverload, target, key);
    }
    if (!MapValue::isKey(key) && key.type() != ValueType::Double) {
        return fail(FaultCode::BadKey, key);
    }
    if (!charge(static_cast<qsizetype>(key.toView().size()))) {
        return false;
    }
    auto found = target.find(key);
    if (!found) {
        return fail(FaultCode::NoSuchKey, key);
    }
    result = *std::move(found);
    return true;
}

/// 1u and 1.0 are the same index as 1.
bool Evaluator::indexList(const Value& target, const Value& key, Value& result)
{
    const auto size = Value::fromInt(target.size());
    const auto beyond = compareValues(key, size);
    const auto start = compareValues(key, Value::fromInt(0));
    if (!start) {
        m_fault.what = "[]";
        return fail(FaultCode::NoOverload, target, key);
    }
    if (!(*start >= 0) || !(*beyond < 0)) {
        return fail(FaultCode::NoSuchIndex, key, size);
    }
    const auto at = key.type() == ValueType::Int ? key.toInt()
        : key.type() == ValueType::UInt          ? static_cast<qint64>(key.toUInt())
                                                 : static_cast<qint64>(key.toDouble());
    if (compareValues(key, Value::fromInt(at)) != std::partial_ordering::equivalent) {
        return fail(FaultCode::NoSuchIndex, key, size);
    }
    result = target.at(at);
    return true;
}

bool Evaluator::orElse(const Instruction& i)
{
    const Value* held = top().held();
    if (held == nullptr) {
        pop();
        return true;
    }
    if (i.a == 1) {
        Value value = *held;
        top() = std::move(value);
    }
    m_at = i.b;
    return true;
}

bool Evaluator::wantOptional(const Instruction& i)
{
    if (top().type() == ValueType::Optional) {
        return true;
    }
    m_fault.what = m_program.constants[i.b].toView();
    return fail(FaultCode::NoOverload, top(), Value::fromType(ValueType::Type));
}

bool Evaluator::unwrap(const Instruction& i)
{
    const Value* held = top().held();
    if (held == nullptr) {
        m_at = i.b;
        return true;
    }
    Value value = *held;
    top() = std::move(value);
    return true;
}

bool Evaluator::wrap(const Instruction&)
{
    top() = Value::fromOptional(top().owned());
    return chargeMade(top());
}

/// Of the elements from `first` on, each of `width` values: those that are marked are replaced by
/// what their last value holds, or left out.
bool Evaluator::leaveOut(const QByteArray& marks, std::size_t first, std::size_t width)
{
    std::size_t kept = first;
    for (const char mark : marks) {
        Value& last = m_stack[first + width - 1];
        bool keep = true;
        if (mark == '?') {
            if (last.type() != ValueType::Optional) {
                m_fault.what = "?";
                return fail(FaultCode::NoOverload, last, Value::fromType(ValueType::Type));
            }
            const Value* held = last.held();
            keep = held != nullptr;
            Value value = keep ? *held : Value();
            last = std::move(value);
        }
        for (std::size_t i = 0; keep && i < width; ++i, ++kept) {
            if (kept != first + i) {
                m_stack[kept] = std::move(m_stack[first + i]);
            }
        }
        first += width;
    }
    cutTo(kept);
    return true;
}

} // namespace eventloupe
