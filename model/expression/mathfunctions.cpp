#include "expression/functions.h"

#include <array>
#include <cmath>
#include <limits>

namespace eventloupe {

namespace {

bool isNumber(const Value& value)
{
    const auto type = value.type();
    return type == ValueType::Int || type == ValueType::UInt || type == ValueType::Double;
}

/// The one of several numbers, or of a list of them, that stands first in that order.
template <bool greatest> bool extreme(FunctionCall& call)
{
    const bool ofList = call.arguments.size() == 1 && call.at(0).type() == ValueType::List;
    const auto count = ofList ? call.at(0).size() : std::ssize(call.arguments);
    if (count == 0 || !call.spend(count * 8)) {
        return count == 0 && call.refuse();
    }
    Value best;
    for (qsizetype i = 0; i < count; ++i) {
        Value next = ofList ? call.at(0).at(i) : call.at(static_cast<std::size_t>(i));
        if (!isNumber(next)) {
            call.fail(FaultCode::NoOverload, next);
            call.fault.second = Value::fromType(ValueType::Type);
            return false;
        }
        const auto order = i == 0 ? std::nullopt : compareValues(next, best);
        if (!order || (greatest ? *order > 0 : *order < 0)) {
            best = std::move(next);
        }
    }
    return call.give(std::move(best));
}

template <double (*function)(double)> bool ofDouble(FunctionCall& call)
{
    return call.at(0).type() == ValueType::Double
        ? call.give(Value::fromDouble(function(call.at(0).toDouble())))
        : call.refuse();
}

template <bool (*test)(double)> bool testDouble(FunctionCall& call)
{
    return call.at(0).type() == ValueType::Double
        ? call.give(Value::fromBool(test(call.at(0).toDouble())))
        : call.refuse();
}

double ceiling(double number)
{
    return std::ceil(number);
}
double floored(double number)
{
    return std::floor(number);
}
/// Halves away from zero.
double rounded(double number)
{
    return std::round(number);
}
double truncated(double number)
{
    return std::trunc(number);
}
bool isNaN(double number)
{
    return std::isnan(number);
}
bool isInfinite(double number)
{
    return std::isinf(number);
}
bool isFinite(double number)
{
    return std::isfinite(number);
}

bool absolute(FunctionCall& call)
{
    const Value& value = call.at(0);
    switch (value.type()) {
    case ValueType::Int:
        return value.toInt() == std::numeric_limits<qint64>::min()
            ? call.fail(FaultCode::OutOfRange)
            : call.give(Value::fromInt(std::abs(value.toInt())));
    case ValueType::UInt:
        return call.give(value);
    case ValueType::Double:
        return call.give(Value::fromDouble(std::fabs(value.toDouble())));
    default:
        return call.refuse();
    }
}

bool sign(FunctionCall& call)
{
    const Value& value = call.at(0);
    switch (value.type()) {
    case ValueType::Int:
        return call.give(Value::fromInt(value.toInt() > 0 ? 1 : value.toInt() < 0 ? -1 : 0));
    case ValueType::UInt:
        return call.give(Value::fromUInt(value.toUInt() > 0 ? 1 : 0));
    case ValueType::Double: {
        const double number = value.toDouble();
        return call.give(Value::fromDouble(number > 0 ? 1 : number < 0 ? -1 : number));
    }
    default:
        return call.refuse();
    }
}

bool squareRoot(FunctionCall& call)
{
    const Value& value = call.at(0);
    switch (value.type()) {
    case ValueType::Int:
        return call.give(Value::fromDouble(std::sqrt(static_cast<double>(value.toInt()))));
    case ValueType::UInt:
        return call.give(Value::fromDouble(std::sqrt(static_cast<double>(value.toUInt()))));
    case ValueType::Double:
        return call.give(Value::fromDouble(std::sqrt(value.toDouble())));
    default:
        return call.refuse();
    }
}

constexpr quint8 any = 255;

constexpr std::array<Function, 12> functions { {
    { "math.greatest", false, 1, any, extreme<true> },
    { "math.least", false, 1, any, extreme<false> },
    { "math.ceil", false, 1, 1, ofDouble<ceiling> },
    { "math.floor", false, 1, 1, ofDouble<floored> },
    { "math.round", false, 1, 1, ofDouble<rounded> },
    { "math.trunc", false, 1, 1, ofDouble<truncated> },
    { "math.abs", false, 1, 1, absolute },
    { "math.sign", false, 1, 1, sign },
    { "math.sqrt", false, 1, 1, squareRoot },
    { "math.isNaN", false, 1, 1, testDouble<isNaN> },
    { "math.isInf", false, 1, 1, testDouble<isInfinite> },
    { "math.isFinite", false, 1, 1, testDouble<isFinite> },
} };

} // namespace

std::span<const Function> mathFunctions()
{
    return functions;
}

} // namespace eventloupe
