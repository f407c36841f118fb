#include "value/uuid.h"

#include <QDateTime>
#include <QRandomGenerator>

namespace eventloupe {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";
constexpr std::size_t uuidLength = 36;

constexpr bool isDash(std::size_t index)
{
    return index == 8 || index == 13 || index == 18 || index == 23;
}

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
    std::array<unsigned char, 16> bytes {};
    std::size_t nibble = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isDash(i)) {
            if (text[i] != '-') {
                return std::nullopt;
            }
            continue;
        }
        const auto digit = hexDigits.find(text[i]);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        bytes[nibble / 2] = static_cast<unsigned char>(bytes[nibble / 2] << 4 | digit);
        ++nibble;
    }
    return bytes;
}

QByteArray unpackUuid(const unsigned char* bytes)
{
    QByteArray text;
    text.reserve(uuidLength);
    for (std::size_t i = 0; i < 16; ++i) {
        if (isDash(static_cast<std::size_t>(text.size()))) {
            text.append('-');
        }
        text.append(hexDigits[bytes[i] >> 4]);
        text.append(hexDigits[bytes[i] & 15]);
    }
    return text;
}

} // namespace eventloupe
