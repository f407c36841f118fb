#pragma once

#include "encoding/payloaddecoder.h"

#include <array>
#include <charconv>
#include <cstring>
#include <vector>

namespace eventloupe {

/// The JSON text that a reader of some encoding writes, value by value, within limits: once a value
/// is too deep or the text too large, good() is false, and what follows is of no account.
///
/// Readers call begin and end in pairs, and key() before each value of an object; the text is then
/// valid whatever the bytes were.
class JsonSink final {
public:
    explicit JsonSink(const DecodeLimits& limits = {});

    [[nodiscard]] bool good() const { return m_problem == nullptr; }
    /// Why it is not good, as an Error of InvalidInput.
    [[nodiscard]] Error problem() const;
    [[nodiscard]] const DecodeLimits& limits() const { return m_limits; }
    [[nodiscard]] int depth() const { return m_depth; }

    /// Nothing is written from here on; levels are counted.
    void setSilent() { m_isSilent = true; }

    void null() { literal("null"); }
    void boolean(bool value) { literal(value ? "true" : "false"); }
    void integer(qint64 value) { number(value); }
    void natural(quint64 value) { number(value); }
    /// Infinities and NaN become texts, and a loss.
    void real(double value);
    /// A number in the spelling of JSON.
    void spelled(std::string_view number) { literal(number); }
    /// As text where the bytes are UTF-8, else in the shape of bytes.
    void text(std::string_view bytes);
    /// In the shape of bytes.
    void bytes(std::string_view bytes);
    /// As a text, their base64.
    void base64(std::string_view bytes);

    void beginArray() { begin('['); }
    void endArray() { end(']'); }
    void beginObject() { begin('{'); }
    void endObject() { end('}'); }
    /// Bytes that are not UTF-8 become their base64, and a loss.
    void key(std::string_view bytes);
    /// A key that is another value, as its JSON text, and a loss.
    void keyFrom(const JsonSink& value);

    /// Where the next value will begin; to be called right before it is written.
    [[nodiscard]] qsizetype mark();
    [[nodiscard]] qsizetype position() const { return m_at; }
    /// The deepest level since deepest() was set; set it to depth() to measure a value.
    [[nodiscard]] int deepest() const { return m_deepest; }
    void setDeepest(int depth) { m_deepest = depth; }
    /// Writes again what stands between two positions: a value that went `levels` deep. Bounded by
    /// DecodeLimits::aliases for all of them.
    void repeat(qsizetype from, qsizetype to, int levels);
    [[nodiscard]] std::string_view written(qsizetype from) const
    {
        return { m_buffer.constData() + from, static_cast<std::size_t>(m_at - from) };
    }

    /// Whether an integer of that many bytes may be turned into digits, which is counted.
    [[nodiscard]] bool mayConvert(std::size_t size);

    /// Notes a loss: a text of QT_TRANSLATE_NOOP("Encoding", ...), once however often.
    void lose(const char* what);
    void lose(const JsonSink& other);
    [[nodiscard]] QStringList losses() const;
    [[nodiscard]] QByteArray take();

private:
    void fail(const char* reason);
    void begin(char bracket);
    void end(char bracket);
    void literal(std::string_view word);
    template <class Number> void number(Number value)
    {
        std::array<char, 24> digits {};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        literal({ digits.data(), static_cast<std::size_t>(end - digits.data()) });
    }
    void quoted(std::string_view utf8);
    void separate();
    /// Makes room; false when that is beyond the limit.
    bool room(qsizetype size);
    void put(std::string_view bytes)
    {
        std::memcpy(m_buffer.data() + m_at, bytes.data(), bytes.size());
        m_at += static_cast<qsizetype>(bytes.size());
    }

    DecodeLimits m_limits;
    QByteArray m_buffer;
    qsizetype m_at = 0;
    qsizetype m_repeated = 0;
    std::size_t m_converted = 0;
    int m_depth = 0;
    int m_deepest = 0;
    bool m_needsComma = false;
    bool m_isSilent = false;
    const char* m_problem = nullptr;
    std::vector<const char*> m_losses;
};

/// "byte 17: ...": what is wrong in a payload; the offset counts from 0.
[[nodiscard]] Error faultAt(qsizetype offset, const QString& reason);

} // namespace eventloupe
