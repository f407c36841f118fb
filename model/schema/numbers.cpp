#include "schema/numbers.h"

#include <cmath>
#include <limits>
#include <optional>

namespace eventloupe {

namespace {

__extension__ using Wide = unsigned __int128;

/// digits * 10^exponent; the sign does not matter to divisibility.
struct Decimal {
    quint64 digits = 0;
    int exponent = 0;
};

std::optional<Decimal> decimalOf(const JsonValue& value)
{
    const QByteArray text = value.toJson();
    Decimal decimal;
    bool fraction = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text.at(i);
        if (c == 'e' || c == 'E') {
            bool good = false;
            const int exponent = text.mid(i + 1).toInt(&good);
            if (!good || std::abs(exponent) > 100'000)
                return {};
            decimal.exponent += exponent;
            return decimal;
        }
        if (c == '.')
            fraction = true;
        if (c < '0' || c > '9')
            continue;
        if (decimal.digits > (std::numeric_limits<quint64>::max() - 9) / 10)
            return {};
        decimal.digits = decimal.digits * 10 + static_cast<quint64>(c - '0');
        decimal.exponent -= fraction ? 1 : 0;
    }
    return decimal;
}

quint64 multiplyModulo(quint64 left, quint64 right, quint64 modulus)
{
    return static_cast<quint64>(static_cast<Wide>(left) * right % modulus);
}

quint64 powerOfTenModulo(int exponent, quint64 modulus)
{
    quint64 result = 1 % modulus;
    quint64 base = 10 % modulus;
    for (; exponent > 0; exponent /= 2) {
        if (exponent % 2 == 1)
            result = multiplyModulo(result, base, modulus);
        base = multiplyModulo(base, base, modulus);
    }
    return result;
}

bool divides(Decimal divisor, Decimal value)
{
    if (value.digits == 0)
        return true;
    const int shift = value.exponent - divisor.exponent;
    if (shift >= 0) {
        return multiplyModulo(value.digits % divisor.digits,
                   powerOfTenModulo(shift, divisor.digits), divisor.digits)
            == 0;
    }
    // The divisor has zeros that the value lacks: once it is larger, it cannot divide it.
    for (int i = shift; i < 0; ++i) {
        if (divisor.digits > value.digits / 10)
            return false;
        divisor.digits *= 10;
    }
    return value.digits % divisor.digits == 0;
}

// Wide enough for every 64-bit integer and every double on the platforms that we build for.
long double toLongDouble(const JsonValue& value)
{
    switch (value.type()) {
    case JsonValue::Type::Int:
        return static_cast<long double>(value.toInt());
    case JsonValue::Type::UInt:
        return static_cast<long double>(value.toUInt());
    default:
        return static_cast<long double>(value.toDouble());
    }
}

} // namespace

bool isWholeNumber(const JsonValue& value)
{
    if (value.isInteger())
        return true;
    const double number = value.toDouble();
    return value.isNumber() && std::isfinite(number) && std::floor(number) == number;
}

int compareNumbers(const JsonValue& left, const JsonValue& right)
{
    const long double a = toLongDouble(left);
    const long double b = toLongDouble(right);
    return a < b ? -1 : (a > b ? 1 : 0);
}

bool isMultipleOf(const JsonValue& value, const JsonValue& divisor)
{
    const auto number = decimalOf(value);
    const auto step = decimalOf(divisor);
    if (number && step && step->digits > 0)
        return divides(*step, *number);
    return std::fmod(value.toDouble(), divisor.toDouble()) == 0;
}

} // namespace eventloupe
