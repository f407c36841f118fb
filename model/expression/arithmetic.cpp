#include "expression/arithmetic.h"

#include "expression/duration.h"

#include <cmath>
#include <limits>

namespace eventloupe {

namespace {

__extension__ using Wide = __int128;

constexpr qint64 nanosecondsPerSecond = 1'000'000'000;

template <class T> const T* as(const Value& value)
{
    return std::get_if<T>(&value.content());
}

bool give(Value& result, Value value)
{
    result = std::move(value);
    return true;
}

bool fail(Fault& fault, FaultCode code, std::string_view what)
{
    fault.code = code;
    fault.what = what;
    return false;
}

bool refuse(Fault& fault, std::string_view what, const Value& left, const Value& right)
{
    fault.first = left.owned();
    fault.second = right.owned();
    return fail(fault, FaultCode::NoOverload, what);
}

bool isNumber(const Value& value)
{
    const auto type = value.type();
    return type == ValueType::Int || type == ValueType::UInt || type == ValueType::Double;
}

double asDouble(const Value& number)
{
    switch (number.type()) {
    case ValueType::Int:
        return static_cast<double>(number.toInt());
    case ValueType::UInt:
        return static_cast<double>(number.toUInt());
    default:
        return number.toDouble();
    }
}

/// Both are numbers and one of them is a double.
bool areMixed(const Value& left, const Value& right)
{
    return isNumber(left) && isNumber(right)
        && (left.type() == ValueType::Double || right.type() == ValueType::Double);
}

/// A checked operation on two ints or two uints, else on doubles; `failure` is what a checked
/// operation reports when it has no result.
template <class Checked, class Floating>
bool compute(std::string_view what, const Value& left, const Value& right, Value& result,
    Fault& fault, Checked checked, Floating floating)
{
    if (as<qint64>(left) != nullptr && as<qint64>(right) != nullptr) {
        qint64 value = 0;
        const FaultCode code = checked(left.toInt(), right.toInt(), value);
        return code == FaultCode::None ? give(result, Value::fromInt(value))
                                       : fail(fault, code, what);
    }
    if (areMixed(left, right)) {
        return give(result, Value::fromDouble(floating(asDouble(left), asDouble(right))));
    }
    if (as<quint64>(left) != nullptr && as<quint64>(right) != nullptr) {
        quint64 value = 0;
        const FaultCode code = checked(left.toUInt(), right.toUInt(), value);
        return code == FaultCode::None ? give(result, Value::fromUInt(value))
                                       : fail(fault, code, what);
    }
    return refuse(fault, what, left, right);
}

FaultCode overflow(bool overflowed)
{
    return overflowed ? FaultCode::OutOfRange : FaultCode::None;
}

template <class Integer> FaultCode divisible(Integer left, Integer right)
{
    if (right == 0) {
        return FaultCode::DivisionByZero;
    }
    if constexpr (std::is_signed_v<Integer>) {
        return overflow(left == std::numeric_limits<Integer>::min() && right == -1);
    }
    return FaultCode::None;
}

bool moved(std::string_view what, Instant instant, qint64 nanoseconds, Value& result, Fault& fault)
{
    const qint64 total = instant.nanoseconds + nanoseconds % nanosecondsPerSecond;
    const qint64 carry = total < 0 ? -1 : total / nanosecondsPerSecond;
    const Instant sum { instant.seconds + nanoseconds / nanosecondsPerSecond + carry,
        static_cast<qint32>(total - carry * nanosecondsPerSecond) };
    return isInRange(sum) ? give(result, Value(Value::Content(sum)))
                          : fail(fault, FaultCode::OutOfRange, what);
}

bool joinLists(const Value& left, const Value& right, Value& result)
{
    std::vector<Value> items;
    items.reserve(static_cast<std::size_t>(left.size() + right.size()));
    for (const Value* list : { &left, &right }) {
        for (qsizetype i = 0; i < list->size(); ++i) {
            items.push_back(list->at(i).owned());
        }
    }
    return give(result, Value::fromList(std::move(items)));
}

QByteArray joined(const Value& left, const Value& right)
{
    const auto first = left.toView();
    const auto second = right.toView();
    QByteArray text;
    text.reserve(static_cast<qsizetype>(first.size() + second.size()));
    text.append(first.data(), static_cast<qsizetype>(first.size()));
    text.append(second.data(), static_cast<qsizetype>(second.size()));
    return text;
}

/// Nanoseconds between two moments; false when a duration cannot hold them.
bool difference(Instant left, Instant right, qint64& result)
{
    const auto seconds = static_cast<Wide>(left.seconds) - right.seconds;
    const auto total = seconds * nanosecondsPerSecond + left.nanoseconds - right.nanoseconds;
    result = static_cast<qint64>(total);
    return total == result;
}

bool addOthers(const Value& left, const Value& right, Value& result, Fault& fault)
{
    const auto* leftTime = as<Instant>(left);
    const auto* rightTime = as<Instant>(right);
    const auto* leftLength = as<Duration>(left);
    const auto* rightLength = as<Duration>(right);
    if (leftTime != nullptr && rightLength != nullptr) {
        return moved("+", *leftTime, rightLength->nanoseconds, result, fault);
    }
    if (leftLength != nullptr && rightTime != nullptr) {
        return moved("+", *rightTime, leftLength->nanoseconds, result, fault);
    }
    if (leftLength != nullptr && rightLength != nullptr) {
        qint64 sum = 0;
        return __builtin_add_overflow(leftLength->nanoseconds, rightLength->nanoseconds, &sum)
            ? fail(fault, FaultCode::OutOfRange, "+")
            : give(result, Value::fromDuration({ sum }));
    }
    return refuse(fault, "+", left, right);
}

} // namespace

bool addValues(const Value& left, const Value& right, Value& result, Fault& fault)
{
    const ValueType type = left.type();
    if (type == right.type()) {
        if (type == ValueType::String) {
            return give(result, Value::fromString(joined(left, right)));
        }
        if (type == ValueType::Bytes) {
            return give(result, Value::fromBytes(joined(left, right)));
        }
        if (type == ValueType::List) {
            return joinLists(left, right, result);
        }
    }
    if (type == ValueType::Timestamp || type == ValueType::Duration) {
        return addOthers(left, right, result, fault);
    }
    return compute(
        "+", left, right, result, fault,
        [](auto a, auto b, auto& sum) { return overflow(__builtin_add_overflow(a, b, &sum)); },
        [](double a, double b) { return a + b; });
}

bool subtractValues(const Value& left, const Value& right, Value& result, Fault& fault)
{
    const auto* leftTime = as<Instant>(left);
    const auto* rightTime = as<Instant>(right);
    const auto* leftLength = as<Duration>(left);
    const auto* rightLength = as<Duration>(right);
    qint64 nanoseconds = 0;
    if (rightLength != nullptr && (leftTime != nullptr || leftLength != nullptr)) {
        const qint64 base = leftLength != nullptr ? leftLength->nanoseconds : 0;
        if (__builtin_sub_overflow(base, rightLength->nanoseconds, &nanoseconds)) {
            return fail(fault, FaultCode::OutOfRange, "-");
        }
        return leftTime != nullptr ? moved("-", *leftTime, nanoseconds, result, fault)
                                   : give(result, Value::fromDuration({ nanoseconds }));
    }
    if (leftTime != nullptr && rightTime != nullptr) {
        return difference(*leftTime, *rightTime, nanoseconds)
            ? give(result, Value::fromDuration({ nanoseconds }))
            : fail(fault, FaultCode::OutOfRange, "-");
    }
    return compute(
        "-", left, right, result, fault,
        [](auto a, auto b, auto& rest) { return overflow(__builtin_sub_overflow(a, b, &rest)); },
        [](double a, double b) { return a - b; });
}

bool multiplyValues(const Value& left, const Value& right, Value& result, Fault& fault)
{
    return compute(
        "*", left, right, result, fault,
        [](auto a, auto b, auto& product) {
            return overflow(__builtin_mul_overflow(a, b, &product));
        },
        [](double a, double b) { return a * b; });
}

bool divideValues(const Value& left, const Value& right, Value& result, Fault& fault)
{
    return compute(
        "/", left, right, result, fault,
        [](auto a, auto b, auto& quotient) {
            const FaultCode code = divisible(a, b);
            quotient = code == FaultCode::None ? a / b : 0;
            return code;
        },
        [](double a, double b) { return a / b; });
}

bool remainderOfValues(const Value& left, const Value& right, Value& result, Fault& fault)
{
    return compute(
        "%", left, right, result, fault,
        [](auto a, auto b, auto& rest) {
            const FaultCode code = divisible(a, b);
            rest = code == FaultCode::None ? a % b : 0;
            return code;
        },
        [](double a, double b) { return std::fmod(a, b); });
}

bool negateValue(const Value& operand, Value& result, Fault& fault)
{
    if (const auto* integer = as<qint64>(operand)) {
        return *integer == std::numeric_limits<qint64>::min()
            ? fail(fault, FaultCode::OutOfRange, "-")
            : give(result, Value::fromInt(-*integer));
    }
    if (operand.type() == ValueType::Double) {
        return give(result, Value::fromDouble(-operand.toDouble()));
    }
    return refuse(fault, "-", operand, Value::fromType(ValueType::Type));
}

} // namespace eventloupe
