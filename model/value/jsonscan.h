#pragma once

#include <QtGlobal>

#include <array>
#include <bit>
#include <cstring>
#include <string_view>

namespace eventloupe {

/// What JSON text is made of (RFC 8259), for those who step over it without building a tree.

constexpr bool isJsonSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// Without JSON whitespace around it.
constexpr std::string_view trimmedJson(std::string_view text)
{
    while (!text.empty() && isJsonSpace(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isJsonSpace(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

/// What follows the number that begins at `at`; nullptr where there is none. `isInteger` tells
/// whether there is neither fraction nor exponent.
inline const char* skipJsonNumber(const char* at, const char* end, bool& isInteger)
{
    const auto isNext = [&at, end](char c) { return at != end && *at == c; };
    const auto skipDigits = [&at, end] {
        const char* start = at;
        while (at != end && *at >= '0' && *at <= '9') {
            ++at;
        }
        return at != start;
    };
    if (isNext('-')) {
        ++at;
    }
    if (isNext('0')) {
        ++at;
    } else if (!skipDigits()) {
        return nullptr;
    }
    isInteger = true;
    if (isNext('.')) {
        isInteger = false;
        ++at;
        if (!skipDigits()) {
            return nullptr;
        }
    }
    if (isNext('e') || isNext('E')) {
        isInteger = false;
        ++at;
        if (isNext('+') || isNext('-')) {
            ++at;
        }
        if (!skipDigits()) {
            return nullptr;
        }
    }
    return at;
}

namespace jsonscan {

inline constexpr quint64 ones = 0x0101010101010101;
inline constexpr quint64 highs = 0x8080808080808080;

/// Marks, with the high bit of each, bytes that are zero; above the lowest of them it may err.
constexpr quint64 zeroBytes(quint64 word)
{
    return (word - ones) & ~word & highs;
}

/// The next quote or backslash, or the end.
inline const char* findQuoteOrEscape(const char* at, const char* end)
{
    if constexpr (std::endian::native == std::endian::little) {
        for (; end - at >= 8; at += 8) {
            quint64 word = 0;
            std::memcpy(&word, at, sizeof word);
            const quint64 found = zeroBytes(word ^ (ones * '"')) | zeroBytes(word ^ (ones * '\\'));
            if (found != 0) {
                return at + std::countr_zero(found) / 8;
            }
        }
    }
    while (at != end && *at != '"' && *at != '\\') {
        ++at;
    }
    return at;
}

constexpr std::array<bool, 256> makeMarks()
{
    std::array<bool, 256> marks {};
    for (const char c : { '"', '{', '}', '[', ']' }) {
        marks[static_cast<unsigned char>(c)] = true;
    }
    return marks;
}

/// What counts on the way through a container.
inline constexpr auto isMark = makeMarks();

} // namespace jsonscan

/// Steps over parts of a text. Every step gives false at what cannot be JSON.
class RawWalk {
public:
    explicit RawWalk(std::string_view text)
        : m_at(text.data())
        , m_end(text.data() + text.size())
    {
    }

    [[nodiscard]] const char* at() const { return m_at; }
    [[nodiscard]] bool isNext(char c) const { return m_at != m_end && *m_at == c; }

    void skipSpace()
    {
        while (m_at != m_end && isJsonSpace(*m_at)) {
            ++m_at;
        }
    }

    bool take(char c)
    {
        if (!isNext(c)) {
            return false;
        }
        ++m_at;
        return true;
    }

    /// From the opening quote to behind the closing one.
    bool skipString(bool& isEscaped)
    {
        if (!take('"')) {
            return false;
        }
        isEscaped = false;
        for (;;) {
            m_at = jsonscan::findQuoteOrEscape(m_at, m_end);
            if (m_at == m_end) {
                return false;
            }
            if (*m_at++ == '"') {
                return true;
            }
            isEscaped = true;
            if (m_at == m_end) {
                return false;
            }
            ++m_at; // What is escaped, a quote maybe.
        }
    }

    bool skipValue()
    {
        if (m_at == m_end) {
            return false;
        }
        bool isEscaped = false;
        switch (*m_at) {
        case '"':
            return skipString(isEscaped);
        case '{':
        case '[':
            return skipContainer();
        default:
            return skipScalar();
        }
    }

private:
    /// Brackets are counted, not matched: the text was validated.
    bool skipContainer()
    {
        qsizetype depth = 0;
        bool isEscaped = false;
        for (;;) {
            while (m_at != m_end && !jsonscan::isMark[static_cast<unsigned char>(*m_at)]) {
                ++m_at;
            }
            if (m_at == m_end) {
                return false;
            }
            if (*m_at == '"') {
                if (!skipString(isEscaped)) {
                    return false;
                }
                continue;
            }
            // Of both pairs the opening one has this bit unset.
            depth += (*m_at++ & 4) == 0 ? 1 : -1;
            if (depth == 0) {
                return true;
            }
        }
    }

    bool skipScalar()
    {
        const char* start = m_at;
        while (
            m_at != m_end && *m_at != ',' && *m_at != '}' && *m_at != ']' && !isJsonSpace(*m_at)) {
            ++m_at;
        }
        return m_at != start;
    }

    const char* m_at;
    const char* m_end;
};

} // namespace eventloupe
