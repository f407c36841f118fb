#include "expression/functions.h"
#include "value/event.h"

#include <QCache>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

/// Patterns and texts beyond these are refused: matching may take time that grows with both.
constexpr std::size_t longestPattern = 1'000;
constexpr std::size_t longestSubject = 1'000'000;

bool areTexts(const FunctionCall& call)
{
    return std::all_of(call.arguments.begin(), call.arguments.end(),
        [](const Value& value) { return value.type() == ValueType::String; });
}

bool size(FunctionCall& call)
{
    const Value& value = call.at(0);
    switch (value.type()) {
    case ValueType::String: {
        const auto text = value.toView();
        const auto characters = std::count_if(text.begin(), text.end(),
            [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
        return call.give(Value::fromInt(characters));
    }
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
               call.at(0).toView().find(call.at(1).toView()) != std::string_view::npos))
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

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// Compiled patterns of this thread, the latest ones.
QRegularExpression compiled(std::string_view pattern)
{
    constexpr qsizetype keptPatterns = 64;
    thread_local QCache<QByteArray, QRegularExpression> cache(keptPatterns);
    const auto key = toBytes(pattern);
    if (const auto* known = cache.object(key)) {
        return *known;
    }
    QRegularExpression expression(textOf(pattern), QRegularExpression::UseUnicodePropertiesOption);
    cache.insert(key, new QRegularExpression(expression));
    return expression;
}

bool matches(FunctionCall& call)
{
    if (!areTexts(call)) {
        return call.refuse();
    }
    const auto subject = call.at(0).toView();
    const auto pattern = call.at(1).toView();
    if (pattern.size() > longestPattern || subject.size() > longestSubject) {
        return call.fail(FaultCode::TooMuchWork);
    }
    const auto expression = compiled(pattern);
    if (!expression.isValid()) {
        return call.fail(FaultCode::BadText, call.at(1));
    }
    const auto match = expression.match(textOf(subject));
    if (!match.isValid()) {
        return call.fail(FaultCode::TooMuchWork);
    }
    return call.give(Value::fromBool(match.hasMatch()));
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
