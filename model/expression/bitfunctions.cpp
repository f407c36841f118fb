#include "expression/functions.h"

#include <array>
#include <functional>

namespace eventloupe {

namespace {

/// The bits of an int or a uint.
quint64 bitsOf(const Value& value)
{
    return value.type() == ValueType::Int ? static_cast<quint64>(value.toInt()) : value.toUInt();
}

bool isInteger(const Value& value)
{
    return value.type() == ValueType::Int || value.type() == ValueType::UInt;
}

/// As the type of the call's first value.
bool giveBits(FunctionCall& call, quint64 bits)
{
    return call.give(call.at(0).type() == ValueType::Int ? Value::fromInt(static_cast<qint64>(bits))
                                                         : Value::fromUInt(bits));
}

template <class Operation> bool combine(FunctionCall& call)
{
    return isInteger(call.at(0)) && call.at(0).type() == call.at(1).type()
        ? giveBits(call, Operation()(bitsOf(call.at(0)), bitsOf(call.at(1))))
        : call.refuse();
}

bool bitNot(FunctionCall& call)
{
    return isInteger(call.at(0)) ? giveBits(call, ~bitsOf(call.at(0))) : call.refuse();
}

/// Zeros come in on either side, whatever the sign.
template <bool left> bool shift(FunctionCall& call)
{
    constexpr qint64 width = 64;
    if (!isInteger(call.at(0)) || call.at(1).type() != ValueType::Int) {
        return call.refuse();
    }
    const qint64 places = call.at(1).toInt();
    if (places < 0) {
        return call.fail(FaultCode::OutOfRange);
    }
    const quint64 bits = bitsOf(call.at(0));
    return giveBits(call, places >= width ? 0 : left ? bits << places : bits >> places);
}

constexpr std::array<Function, 6> functions { {
    { "math.bitAnd", false, 2, 2, combine<std::bit_and<>> },
    { "math.bitOr", false, 2, 2, combine<std::bit_or<>> },
    { "math.bitXor", false, 2, 2, combine<std::bit_xor<>> },
    { "math.bitNot", false, 1, 1, bitNot },
    { "math.bitShiftLeft", false, 2, 2, shift<true> },
    { "math.bitShiftRight", false, 2, 2, shift<false> },
} };

} // namespace

std::span<const Function> bitFunctions()
{
    return functions;
}

} // namespace eventloupe
