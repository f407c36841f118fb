#include "expression/value.h"

#include "value/numbers.h"

namespace eventloupe {

namespace {

using Order = std::optional<std::partial_ordering>;

bool isNumber(ValueType type)
{
    return type == ValueType::Int || type == ValueType::UInt || type == ValueType::Double;
}

std::partial_ordering reversed(std::partial_ordering order)
{
    return 0 <=> order;
}

/// As doubles, even where an integer has no double of its own: the conformance suite has it so.
std::partial_ordering compareWithDouble(const Value& left, double right)
{
    switch (left.type()) {
    case ValueType::Int:
        return static_cast<double>(left.toInt()) <=> right;
    case ValueType::UInt:
        return static_cast<double>(left.toUInt()) <=> right;
    default:
        return left.toDouble() <=> right;
    }
}

std::partial_ordering compareNumeric(const Value& left, const Value& right)
{
    if (right.type() == ValueType::Double) {
        return compareWithDouble(left, right.toDouble());
    }
    if (left.type() == ValueType::Double) {
        return reversed(compareWithDouble(right, left.toDouble()));
    }
    if (left.type() == right.type()) {
        return left.type() == ValueType::Int ? left.toInt() <=> right.toInt()
                                             : left.toUInt() <=> right.toUInt();
    }
    return left.type() == ValueType::Int ? compareNumbers(left.toInt(), right.toUInt())
                                         : 0 <=> compareNumbers(right.toInt(), left.toUInt());
}

template <class T> std::partial_ordering compareAs(const Value& left, const Value& right)
{
    return std::get<T>(left.content()) <=> std::get<T>(right.content());
}

bool equalLists(const Value& left, const Value& right)
{
    if (left.size() != right.size()) {
        return false;
    }
    for (qsizetype i = 0; i < left.size(); ++i) {
        if (!(left.at(i) == right.at(i))) {
            return false;
        }
    }
    return true;
}

bool equalOptionals(const Value& left, const Value& right)
{
    const Value* first = left.held();
    const Value* second = right.held();
    return first != nullptr && second != nullptr ? *first == *second : first == second;
}

bool equalMaps(const Value& left, const Value& right)
{
    if (left.size() != right.size()) {
        return false;
    }
    for (qsizetype i = 0; i < left.size(); ++i) {
        const auto [key, value] = left.entryAt(i);
        const auto other = right.find(key);
        if (!other || !(value == *other)) {
            return false;
        }
    }
    return true;
}

} // namespace

std::optional<std::partial_ordering> compareValues(const Value& left, const Value& right)
{
    const ValueType type = left.type();
    if (isNumber(type) && isNumber(right.type())) {
        return compareNumeric(left, right);
    }
    if (type != right.type()) {
        return std::nullopt;
    }
    switch (type) {
    case ValueType::Bool:
        return int(left.toBool()) <=> int(right.toBool());
    case ValueType::String:
    case ValueType::Bytes:
        return left.toView() <=> right.toView();
    case ValueType::Timestamp:
        return compareAs<Instant>(left, right);
    case ValueType::Duration:
        return compareAs<Duration>(left, right);
    default:
        return std::nullopt;
    }
}

bool operator==(const Value& left, const Value& right)
{
    if (const auto order = compareValues(left, right)) {
        return *order == 0;
    }
    if (left.type() != right.type()) {
        return false;
    }
    if (left.json() != nullptr && right.json() != nullptr) {
        return *left.json() == *right.json(); // Without recursion, however deep.
    }
    switch (left.type()) {
    case ValueType::Null:
        return true;
    case ValueType::List:
        return equalLists(left, right);
    case ValueType::Map:
        return equalMaps(left, right);
    case ValueType::Optional:
        return equalOptionals(left, right);
    case ValueType::Type:
        return std::get<ValueType>(left.content()) == std::get<ValueType>(right.content());
    default:
        return false;
    }
}

} // namespace eventloupe
