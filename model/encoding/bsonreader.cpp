#include "encoding/bytecursor.h"
#include "encoding/digits.h"
#include "encoding/readers.h"

#include <bit>

namespace eventloupe {

namespace {

/// The numbers of bsonspec.org.
enum Type : quint8 {
    Double = 0x01,
    String = 0x02,
    Document = 0x03,
    Array = 0x04,
    Binary = 0x05,
    Undefined = 0x06,
    ObjectId = 0x07,
    Boolean = 0x08,
    DateTime = 0x09,
    Null = 0x0a,
    Regex = 0x0b,
    DbPointer = 0x0c,
    Code = 0x0d,
    Symbol = 0x0e,
    ScopedCode = 0x0f,
    Int32 = 0x10,
    Timestamp = 0x11,
    Int64 = 0x12,
    Decimal128 = 0x13,
    MinKey = 0xff,
    MaxKey = 0x7f,
};

struct Level {
    std::size_t end; ///< Behind its terminating 0.
    bool isArray;
};

/// What has no form in JSON is in that of MongoDB's Extended JSON: {"$oid":"..."}.
class BsonReader {
public:
    explicit BsonReader(std::string_view bytes)
        : m_cursor(bytes)
    {
    }

    Result<void> read(JsonSink& sink)
    {
        if (begin(sink, false))
            elements(sink);
        return m_cursor.outcome(sink);
    }

private:
    bool begin(JsonSink& sink, bool isArray)
    {
        constexpr quint32 least = 5;
        const auto start = m_cursor.at();
        quint32 size = 0;
        if (!m_cursor.takeLittle(size))
            return false;
        const auto end = start + size;
        const auto outer
            = m_levels.empty() ? start + sizeof size + m_cursor.left() : m_levels.back().end;
        if (size < least || end > outer)
            return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "the document's length is wrong"));
        isArray ? sink.beginArray() : sink.beginObject();
        m_levels.push_back({ end, isArray });
        return sink.good();
    }

    bool elements(JsonSink& sink)
    {
        while (!m_levels.empty()) {
            quint8 type = 0;
            if (!m_cursor.take(type))
                return false;
            if (type == 0) {
                if (m_cursor.at() != m_levels.back().end)
                    return m_cursor.fail(
                        QT_TRANSLATE_NOOP("Encoding", "the document's length is wrong"));
                m_levels.back().isArray ? sink.endArray() : sink.endObject();
                m_levels.pop_back();
                continue;
            }
            std::string_view name;
            if (!takeCString(name))
                return false;
            if (!m_levels.back().isArray)
                sink.key(name);
            if (!value(sink, type) || !sink.good())
                return false;
        }
        return true;
    }

    bool takeCString(std::string_view& text)
    {
        const auto end = m_cursor.rest().find('\0');
        std::string_view terminator;
        if (end == std::string_view::npos)
            return m_cursor.failAtEnd();
        return m_cursor.take(end, text) && m_cursor.take(1, terminator);
    }

    /// A string with its length before and a 0 behind it.
    bool takeString(std::string_view& text)
    {
        quint32 size = 0;
        if (!m_cursor.takeLittle(size))
            return false;
        if (size == 0 || !m_cursor.take(size, text) || text.back() != '\0')
            return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "the string's length is wrong"));
        text.remove_suffix(1);
        return true;
    }

    bool value(JsonSink& sink, quint8 type)
    {
        std::string_view part;
        quint32 small = 0;
        quint64 large = 0;
        switch (type) {
        case Double:
            if (!m_cursor.takeLittle(large))
                return false;
            sink.real(std::bit_cast<double>(large));
            return true;
        case String:
        case Code:
        case Symbol:
            if (!takeString(part))
                return false;
            sink.text(part);
            return true;
        case Document:
        case Array:
            return begin(sink, type == Array);
        case Binary:
            return binary(sink);
        case ObjectId:
            return objectId(sink);
        case Boolean:
            return boolean(sink);
        case DateTime:
            return m_cursor.takeLittle(large) && dateTime(sink, static_cast<qint64>(large));
        case Undefined:
            sink.lose(QT_TRANSLATE_NOOP("Encoding", "undefined is shown as null"));
            [[fallthrough]];
        case Null:
            sink.null();
            return true;
        case Int32:
            if (!m_cursor.takeLittle(small))
                return false;
            sink.integer(static_cast<qint32>(small));
            return true;
        case Int64:
            if (!m_cursor.takeLittle(large))
                return false;
            sink.integer(static_cast<qint64>(large));
            return true;
        default:
            return rareValue(sink, type);
        }
    }

    bool rareValue(JsonSink& sink, quint8 type)
    {
        std::string_view pattern;
        std::string_view options;
        quint64 large = 0;
        switch (type) {
        case Regex:
            if (!takeCString(pattern) || !takeCString(options))
                return false;
            pair(sink, "$regex", pattern, "$options", options);
            return true;
        case Timestamp:
            if (!m_cursor.takeLittle(large))
                return false;
            sink.beginObject();
            sink.key("$timestamp");
            sink.natural(large);
            sink.endObject();
            return true;
        case Decimal128:
            return decimal(sink);
        case MinKey:
        case MaxKey:
            sink.beginObject();
            sink.key(type == MinKey ? "$minKey" : "$maxKey");
            sink.integer(1);
            sink.endObject();
            return true;
        default:
            // DbPointer and ScopedCode are deprecated, and of no use in an event.
            return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "no value of BSON begins so"));
        }
    }

    static void pair(JsonSink& sink, const char* firstKey, std::string_view first,
        const char* secondKey, std::string_view second)
    {
        sink.beginObject();
        sink.key(firstKey);
        sink.text(first);
        sink.key(secondKey);
        sink.text(second);
        sink.endObject();
    }

    bool binary(JsonSink& sink)
    {
        quint32 size = 0;
        quint8 subtype = 0;
        std::string_view bytes;
        if (!m_cursor.takeLittle(size) || !m_cursor.take(subtype) || !m_cursor.take(size, bytes))
            return false;
        sink.bytes(bytes);
        return true;
    }

    bool objectId(JsonSink& sink)
    {
        constexpr quint64 size = 12;
        std::string_view bytes;
        if (!m_cursor.take(size, bytes))
            return false;
        const auto hex
            = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(size)).toHex();
        sink.beginObject();
        sink.key("$oid");
        sink.text({ hex.constData(), static_cast<std::size_t>(hex.size()) });
        sink.endObject();
        return true;
    }

    bool boolean(JsonSink& sink)
    {
        quint8 value = 0;
        if (!m_cursor.take(value))
            return false;
        if (value > 1)
            return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "a boolean must be 0 or 1"));
        sink.boolean(value == 1);
        return true;
    }

    static bool dateTime(JsonSink& sink, qint64 milliseconds)
    {
        constexpr qint64 thousand = 1000;
        constexpr quint32 million = 1'000'000;
        qint64 seconds = milliseconds / thousand;
        qint64 rest = milliseconds % thousand;
        if (rest < 0) {
            rest += thousand;
            --seconds;
        }
        const auto text = timeText(seconds, static_cast<quint32>(rest) * million);
        if (!text.empty()) {
            sink.text(text);
            return true;
        }
        sink.beginObject();
        sink.key("$date");
        sink.integer(milliseconds);
        sink.endObject();
        return true;
    }

    /// IEEE 754-2008 decimal128 with a binary integer significand.
    bool decimal(JsonSink& sink)
    {
        constexpr quint64 infinity = 0x78;
        constexpr quint64 notANumber = 0x7c;
        constexpr qint64 bias = 6176;
        quint64 low = 0;
        quint64 high = 0;
        if (!m_cursor.takeLittle(low) || !m_cursor.takeLittle(high))
            return false;
        const bool negative = high >> 63 != 0;
        const quint64 kind = (high >> 56) & notANumber;
        if (kind >= infinity) {
            sink.real(kind == infinity
                    ? (negative ? -1 : 1) * std::numeric_limits<double>::infinity()
                    : std::numeric_limits<double>::quiet_NaN());
            return true;
        }
        // With both first bits of the exponent set the significand is beyond 34 digits: it is zero.
        const bool isBeyond = ((high >> 61) & 3) == 3;
        const auto exponent = static_cast<qint64>((high >> (isBeyond ? 47 : 49)) & 0x3fff) - bias;
        std::array<char, 16> significand {};
        const quint64 top = isBeyond ? 0 : high & 0x1'ffff'ffff'ffff;
        for (std::size_t i = 0; i < 8 && !isBeyond; ++i) {
            significand[i] = static_cast<char>(top >> (56 - 8 * i));
            significand[8 + i] = static_cast<char>(low >> (56 - 8 * i));
        }
        const auto digits = digitsOf({ significand.data(), significand.size() });
        sink.spelled(decimalText(negative, digits, exponent));
        return true;
    }

    ByteCursor m_cursor;
    std::vector<Level> m_levels;
};

} // namespace

Result<void> readBson(std::string_view bytes, JsonSink& sink)
{
    return BsonReader(bytes).read(sink);
}

} // namespace eventloupe
