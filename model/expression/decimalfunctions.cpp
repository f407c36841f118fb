#include "expression/decimal.h"
#include "expression/functions.h"

#include <array>
#include <charconv>

namespace eventloupe {

namespace {

/// The number that an argument is: a text, or a number of any kind. A double is what it was written
/// as in JSON, or the shortest text that is read as it.
bool take(FunctionCall& call, const Value& value, Decimal& number)
{
    std::array<char, 32> written {};
    std::string_view text;
    const auto write = [&](auto plain) {
        const auto end = std::to_chars(written.data(), written.data() + written.size(), plain).ptr;
        text = { written.data(), static_cast<std::size_t>(end - written.data()) };
    };
    switch (value.type()) {
    case ValueType::String:
        text = value.toView();
        break;
    case ValueType::Int:
        write(value.toInt());
        break;
    case ValueType::UInt:
        write(value.toUInt());
        break;
    case ValueType::Double:
        if (value.json() != nullptr)
            text = value.json()->spelling();
        if (text.empty())
            write(value.toDouble());
        break;
    default:
        call.fail(FaultCode::NoOverload, value);
        call.fault.second = Value::fromType(ValueType::Type);
        return false;
    }
    // Reading takes a step for each byte.
    if (!call.spend(static_cast<qint64>(text.size())))
        return false;
    auto read = Decimal::parse(text);
    if (!read)
        return call.fail(FaultCode::BadText, value);
    number = std::move(*read);
    return true;
}

bool give(FunctionCall& call, const Decimal& number)
{
    if (number.isTooLong())
        return call.fail(FaultCode::OutOfRange);
    const std::string text = number.text();
    return call.give(
        Value::fromString(QByteArray(text.data(), static_cast<qsizetype>(text.size()))));
}

bool takeBoth(FunctionCall& call, Decimal& left, Decimal& right)
{
    return take(call, call.at(0), left) && take(call, call.at(1), right);
}

bool add(FunctionCall& call)
{
    Decimal left;
    Decimal right;
    return takeBoth(call, left, right) && give(call, left + right);
}

bool subtract(FunctionCall& call)
{
    Decimal left;
    Decimal right;
    return takeBoth(call, left, right) && give(call, left - right);
}

bool multiply(FunctionCall& call)
{
    Decimal left;
    Decimal right;
    return takeBoth(call, left, right)
        && call.spend(static_cast<qint64>(left.digits.size() * right.digits.size()))
        && give(call, left * right);
}

bool compare(FunctionCall& call)
{
    Decimal left;
    Decimal right;
    return takeBoth(call, left, right)
        && call.give(Value::fromInt(Decimal::compare(left, right)));
}

bool round(FunctionCall& call)
{
    if (call.at(1).type() != ValueType::Int)
        return call.refuse();
    const qint64 places = call.at(1).toInt();
    Decimal number;
    if (!take(call, call.at(0), number))
        return false;
    if (places < 0 || places > Decimal::mostDigits)
        return call.fail(FaultCode::OutOfRange);
    return give(call, number.rounded(static_cast<int>(places)));
}

bool sum(FunctionCall& call)
{
    const Value& list = call.at(0);
    if (list.type() != ValueType::List)
        return call.refuse();
    Decimal total;
    for (qsizetype i = 0; i < list.size(); ++i) {
        Decimal next;
        if (!take(call, list.at(i), next)
            || !call.spend(static_cast<qint64>(total.digits.size() + next.digits.size())))
            return false;
        total = total + next;
        if (total.isTooLong())
            return call.fail(FaultCode::OutOfRange);
    }
    return give(call, total);
}

constexpr std::array<Function, 6> functions { {
    { "decimal.add", false, 2, 2, add },
    { "decimal.subtract", false, 2, 2, subtract },
    { "decimal.multiply", false, 2, 2, multiply },
    { "decimal.compare", false, 2, 2, compare },
    { "decimal.round", false, 2, 2, round },
    { "decimal.sum", false, 1, 1, sum },
} };

} // namespace

std::span<const Function> decimalFunctions()
{
    return functions;
}

} // namespace eventloupe
