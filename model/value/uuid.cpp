#include "value/uuid.h"

#include <QDateTime>
#include <QRandomGenerator>

namespace eventloupe {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";

constexpr quint8 noDigit = 0xff;

/// What a character stands for; upper case is not canonical.
constexpr std::array<quint8, 256> makeDigitValues()
{
    std::array<quint8, 256> values {};
    values.fill(noDigit);
    for (std::size_t i = 0; i < hexDigits.size(); ++i)
        values[static_cast<unsigned char>(hexDigits[i])] = static_cast<quint8>(i);
    return values;
}

constexpr auto digitValues = makeDigitValues();
constexpr std::array<std::size_t, 4> dashes { 8, 13, 18, 23 };
/// Where the two digits of each byte stand.
constexpr std::array<std::size_t, 16> bytePlaces { 0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28,
    30, 32, 34 };

/// Milliseconds and a counter within them, growing with each call of a thread even when the
/// clock is set back (RFC 9562, 6.2, method 1).
struct Sequence {
    quint64 milliseconds = 0;
    quint64 counter = 0;

    void next(quint64 random)
    {
        constexpr quint64 counterLimit = 1 << 12;
        const auto now = static_cast<quint64>(QDateTime::currentMSecsSinceEpoch());
        if (now > milliseconds) {
            milliseconds = now;
            counter = random % (counterLimit / 2);
        } else if (++counter == counterLimit) {
            ++milliseconds;
            counter = 0;
        }
    }
};

} // namespace

QString makeUuidV7()
{
    thread_local Sequence sequence;
    const quint64 random = QRandomGenerator::system()->generate64();
    sequence.next(random >> 48);
    const quint64 high = sequence.milliseconds << 16 | 0x7000 | sequence.counter;
    const quint64 low = (QRandomGenerator::system()->generate64() >> 2) | quint64(1) << 63;
    std::array<unsigned char, 16> bytes {};
    for (std::size_t i = 0; i < 8; ++i) {
        bytes[i] = static_cast<unsigned char>(high >> (56 - 8 * i));
        bytes[8 + i] = static_cast<unsigned char>(low >> (56 - 8 * i));
    }
    return QString::fromLatin1(unpackUuid(bytes.data()));
}

std::optional<std::array<unsigned char, 16>> packUuid(std::string_view text)
{
    if (text.size() != uuidLength) {
        return std::nullopt;
    }
    for (const std::size_t dash : dashes) {
        if (text[dash] != '-') {
            return std::nullopt;
        }
    }
    std::array<unsigned char, 16> bytes {};
    unsigned bad = 0; // has a high bit where some character is no digit
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const unsigned high = digitValues[static_cast<unsigned char>(text[bytePlaces[i]])];
        const unsigned low = digitValues[static_cast<unsigned char>(text[bytePlaces[i] + 1])];
        bad |= high | low;
        bytes[i] = static_cast<unsigned char>(high << 4 | low);
    }
    if (bad > 15) {
        return std::nullopt;
    }
    return bytes;
}

void unpackUuid(const unsigned char* bytes, char* text)
{
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *text++ = '-';
        *text++ = hexDigits[bytes[i] >> 4];
        *text++ = hexDigits[bytes[i] & 15];
    }
}

QByteArray unpackUuid(const unsigned char* bytes)
{
    QByteArray text(static_cast<qsizetype>(uuidLength), Qt::Uninitialized);
    unpackUuid(bytes, text.data());
    return text;
}

} // namespace eventloupe
