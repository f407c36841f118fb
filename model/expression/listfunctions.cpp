#include "expression/arithmetic.h"
#include "expression/functions.h"
#include "expression/utf8.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

/// Whether the first value is a list, and a new one of that many values may be made.
bool takesList(FunctionCall& call, qsizetype newItems)
{
    return call.at(0).type() == ValueType::List ? call.spend(newItems * qsizetype(sizeof(Value)))
                                                : call.refuse();
}

std::vector<Value> itemsOf(const Value& list, qsizetype first, qsizetype end)
{
    std::vector<Value> items;
    items.reserve(static_cast<std::size_t>(end - first));
    for (qsizetype i = first; i < end; ++i) {
        items.push_back(list.at(i).owned());
    }
    return items;
}

/// The first or the last one, as an optional.
template <bool last> bool endOf(FunctionCall& call)
{
    const Value& list = call.at(0);
    if (list.type() != ValueType::List) {
        return call.refuse();
    }
    return call.give(Value::fromOptional(list.size() == 0
            ? std::nullopt
            : std::optional(list.at(last ? list.size() - 1 : 0).owned())));
}

QByteArray turned(std::string_view text)
{
    QByteArray result;
    result.reserve(static_cast<qsizetype>(text.size()));
    std::size_t end = text.size();
    for (std::size_t at = end; at > 0;) {
        --at;
        if (startsCharacter(text[at])) {
            result.append(text.data() + at, static_cast<qsizetype>(end - at));
            end = at;
        }
    }
    return result;
}

/// Of a text as well.
bool reverse(FunctionCall& call)
{
    if (call.at(0).type() == ValueType::String) {
        return call.give(Value::fromString(turned(call.at(0).toView())));
    }
    if (!takesList(call, call.at(0).size())) {
        return false;
    }
    auto items = itemsOf(call.at(0), 0, call.at(0).size());
    std::reverse(items.begin(), items.end());
    return call.give(Value::fromList(std::move(items)));
}

bool slice(FunctionCall& call)
{
    const Value& list = call.at(0);
    if (call.at(1).type() != ValueType::Int || call.at(2).type() != ValueType::Int) {
        return call.refuse();
    }
    const qint64 first = call.at(1).toInt();
    const qint64 end = call.at(2).toInt();
    if (list.type() == ValueType::List && (first < 0 || first > end || end > list.size())) {
        call.fail(FaultCode::NoSuchIndex, call.at(first < 0 || first > list.size() ? 1 : 2));
        call.fault.second = Value::fromInt(list.size());
        return false;
    }
    return takesList(call, end - first) && call.give(Value::fromList(itemsOf(list, first, end)));
}

/// Texts, numbers, booleans, timestamps or durations, all of one kind.
bool sort(FunctionCall& call)
{
    const Value& list = call.at(0);
    qint64 rounds = 1;
    while (list.size() >> rounds > 0) {
        ++rounds;
    }
    const qint64 bytes = list.type() == ValueType::List ? list.writtenSize(*call.work * 8) : 0;
    if (!takesList(call, list.size()) || !call.spend(bytes * rounds)) {
        return false;
    }
    auto items = itemsOf(list, 0, list.size());
    for (const Value& item : items) {
        const auto order = compareValues(items.front(), item);
        if (!order || *order == std::partial_ordering::unordered) {
            call.fail(FaultCode::NoOverload, items.front());
            call.fault.second = item;
            return false;
        }
    }
    std::stable_sort(items.begin(), items.end(),
        [](const Value& left, const Value& right) { return *compareValues(left, right) < 0; });
    return call.give(Value::fromList(std::move(items)));
}

/// Without what is there before; each is compared with those that are kept.
bool distinct(FunctionCall& call)
{
    const Value& list = call.at(0);
    if (!takesList(call, list.size())) {
        return false;
    }
    std::vector<Value> kept;
    for (qsizetype i = 0; i < list.size(); ++i) {
        const Value item = list.at(i);
        const qint64 bytes = item.writtenSize(*call.work * 8);
        if (!call.spend(bytes * (std::ssize(kept) + 1))) {
            return false;
        }
        if (std::find(kept.begin(), kept.end(), item) == kept.end()) {
            kept.push_back(item.owned());
        }
    }
    return call.give(Value::fromList(std::move(kept)));
}

bool flattenInto(FunctionCall& call, const Value& list, qint64 depth, std::vector<Value>& items)
{
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (!call.spend(sizeof(Value))) {
            return false;
        }
        const Value item = list.at(i);
        if (item.type() != ValueType::List || depth == 0) {
            items.push_back(item.owned());
        } else if (!flattenInto(call, item, depth - 1, items)) {
            return false;
        }
    }
    return true;
}

bool flatten(FunctionCall& call)
{
    constexpr qint64 mostDepth = 100;
    const bool isGiven = call.arguments.size() == 2;
    if (call.at(0).type() != ValueType::List || (isGiven && call.at(1).type() != ValueType::Int)) {
        return call.refuse();
    }
    const qint64 depth = isGiven ? call.at(1).toInt() : 1;
    if (depth < 0 || depth > mostDepth) {
        return call.fail(FaultCode::OutOfRange);
    }
    std::vector<Value> items;
    return flattenInto(call, call.at(0), depth, items)
        && call.give(Value::fromList(std::move(items)));
}

bool range(FunctionCall& call)
{
    if (call.at(0).type() != ValueType::Int) {
        return call.refuse();
    }
    const qint64 count = call.at(0).toInt();
    constexpr qint64 itemBytes = sizeof(Value);
    if (count > *call.work || !call.spend(std::max<qint64>(count, 0) * itemBytes)) {
        return call.fail(FaultCode::TooMuchWork);
    }
    std::vector<Value> items;
    for (qint64 i = 0; i < count; ++i) {
        items.push_back(Value::fromInt(i));
    }
    return call.give(Value::fromList(std::move(items)));
}

/// As + between one after the other; 0 for an empty list.
bool sum(FunctionCall& call)
{
    const Value& list = call.at(0);
    if (list.type() != ValueType::List || !call.spend(list.size() * 8)) {
        return list.type() == ValueType::List ? false : call.refuse();
    }
    Value total = Value::fromInt(0);
    for (qsizetype i = 0; i < list.size(); ++i) {
        const Value item = list.at(i);
        const auto type = item.type();
        const bool fits = type == ValueType::Int || type == ValueType::UInt
            || type == ValueType::Double || type == ValueType::Duration;
        if (!fits) {
            call.fail(FaultCode::NoOverload, item);
            call.fault.second = Value::fromType(ValueType::Type);
            return false;
        }
        Value next = item;
        if (i > 0 && !addValues(total, item, next, call.fault)) {
            return false;
        }
        total = std::move(next);
    }
    return call.give(std::move(total));
}

constexpr std::array<Function, 9> functions { {
    { "first", true, 1, 1, endOf<false> },
    { "last", true, 1, 1, endOf<true> },
    { "reverse", true, 1, 1, reverse },
    { "slice", true, 3, 3, slice },
    { "sort", true, 1, 1, sort },
    { "distinct", true, 1, 1, distinct },
    { "flatten", true, 1, 2, flatten },
    { "sum", true, 1, 1, sum },
    { "lists.range", false, 1, 1, range },
} };

} // namespace

std::span<const Function> listFunctions()
{
    return functions;
}

} // namespace eventloupe
