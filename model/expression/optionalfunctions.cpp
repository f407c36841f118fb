#include "expression/functions.h"

#include <array>

namespace eventloupe {

namespace {

bool of(FunctionCall& call)
{
    return call.give(Value::fromOptional(call.at(0).owned()));
}

bool none(FunctionCall& call)
{
    return call.give(Value::fromOptional({}));
}

/// False, 0, "", null, an empty list or map, 1970-01-01T00:00:00Z, 0s and an empty optional.
bool isZero(const Value& value)
{
    switch (value.type()) {
    case ValueType::Null:
        return true;
    case ValueType::Bool:
        return !value.toBool();
    case ValueType::Int:
        return value.toInt() == 0;
    case ValueType::UInt:
        return value.toUInt() == 0;
    case ValueType::Double:
        return value.toDouble() == 0;
    case ValueType::String:
    case ValueType::Bytes:
        return value.toView().empty();
    case ValueType::List:
    case ValueType::Map:
        return value.size() == 0;
    case ValueType::Timestamp:
        return std::get<Instant>(value.content()) == Instant();
    case ValueType::Duration:
        return std::get<Duration>(value.content()).nanoseconds == 0;
    case ValueType::Optional:
        return value.held() == nullptr;
    case ValueType::Type:
        break;
    }
    return false;
}

bool ofNonZeroValue(FunctionCall& call)
{
    return isZero(call.at(0)) ? none(call) : of(call);
}

bool hasValue(FunctionCall& call)
{
    return call.at(0).type() == ValueType::Optional
        ? call.give(Value::fromBool(call.at(0).held() != nullptr))
        : call.refuse();
}

bool value(FunctionCall& call)
{
    if (call.at(0).type() != ValueType::Optional) {
        return call.refuse();
    }
    const Value* held = call.at(0).held();
    return held != nullptr ? call.give(*held) : call.fail(FaultCode::Empty);
}

/// What the optionals of a list hold.
bool unwrapAll(FunctionCall& call)
{
    const Value& list = call.at(0);
    if (list.type() != ValueType::List || !call.spend(list.size() * qsizetype(sizeof(Value)))) {
        return list.type() == ValueType::List ? false : call.refuse();
    }
    std::vector<Value> values;
    for (qsizetype i = 0; i < list.size(); ++i) {
        const Value item = list.at(i);
        if (item.type() != ValueType::Optional) {
            return call.refuse();
        }
        if (const Value* held = item.held()) {
            values.push_back(*held);
        }
    }
    return call.give(Value::fromList(std::move(values)));
}

constexpr std::array<Function, 7> functions { {
    { "optional.of", false, 1, 1, of },
    { "optional.none", false, 0, 0, none },
    { "optional.ofNonZeroValue", false, 1, 1, ofNonZeroValue },
    { "optional.unwrap", false, 1, 1, unwrapAll },
    { "hasValue", true, 1, 1, hasValue },
    { "value", true, 1, 1, value },
    { "unwrapOpt", true, 1, 1, unwrapAll },
} };

} // namespace

std::span<const Function> optionalFunctions()
{
    return functions;
}

} // namespace eventloupe
