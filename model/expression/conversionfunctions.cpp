#include "expression/duration.h"
#include "expression/functions.h"
#include "value/event.h"

#include <QStringDecoder>

#include <array>
#include <charconv>
#include <cmath>

namespace eventloupe {

namespace {

constexpr double int64Limit = 0x1p63;
constexpr double uint64Limit = 0x1p64;

/// The whole text as a number, or nothing.
template <class Number> std::optional<Number> parsed(std::string_view text)
{
    Number number {};
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-')) {
            return std::nullopt;
        }
    }
    const char* end = text.data() + text.size();
    const auto [stop, code] = std::from_chars(text.data(), end, number);
    return code == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

template <class Number> QByteArray written(Number number)
{
    std::array<char, 32> text {};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return { text.data(), end - text.data() };
}

bool toInt(FunctionCall& call)
{
    const Value& value = call.at(0);
    switch (value.type()) {
    case ValueType::Int:
        return call.give(value);
    case ValueType::UInt:
        return value.toUInt() < quint64(1) << 63
            ? call.give(Value::fromInt(static_cast<qint64>(value.toUInt())))
            : call.fail(FaultCode::OutOfRange);
    case ValueType::Double: {
        // Exactly -2^63 is refused as well, as the conformance suite has it.
        const double whole = value.toDouble();
        return whole > -int64Limit && whole < int64Limit
            ? call.give(Value::fromInt(static_cast<qint64>(whole)))
            : call.fail(FaultCode::OutOfRange);
    }
    case ValueType::String: {
        const auto number = parsed<qint64>(value.toView());
        return number ? call.give(Value::fromInt(*number)) : call.fail(FaultCode::BadText, value);
    }
    case ValueType::Timestamp:
        return call.give(Value::fromInt(std::get<Instant>(value.content()).seconds));
    default:
        return call.refuse();
    }
}

bool toUInt(FunctionCall& call)
{
    const Value& value = call.at(0);
    switch (value.type()) {
    case ValueType::UInt:
        return call.give(value);
    case ValueType::Int:
        return value.toInt() >= 0 ? call.give(Value::fromUInt(static_cast<quint64>(value.toInt())))
                                  : call.fail(FaultCode::OutOfRange);
    case ValueType::Double: {
        const double whole = value.toDouble();
        return whole > -1 && whole < uint64Limit
            ? call.give(Value::fromUInt(static_cast<quint64>(whole)))
            : call.fail(FaultCode::OutOfRange);
    }
    case ValueType::String: {
        const auto number = parsed<quint64>(value.toView());
        return number ? call.give(Value::fromUInt(*number)) : call.fail(FaultCode::BadText, value);
    }
    default:
        return call.refuse();
    }
}

bool toDouble(FunctionCall& call)
{
    const Value& value = call.at(0);
    switch (value.type()) {
    case ValueType::Double:
        return call.give(value);
    case ValueType::Int:
        return call.give(Value::fromDouble(static_cast<double>(value.toInt())));
    case ValueType::UInt:
        return call.give(Value::fromDouble(static_cast<double>(value.toUInt())));
    case ValueType::String: {
        const auto number = parsed<double>(value.toView());
        return number ? call.give(Value::fromDouble(*number))
                      : call.fail(FaultCode::BadText, value);
    }
    default:
        return call.refuse();
    }
}

QByteArray doubleText(double value)
{
    if (std::isinf(value)) {
        return value < 0 ? "-Inf" : "+Inf";
    }
    return std::isnan(value) ? "NaN" : written(value);
}

bool bytesToString(FunctionCall& call)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QByteArray bytes = call.at(0).toUtf8();
    const QString text = decoder(bytes);
    if (decoder.hasError() || text.toUtf8() != bytes) {
        return call.fail(FaultCode::BadText, call.at(0));
    }
    return call.give(Value::fromString(bytes));
}

bool toString(FunctionCall& call)
{
    const Value& value = call.at(0);
    switch (value.type()) {
    case ValueType::String:
        return call.give(value);
    case ValueType::Bool:
        return call.give(Value::fromString(value.toBool() ? "true" : "false"));
    case ValueType::Int:
        return call.give(Value::fromString(written(value.toInt())));
    case ValueType::UInt:
        return call.give(Value::fromString(written(value.toUInt())));
    case ValueType::Double: {
        const JsonValue* json = value.json();
        return call.give(Value::fromString(
            json != nullptr ? toBytes(json->spelling()) : doubleText(value.toDouble())));
    }
    case ValueType::Bytes:
        return bytesToString(call);
    case ValueType::Timestamp:
        return call.give(Value::fromString(instantText(std::get<Instant>(value.content()))));
    case ValueType::Duration:
        return call.give(Value::fromString(durationText(std::get<Duration>(value.content()))));
    default:
        return call.refuse();
    }
}

bool toBytesValue(FunctionCall& call)
{
    const Value& value = call.at(0);
    const bool fits = value.type() == ValueType::String || value.type() == ValueType::Bytes;
    return fits ? call.give(Value::fromBytes(value.toUtf8())) : call.refuse();
}

bool toBool(FunctionCall& call)
{
    const Value& value = call.at(0);
    if (value.type() == ValueType::Bool) {
        return call.give(value);
    }
    if (value.type() != ValueType::String) {
        return call.refuse();
    }
    const auto text = value.toView();
    for (const std::string_view yes : { "1", "t", "true", "TRUE", "True" }) {
        if (text == yes) {
            return call.give(Value::fromBool(true));
        }
    }
    for (const std::string_view no : { "0", "f", "false", "FALSE", "False" }) {
        if (text == no) {
            return call.give(Value::fromBool(false));
        }
    }
    return call.fail(FaultCode::BadText, value);
}

bool toTimestamp(FunctionCall& call)
{
    const Value& value = call.at(0);
    switch (value.type()) {
    case ValueType::Timestamp:
        return call.give(value);
    case ValueType::Int: {
        const Instant instant { value.toInt(), 0 };
        return isInRange(instant) ? call.give(Value(Value::Content(instant)))
                                  : call.fail(FaultCode::OutOfRange);
    }
    case ValueType::String: {
        const auto instant = parseInstant(value.toView());
        return instant ? call.give(Value(Value::Content(*instant)))
                       : call.fail(FaultCode::BadText, value);
    }
    default:
        return call.refuse();
    }
}

bool toDuration(FunctionCall& call)
{
    const Value& value = call.at(0);
    switch (value.type()) {
    case ValueType::Duration:
        return call.give(value);
    case ValueType::Int: {
        qint64 nanoseconds = 0;
        return __builtin_mul_overflow(value.toInt(), qint64(1'000'000'000), &nanoseconds)
            ? call.fail(FaultCode::OutOfRange)
            : call.give(Value::fromDuration({ nanoseconds }));
    }
    case ValueType::String: {
        const auto duration = parseDuration(value.toView());
        return duration ? call.give(Value::fromDuration(*duration))
                        : call.fail(FaultCode::BadText, value);
    }
    default:
        return call.refuse();
    }
}

bool typeOf(FunctionCall& call)
{
    return call.give(Value::fromType(call.at(0).type()));
}

bool same(FunctionCall& call)
{
    return call.give(call.at(0));
}

constexpr std::array<Function, 10> functions { {
    { "int", false, 1, 1, toInt },
    { "uint", false, 1, 1, toUInt },
    { "double", false, 1, 1, toDouble },
    { "string", false, 1, 1, toString },
    { "bytes", false, 1, 1, toBytesValue },
    { "bool", false, 1, 1, toBool },
    { "timestamp", false, 1, 1, toTimestamp },
    { "duration", false, 1, 1, toDuration },
    { "type", false, 1, 1, typeOf },
    { "dyn", false, 1, 1, same },
} };

} // namespace

std::span<const Function> conversionFunctions()
{
    return functions;
}

} // namespace eventloupe
