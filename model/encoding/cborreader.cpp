#include "encoding/cborreader.h"

#include "encoding/readers.h"

#include <QFloat16>

#include <bit>

namespace eventloupe {

namespace {

constexpr quint8 breakByte = 0xff;

} // namespace

Result<void> CborReader::read(JsonSink& sink)
{
    value(sink, 0);
    return m_cursor.outcome(sink);
}

bool CborReader::value(JsonSink& sink, int nestedKeys)
{
    Levels levels;
    do {
        if (!levels.empty()) {
            --levels.back().left;
            if (levels.back().shape == Shape::Map && !key(sink, nestedKeys))
                return false;
        }
        if (!item(sink, levels) || !sink.good())
            return false;
        endLevels(sink, levels);
    } while (!levels.empty());
    return sink.good();
}

void CborReader::endLevels(JsonSink& sink, Levels& levels)
{
    while (!levels.empty()) {
        const Level& level = levels.back();
        const bool isDone
            = level.isOpen ? m_cursor.take(static_cast<char>(breakByte)) : level.left == 0;
        if (!isDone)
            return;
        level.shape == Shape::Array ? sink.endArray() : sink.endObject();
        levels.pop_back();
    }
}

bool CborReader::key(JsonSink& sink, int nestedKeys)
{
    const auto start = m_cursor.at();
    Head head;
    if (!takeHead(head))
        return false;
    if (head.major == Text) {
        QByteArray held;
        std::string_view text;
        if (!takeString(head, held, text))
            return false;
        sink.key(text);
        return true;
    }
    m_cursor.goBackTo(start);
    if (nestedKeys == mostNestedKeys)
        return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "keys of keys are nested too deep"));
    JsonSink inner(sink.limits());
    if (!value(inner, nestedKeys + 1) && inner.good())
        return false;
    sink.keyFrom(inner);
    return sink.good();
}

bool CborReader::takeHead(Head& head)
{
    constexpr quint8 oneByte = 24;
    constexpr quint8 reserved = 28;
    quint8 first = 0;
    if (!m_cursor.take(first))
        return false;
    head.major = first >> 5;
    head.info = first & 31;
    head.argument = head.info;
    if (head.info < oneByte)
        return true;
    if (head.isOpen()) {
        const bool mayBeOpen = head.major >= Bytes && head.major <= Map;
        return mayBeOpen
            || m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "this has no indefinite length"));
    }
    if (head.info >= reserved)
        return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "no item of CBOR begins so"));
    std::string_view bytes;
    if (!m_cursor.take(quint64(1) << (head.info - oneByte), bytes))
        return false;
    head.argument = 0;
    for (const char byte : bytes)
        head.argument = head.argument << 8 | static_cast<unsigned char>(byte);
    return true;
}

bool CborReader::item(JsonSink& sink, Levels& levels)
{
    Head head;
    do {
        if (!takeHead(head))
            return false;
    } while (head.major == Tagged && isPassedOver(head.argument));
    switch (head.major) {
    case Natural:
        sink.natural(head.argument);
        return true;
    case Negative:
        if (head.argument <= quint64(std::numeric_limits<qint64>::max())) {
            sink.integer(-1 - static_cast<qint64>(head.argument));
        } else if (head.argument == std::numeric_limits<quint64>::max()) {
            sink.spelled("-18446744073709551616");
        } else {
            sink.spelled('-' + std::to_string(head.argument + 1));
        }
        return true;
    case Bytes:
    case Text:
        return string(sink, head);
    case Array:
    case Map:
        return begin(sink, levels, head);
    case Tagged:
        return tag(sink, levels, head.argument);
    default:
        return simple(sink, head);
    }
}

bool CborReader::begin(JsonSink& sink, Levels& levels, const Head& head)
{
    const bool isMap = head.major == Map;
    isMap ? sink.beginObject() : sink.beginArray();
    levels.push_back({ head.argument, isMap ? Shape::Map : Shape::Array, head.isOpen() });
    return true;
}

bool CborReader::string(JsonSink& sink, const Head& head)
{
    QByteArray held;
    std::string_view part;
    if (!takeString(head, held, part))
        return false;
    head.major == Text ? sink.text(part) : sink.bytes(part);
    return true;
}

/// One of indefinite length is put together from its chunks.
bool CborReader::takeString(const Head& head, QByteArray& held, std::string_view& part)
{
    if (!head.isOpen())
        return m_cursor.take(head.argument, part);
    while (!m_cursor.take(static_cast<char>(breakByte))) {
        Head chunk;
        if (!takeHead(chunk))
            return false;
        if (chunk.major != head.major || chunk.isOpen())
            return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "this is no part of a string"));
        if (!m_cursor.take(chunk.argument, part))
            return false;
        held.append(part.data(), static_cast<qsizetype>(part.size()));
    }
    part = { held.constData(), static_cast<std::size_t>(held.size()) };
    return true;
}

bool CborReader::simple(JsonSink& sink, const Head& head)
{
    enum : quint8 { False = 20, True, Null, Undefined, OneByte, Half, Float, Double };
    constexpr quint64 leastOfOneByte = 32;
    switch (head.info) {
    case False:
    case True:
        sink.boolean(head.info == True);
        return true;
    case Undefined:
        sink.lose(QT_TRANSLATE_NOOP("Encoding", "undefined is shown as null"));
        [[fallthrough]];
    case Null:
        sink.null();
        return true;
    case Half:
        sink.real(double(float(std::bit_cast<qfloat16>(static_cast<quint16>(head.argument)))));
        return true;
    case Float:
        sink.real(double(std::bit_cast<float>(static_cast<quint32>(head.argument))));
        return true;
    case Double:
        sink.real(std::bit_cast<double>(head.argument));
        return true;
    default:
        break;
    }
    if (head.info == OneByte && head.argument < leastOfOneByte)
        return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "no item of CBOR begins so"));
    sink.beginObject();
    sink.key("$simple");
    sink.natural(head.argument);
    sink.endObject();
    return true;
}

Result<void> readCbor(std::string_view bytes, JsonSink& sink)
{
    return CborReader(bytes).read(sink);
}

} // namespace eventloupe
