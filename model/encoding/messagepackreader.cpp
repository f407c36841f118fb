#include "encoding/bytecursor.h"
#include "encoding/digits.h"
#include "encoding/readers.h"

#include <bit>

namespace eventloupe {

namespace {

/// A container that is being read.
struct Level {
    quint64 left; ///< Elements or members.
    bool isMap;
};

/// The names of the formats are those of the specification.
class MessagePackReader {
public:
    explicit MessagePackReader(std::string_view bytes)
        : m_cursor(bytes)
    {
    }

    Result<void> read(JsonSink& sink)
    {
        value(sink, 0);
        return m_cursor.outcome(sink);
    }

private:
    bool value(JsonSink& sink, int nestedKeys)
    {
        std::vector<Level> levels;
        do {
            if (!levels.empty()) {
                --levels.back().left;
                if (levels.back().isMap && !key(sink, nestedKeys))
                    return false;
            }
            if (!item(sink, levels) || !sink.good())
                return false;
            while (!levels.empty() && levels.back().left == 0) {
                levels.back().isMap ? sink.endObject() : sink.endArray();
                levels.pop_back();
            }
        } while (!levels.empty());
        return true;
    }

    bool key(JsonSink& sink, int nestedKeys)
    {
        const auto start = m_cursor.at();
        quint8 format = 0;
        quint64 size = 0;
        std::string_view text;
        if (!m_cursor.take(format))
            return false;
        if (isText(format, size)) {
            if (!m_cursor.take(size, text))
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

    /// Whether it is a fixstr, str 8, str 16 or str 32, whose size then is taken.
    bool isText(quint8 format, quint64& size)
    {
        if ((format & 0xe0) == 0xa0) {
            size = format & 0x1f;
            return true;
        }
        return format >= 0xd9 && format <= 0xdb && takeSize(format - 0xd9, size);
    }

    /// A number of 1, 2, 4 or 8 bytes: 2^power.
    bool takeSize(int power, quint64& size)
    {
        std::string_view bytes;
        if (!m_cursor.take(quint64(1) << power, bytes))
            return false;
        size = 0;
        for (const char byte : bytes)
            size = size << 8 | static_cast<unsigned char>(byte);
        return true;
    }

    bool item(JsonSink& sink, std::vector<Level>& levels)
    {
        const auto start = m_cursor.at();
        quint8 format = 0;
        quint64 size = 0;
        if (!m_cursor.take(format))
            return false;
        if (format <= 0x7f || format >= 0xe0) {
            sink.integer(static_cast<qint8>(format));
            return true;
        }
        if (format <= 0x9f)
            return begin(sink, levels, format <= 0x8f, format & 0x0f);
        if (isText(format, size))
            return text(sink, size);
        switch (format) {
        case 0xc0:
            sink.null();
            return true;
        case 0xc2:
        case 0xc3:
            sink.boolean(format == 0xc3);
            return true;
        case 0xc4:
        case 0xc5:
        case 0xc6:
            return takeSize(format - 0xc4, size) && binary(sink, size);
        case 0xc7:
        case 0xc8:
        case 0xc9:
            return takeSize(format - 0xc7, size) && extension(sink, size);
        case 0xdc:
        case 0xdd:
            return takeSize(format - 0xdb, size) && begin(sink, levels, false, size);
        case 0xde:
        case 0xdf:
            return takeSize(format - 0xdd, size) && begin(sink, levels, true, size);
        default:
            break;
        }
        if (format >= 0xd4 && format <= 0xd8)
            return extension(sink, quint64(1) << (format - 0xd4));
        if (format >= 0xca && format <= 0xd3)
            return number(sink, format);
        m_cursor.goBackTo(start);
        return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "no value of MessagePack begins so"));
    }

    bool number(JsonSink& sink, quint8 format)
    {
        quint64 bits = 0;
        if (format >= 0xd0) {
            const int power = format - 0xd0;
            if (!takeSize(power, bits))
                return false;
            const int unused = 64 - (8 << power);
            sink.integer(static_cast<qint64>(bits << unused) >> unused);
        } else if (format >= 0xcc) {
            if (!takeSize(format - 0xcc, bits))
                return false;
            sink.natural(bits);
        } else if (format == 0xcb) {
            if (!takeSize(3, bits))
                return false;
            sink.real(std::bit_cast<double>(bits));
        } else {
            if (!takeSize(2, bits))
                return false;
            sink.real(double(std::bit_cast<float>(static_cast<quint32>(bits))));
        }
        return true;
    }

    static bool begin(JsonSink& sink, std::vector<Level>& levels, bool isMap, quint64 size)
    {
        isMap ? sink.beginObject() : sink.beginArray();
        levels.push_back({ size, isMap });
        return true;
    }

    bool text(JsonSink& sink, quint64 size)
    {
        std::string_view bytes;
        if (!m_cursor.take(size, bytes))
            return false;
        sink.text(bytes);
        return true;
    }

    bool binary(JsonSink& sink, quint64 size)
    {
        std::string_view bytes;
        if (!m_cursor.take(size, bytes))
            return false;
        sink.bytes(bytes);
        return true;
    }

    bool extension(JsonSink& sink, quint64 size)
    {
        quint8 type = 0;
        std::string_view bytes;
        if (!m_cursor.take(type) || !m_cursor.take(size, bytes))
            return false;
        constexpr qint8 timestamp = -1;
        if (const auto time = timeOf(bytes);
            static_cast<qint8>(type) == timestamp && !time.empty()) {
            sink.text(time);
            return true;
        }
        sink.beginObject();
        sink.key("$ext");
        sink.integer(static_cast<qint8>(type));
        sink.key("$bytes");
        sink.base64(bytes);
        sink.endObject();
        return true;
    }

    /// timestamp 32, 64 or 96; "" for all else.
    static std::string timeOf(std::string_view bytes)
    {
        ByteCursor cursor(bytes);
        quint32 small = 0;
        quint64 large = 0;
        switch (bytes.size()) {
        case 4:
            cursor.take(small);
            return timeText(small, 0);
        case 8:
            cursor.take(large);
            return timeText(static_cast<qint64>(large & 0x3'ffff'ffff), quint32(large >> 34));
        case 12:
            cursor.take(small);
            cursor.take(large);
            return timeText(static_cast<qint64>(large), small);
        default:
            return {};
        }
    }

    ByteCursor m_cursor;
};

} // namespace

Result<void> readMessagePack(std::string_view bytes, JsonSink& sink)
{
    return MessagePackReader(bytes).read(sink);
}

} // namespace eventloupe
