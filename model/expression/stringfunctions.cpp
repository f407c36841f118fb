#include "expression/functions.h"
#include "expression/patterns.h"
#include "expression/textsearch.h"
#include "expression/utf8.h"

#include <QElapsedTimer>

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

bool areTexts(const FunctionCall& call)
{
    return std::all_of(call.arguments.begin(), call.arguments.end(),
        [](const Value& value) { return value.type() == ValueType::String; });
}

bool size(FunctionCall& call)
{
    const Value& value = call.at(0);
    switch (value.type()) {
    case ValueType::String:
        return call.give(Value::fromInt(static_cast<qint64>(characters(value.toView()))));
    case ValueType::Bytes:
        return call.give(Value::fromInt(static_cast<qint64>(value.toView().size())));
    case ValueType::List:
    case ValueType::Map:
        return call.give(Value::fromInt(value.size()));
    default:
        return call.refuse();
    }
}

bool contains(FunctionCall& call)
{
    return areTexts(call) ? call.give(Value::fromBool(
               TextSearch(call.at(1).toView()).find(call.at(0).toView()) != std::string_view::npos))
                          : call.refuse();
}

bool startsWith(FunctionCall& call)
{
    return areTexts(call)
        ? call.give(Value::fromBool(call.at(0).toView().starts_with(call.at(1).toView())))
        : call.refuse();
}

bool endsWith(FunctionCall& call)
{
    return areTexts(call)
        ? call.give(Value::fromBool(call.at(0).toView().ends_with(call.at(1).toView())))
        : call.refuse();
}

bool matches(FunctionCall& call)
{
    if (!areTexts(call)) {
        return call.refuse();
    }
    constexpr qint64 ownBytes = 400; // What a match costs besides reading.
    if (!call.spend(ownBytes)) {
        return false;
    }
    PatternFault fault {};
    QElapsedTimer timer;
    timer.start();
    const auto found = matchesPattern(call.at(0).toView(), call.at(1).toView(), fault);
    // What goes back over its text again and again, or has to be compiled, pays by the time.
    constexpr qint64 usualMicroseconds = 10;
    constexpr qint64 bytesPerMicrosecond = 40;
    const qint64 taken = timer.nsecsElapsed() / 1000;
    if (taken > usualMicroseconds && !call.spend(taken * bytesPerMicrosecond)) {
        return false;
    }
    if (found) {
        return call.give(Value::fromBool(*found));
    }
    return fault == PatternFault::Malformed ? call.fail(FaultCode::BadText, call.at(1))
                                            : call.fail(FaultCode::TooMuchWork);
}

constexpr std::array<Function, 7> functions { {
    { "size", false, 1, 1, size },
    { "size", true, 1, 1, size },
    { "contains", true, 2, 2, contains },
    { "startsWith", true, 2, 2, startsWith },
    { "endsWith", true, 2, 2, endsWith },
    { "matches", true, 2, 2, matches },
    { "matches", false, 2, 2, matches },
} };

} // namespace

std::span<const Function> stringFunctions()
{
    return functions;
}

} // namespace eventloupe
