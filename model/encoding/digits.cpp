#include "encoding/digits.h"

#include "value/timestamp.h"

#include <vector>

namespace eventloupe {

namespace {

/// Base 2^32, the least significant first.
using Limbs = std::vector<quint32>;

Limbs limbsOf(std::string_view bigEndian)
{
    Limbs limbs((bigEndian.size() + 3) / 4, 0);
    for (std::size_t i = 0; i < bigEndian.size(); ++i) {
        const quint32 byte = static_cast<unsigned char>(bigEndian[bigEndian.size() - 1 - i]);
        limbs[i / 4] |= byte << (8 * (i % 4));
    }
    return limbs;
}

void addOne(Limbs& limbs)
{
    for (quint32& limb : limbs) {
        if (++limb != 0)
            return;
    }
    limbs.push_back(1);
}

constexpr quint32 chunk = 1'000'000'000;
constexpr int chunkDigits = 9;

quint32 divideByChunk(Limbs& limbs)
{
    quint64 remainder = 0;
    for (auto limb = limbs.rbegin(); limb != limbs.rend(); ++limb) {
        const quint64 part = remainder << 32 | *limb;
        *limb = static_cast<quint32>(part / chunk);
        remainder = part % chunk;
    }
    while (!limbs.empty() && limbs.back() == 0)
        limbs.pop_back();
    return static_cast<quint32>(remainder);
}

std::string digitsOf(Limbs limbs)
{
    std::string reversed;
    while (!limbs.empty()) {
        quint32 part = divideByChunk(limbs);
        for (int i = 0; i < chunkDigits; ++i, part /= 10)
            reversed.push_back(static_cast<char>('0' + part % 10));
    }
    while (!reversed.empty() && reversed.back() == '0')
        reversed.pop_back();
    return reversed.empty() ? std::string("0") : std::string(reversed.rbegin(), reversed.rend());
}

} // namespace

std::string digitsOf(std::string_view bigEndian)
{
    return digitsOf(limbsOf(bigEndian));
}

std::string digitsOfNext(std::string_view bigEndian)
{
    auto limbs = limbsOf(bigEndian);
    addOne(limbs);
    return digitsOf(std::move(limbs));
}

std::string decimalText(bool negative, std::string_view digits, qint64 exponent)
{
    constexpr qint64 mostZeros = 40;
    while (digits.size() > 1 && digits.front() == '0')
        digits.remove_prefix(1);
    const auto count = static_cast<qint64>(digits.size());
    std::string text = negative ? "-" : "";
    if (exponent >= 0 && exponent <= mostZeros) {
        text += digits;
        // Zero has no zeros behind it in JSON.
        if (digits != "0")
            text.append(static_cast<std::size_t>(exponent), '0');
    } else if (exponent < 0 && exponent >= -(count + mostZeros)) {
        const auto fraction = static_cast<std::size_t>(-exponent);
        std::string padded(digits);
        if (padded.size() <= fraction)
            padded.insert(0, fraction + 1 - padded.size(), '0');
        padded.insert(padded.size() - fraction, 1, '.');
        text += padded;
    } else {
        text += digits;
        text += 'e' + std::to_string(exponent);
    }
    return text;
}

void writeInteger(JsonSink& sink, bool negative, std::string_view bigEndian, bool isFromMinusOne)
{
    while (!bigEndian.empty() && bigEndian.front() == '\0')
        bigEndian.remove_prefix(1);
    if (!sink.mayConvert(bigEndian.size())) {
        sink.lose(QT_TRANSLATE_NOOP("Encoding", "very large integers are shown as bytes"));
        sink.bytes(bigEndian);
        return;
    }
    const auto digits = isFromMinusOne ? digitsOfNext(bigEndian) : digitsOf(bigEndian);
    sink.spelled(negative && digits != "0" ? '-' + digits : digits);
}

std::string timeText(qint64 seconds, quint32 nanoseconds)
{
    constexpr qint64 first = -62'135'596'800; // 0001-01-01T00:00:00Z
    constexpr qint64 last = 253'402'300'799; // 9999-12-31T23:59:59Z
    if (seconds < first || seconds > last || nanoseconds >= chunk)
        return {};
    constexpr qint64 million = 1'000'000;
    constexpr std::size_t upToSeconds = 19;
    std::string text = Timestamp { seconds * million }.toRfc3339().left(upToSeconds).toStdString();
    if (nanoseconds != 0) {
        auto fraction = std::to_string(chunk + nanoseconds).substr(1);
        while (fraction.ends_with("000"))
            fraction.resize(fraction.size() - 3);
        text += '.' + fraction;
    }
    return text + 'Z';
}

} // namespace eventloupe
