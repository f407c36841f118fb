#include "encoding/bytecursor.h"
#include "encoding/digits.h"
#include "encoding/json5text.h"
#include "encoding/readers.h"
#include "value/jsonscan.h"

namespace eventloupe {

namespace {

/// The element types of sqlite.org/jsonb.html.
enum Type : quint8 {
    Null,
    True,
    False,
    Int,
    Int5,
    Float,
    Float5,
    Text,
    TextJ,
    Text5,
    TextRaw,
    Array,
    Object,
};

struct Level {
    std::size_t end;
    bool isObject;
};

class SqliteJsonbReader {
public:
    explicit SqliteJsonbReader(std::string_view bytes)
        : m_cursor(bytes)
    {
    }

    Result<void> read(JsonSink& sink)
    {
        elements(sink);
        return m_cursor.outcome(sink);
    }

private:
    bool elements(JsonSink& sink)
    {
        do {
            quint8 type = 0;
            if (isKeyNext() && (!takeHeader(type) || !key(sink, type)))
                return false;
            if (!takeHeader(type) || !element(sink, type) || !sink.good())
                return false;
            while (!m_levels.empty() && m_cursor.at() == m_levels.back().end) {
                m_levels.back().isObject ? sink.endObject() : sink.endArray();
                m_levels.pop_back();
            }
        } while (!m_levels.empty());
        return true;
    }

    [[nodiscard]] bool isKeyNext() const { return !m_levels.empty() && m_levels.back().isObject; }

    bool takeHeader(quint8& type)
    {
        constexpr unsigned mostWithin = 11;
        quint8 first = 0;
        if (!m_cursor.take(first))
            return false;
        type = first & 15;
        m_size = first >> 4;
        if (m_size > mostWithin) {
            std::string_view bytes;
            if (!m_cursor.take(quint64(1) << (m_size - mostWithin - 1), bytes))
                return false;
            m_size = 0;
            for (const char byte : bytes)
                m_size = m_size << 8 | static_cast<unsigned char>(byte);
        }
        const auto end = m_levels.empty() ? m_cursor.at() + m_cursor.left() : m_levels.back().end;
        return (m_cursor.at() <= end && m_size <= end - m_cursor.at())
            || m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "the element's length is wrong"));
    }

    bool key(JsonSink& sink, quint8 type)
    {
        if (type < Text || type > TextRaw)
            return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "a key must be a text"));
        std::string text;
        std::string_view payload;
        if (!m_cursor.take(m_size, payload))
            return false;
        if (type == Text || type == TextRaw) {
            sink.key(payload);
            return true;
        }
        if (!plainTextOf(payload, text))
            return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "this escape is none"));
        sink.key(text);
        return true;
    }

    bool element(JsonSink& sink, quint8 type)
    {
        std::string_view payload;
        if (type == Array || type == Object) {
            type == Object ? sink.beginObject() : sink.beginArray();
            m_levels.push_back(
                { m_cursor.at() + static_cast<std::size_t>(m_size), type == Object });
            // One that is empty ends at once.
            return m_size > 0 || endEmpty(sink);
        }
        if (!m_cursor.take(m_size, payload))
            return false;
        switch (type) {
        case Null:
            sink.null();
            return true;
        case True:
        case False:
            sink.boolean(type == True);
            return true;
        case Int:
        case Int5:
        case Float:
        case Float5:
            return number(sink, payload);
        case Text:
        case TextRaw:
            sink.text(payload);
            return true;
        case TextJ:
        case Text5:
            return escapedText(sink, payload);
        default:
            return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "no element of JSONB begins so"));
        }
    }

    bool endEmpty(JsonSink& sink)
    {
        m_levels.back().isObject ? sink.endObject() : sink.endArray();
        m_levels.pop_back();
        return true;
    }

    bool number(JsonSink& sink, std::string_view payload)
    {
        std::string text;
        if (!json5Number(payload, text))
            return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "this is no number"));
        sink.spelled(text);
        return true;
    }

    bool escapedText(JsonSink& sink, std::string_view payload)
    {
        std::string text;
        if (!plainTextOf(payload, text))
            return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "this escape is none"));
        sink.text(text);
        return true;
    }

    ByteCursor m_cursor;
    std::vector<Level> m_levels;
    quint64 m_size = 0;
};

} // namespace

Result<void> readSqliteJsonb(std::string_view bytes, JsonSink& sink)
{
    return SqliteJsonbReader(bytes).read(sink);
}

} // namespace eventloupe
