#include "encoding/cborreader.h"

#include "encoding/digits.h"
#include "value/uuid.h"

#include <bit>
#include <cmath>

namespace eventloupe {

namespace {

/// The numbers of tags: www.iana.org/assignments/cbor-tags.
enum Tag : quint64 {
    DateTime = 0,
    Epoch = 1,
    BigNatural = 2,
    BigNegative = 3,
    DecimalFraction = 4,
    Base64Url = 21,
    Base16 = 23,
    Uri = 32,
    MimeMessage = 36,
    Uuid = 37,
    Set = 258,
    FullDate = 1004,
    SelfDescribed = 55799,
};

} // namespace

bool CborReader::isPassedOver(quint64 tag)
{
    return tag == DateTime || (tag >= Base64Url && tag <= Base16)
        || (tag >= Uri && tag <= MimeMessage) || tag == Set || tag == FullDate
        || tag == SelfDescribed;
}

/// What has a form of its own is written; else the item after the tag is still to be read.
bool CborReader::tag(JsonSink& sink, Levels& levels, quint64 number)
{
    const auto start = m_cursor.at();
    if (taggedForm(sink, number))
        return true;
    m_cursor.goBackTo(start);
    sink.beginObject();
    sink.key("$tag");
    sink.natural(number);
    sink.key("value");
    levels.push_back({ 1, Shape::Tag, false });
    return true;
}

/// False where the item is not what the tag is for, or is cut off: it is read again then.
bool CborReader::taggedForm(JsonSink& sink, quint64 number)
{
    CborReader look(m_cursor.rest());
    Head head;
    if (!look.takeHead(head))
        return false;
    bool isWritten = false;
    switch (number) {
    case Epoch:
        isWritten = CborReader::epoch(sink, head);
        break;
    case BigNatural:
    case BigNegative:
        isWritten = look.bigInteger(sink, head, number == BigNegative);
        break;
    case DecimalFraction:
        isWritten = look.decimalFraction(sink, head);
        break;
    case Uuid:
        isWritten = look.uuid(sink, head);
        break;
    default:
        break;
    }
    std::string_view taken;
    return isWritten && m_cursor.take(look.m_cursor.at(), taken);
}

bool CborReader::epoch(JsonSink& sink, const Head& head)
{
    constexpr quint8 asDouble = 27;
    std::string text;
    if (head.major == Natural && head.argument <= quint64(std::numeric_limits<qint64>::max())) {
        text = timeText(static_cast<qint64>(head.argument), 0);
    } else if (head.major == Negative
        && head.argument <= quint64(std::numeric_limits<qint64>::max())) {
        text = timeText(-1 - static_cast<qint64>(head.argument), 0);
    } else if (head.major == Simple && head.info == asDouble) {
        // To the microsecond where that is the same double, else it stays a tagged number.
        constexpr double million = 1e6;
        const auto seconds = std::bit_cast<double>(head.argument);
        const double whole = std::floor(seconds);
        const double micros = std::round((seconds - whole) * million);
        if (std::abs(seconds) < 1e12 && micros < million && whole + micros / million == seconds)
            text = timeText(static_cast<qint64>(whole), static_cast<quint32>(micros) * 1000);
    }
    if (text.empty())
        return false;
    sink.text(text);
    return true;
}

bool CborReader::bigInteger(JsonSink& sink, const Head& head, bool negative)
{
    QByteArray held;
    std::string_view bytes;
    if (head.major != Bytes || !takeString(head, held, bytes))
        return false;
    writeInteger(sink, negative, bytes, negative);
    return true;
}

bool CborReader::decimalFraction(JsonSink& sink, const Head& head)
{
    Head exponent;
    if (head.major != Array || head.argument != 2 || head.isOpen() || !takeHead(exponent)
        || exponent.major > Negative
        || exponent.argument > quint64(std::numeric_limits<qint64>::max()))
        return false;
    const auto size = static_cast<qint64>(exponent.argument);
    bool negative = false;
    std::string digits;
    if (!takeMantissa(negative, digits))
        return false;
    sink.spelled(decimalText(negative, digits, exponent.major == Negative ? -1 - size : size));
    return true;
}

bool CborReader::takeMantissa(bool& negative, std::string& digits)
{
    constexpr std::size_t most = 64;
    Head head;
    if (!takeHead(head))
        return false;
    QByteArray held;
    std::string_view bytes;
    QByteArray small;
    if (head.major <= Negative) {
        negative = head.major == Negative;
        for (int shift = 56; shift >= 0; shift -= 8)
            small.append(static_cast<char>(head.argument >> shift));
        bytes = { small.constData(), static_cast<std::size_t>(small.size()) };
    } else {
        Head inner;
        negative = head.argument == BigNegative;
        if (head.major != Tagged || (head.argument != BigNatural && !negative) || !takeHead(inner)
            || inner.major != Bytes || !takeString(inner, held, bytes) || bytes.size() > most)
            return false;
    }
    digits = negative ? digitsOfNext(bytes) : digitsOf(bytes);
    return true;
}

bool CborReader::uuid(JsonSink& sink, const Head& head)
{
    constexpr std::size_t size = 16;
    std::string_view bytes;
    if (head.major != Bytes || head.argument != size || head.isOpen()
        || !m_cursor.take(head.argument, bytes))
        return false;
    const auto text = unpackUuid(reinterpret_cast<const unsigned char*>(bytes.data()));
    sink.text({ text.constData(), uuidLength });
    return true;
}

} // namespace eventloupe
