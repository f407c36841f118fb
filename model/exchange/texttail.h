#pragma once

#include "value/json.h"

#include <QByteArray>

#include <charconv>
#include <cstring>
#include <string_view>

namespace eventloupe {

/// The end of a text that is being written, at the speed of a pointer: room is made once for all
/// that follows, and what was not used is given back at the end of this object. Nothing checks the
/// room: `most` has to be the most that is put.
class TextTail final {
public:
    TextTail(QByteArray& text, std::size_t most)
        : m_text(text)
    {
        const qsizetype used = text.size();
        text.resize(used + static_cast<qsizetype>(most));
        m_end = text.data() + used;
    }
    ~TextTail() { m_text.resize(m_end - m_text.constData()); }
    Q_DISABLE_COPY_MOVE(TextTail)

    static constexpr std::size_t mostOfNumber = 20;
    static constexpr std::size_t mostOfJson(std::string_view utf8) { return 6 * utf8.size() + 2; }

    void put(char c) { *m_end++ = c; }
    void put(std::string_view bytes)
    {
        if (!bytes.empty())
            std::memcpy(m_end, bytes.data(), bytes.size());
        m_end += bytes.size();
    }
    void putNumber(qint64 number)
    {
        m_end = std::to_chars(m_end, m_end + mostOfNumber, number).ptr;
    }
    /// As a JSON string literal.
    void putJson(std::string_view utf8)
    {
        if (plainJsonLength(utf8) == utf8.size()) {
            put('"');
            put(utf8);
            put('"');
            return;
        }
        QByteArray escaped;
        appendJsonString(escaped, utf8);
        put({ escaped.constData(), static_cast<std::size_t>(escaped.size()) });
    }
    /// Every line feed as a space.
    void putOnOneLine(std::string_view bytes)
    {
        char* at = m_end;
        put(bytes);
        while (at != m_end
            && (at
                = static_cast<char*>(std::memchr(at, '\n', static_cast<std::size_t>(m_end - at)))))
            *at++ = ' ';
    }
    /// Every quote twice.
    void putQuotesDoubled(std::string_view bytes);

private:
    QByteArray& m_text;
    char* m_end = nullptr;
};

inline void TextTail::putQuotesDoubled(std::string_view bytes)
{
    for (;;) {
        const std::size_t quote = bytes.find('"');
        if (quote == std::string_view::npos)
            return put(bytes);
        put(bytes.substr(0, quote + 1));
        put('"');
        bytes.remove_prefix(quote + 1);
    }
}

} // namespace eventloupe
