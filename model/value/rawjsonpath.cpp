#include "value/rawjsonpath.h"

#include "value/event.h"

#include <array>
#include <bit>
#include <cstring>

namespace eventloupe {

namespace {

constexpr quint64 ones = 0x0101010101010101;
constexpr quint64 highs = 0x8080808080808080;

constexpr bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// Marks, with the high bit of each, bytes that are zero; above the lowest of them it may err.
constexpr quint64 zeroBytes(quint64 word)
{
    return (word - ones) & ~word & highs;
}

/// The next quote or backslash, or the end.
const char* findQuoteOrEscape(const char* at, const char* end)
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
constexpr auto isMark = makeMarks();

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
        while (m_at != m_end && isSpace(*m_at)) {
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
            m_at = findQuoteOrEscape(m_at, m_end);
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
            while (m_at != m_end && !isMark[static_cast<unsigned char>(*m_at)]) {
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
        while (m_at != m_end && *m_at != ',' && *m_at != '}' && *m_at != ']' && !isSpace(*m_at)) {
            ++m_at;
        }
        return m_at != start;
    }

    const char* m_at;
    const char* m_end;
};

bool isKey(std::string_view literal, bool isEscaped, std::string_view key)
{
    if (!isEscaped) {
        return literal.size() == key.size() + 2
            && std::memcmp(literal.data() + 1, key.data(), key.size()) == 0;
    }
    std::string buffer;
    const auto text = rawJsonString(literal, buffer);
    return text && *text == key;
}

std::string_view between(const char* from, const char* to)
{
    return { from, static_cast<std::size_t>(to - from) };
}

/// The last member of that name in an object's text.
RawJsonFinding findMember(std::string_view object, std::string_view key)
{
    using Outcome = RawJsonFinding::Outcome;
    RawJsonFinding finding { Outcome::NoSuchKey, object, 0 };
    constexpr RawJsonFinding damaged;
    RawWalk walk(object);
    walk.take('{');
    walk.skipSpace();
    if (walk.take('}')) {
        return finding;
    }
    do {
        walk.skipSpace();
        const char* name = walk.at();
        bool isEscaped = false;
        if (!walk.skipString(isEscaped)) {
            return damaged;
        }
        const auto literal = between(name, walk.at());
        walk.skipSpace();
        if (!walk.take(':')) {
            return damaged;
        }
        walk.skipSpace();
        const char* value = walk.at();
        if (!walk.skipValue()) {
            return damaged;
        }
        if (isKey(literal, isEscaped, key)) {
            finding = { Outcome::Found, between(value, walk.at()), 1 };
        }
        walk.skipSpace();
    } while (walk.take(','));
    return walk.take('}') ? finding : damaged;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isSpace(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Four digits of a unicode escape; negative where they are none.
int codeUnit(std::string_view digits)
{
    int unit = digits.size() < 4 ? -1 : 0;
    for (std::size_t i = 0; i < 4 && unit >= 0; ++i) {
        const int digit = hexDigit(digits[i]);
        unit = digit < 0 ? -1 : unit * 16 + digit;
    }
    return unit;
}

void appendUtf8(std::string& out, char32_t code)
{
    const auto add = [&out](char32_t bits) { out.push_back(static_cast<char>(bits)); };
    if (code < 0x80) {
        add(code);
        return;
    }
    if (code < 0x800) {
        add(0xc0 | code >> 6);
    } else {
        if (code < 0x10000) {
            add(0xe0 | code >> 12);
        } else {
            add(0xf0 | code >> 18);
            add(0x80 | (code >> 12 & 0x3f));
        }
        add(0x80 | (code >> 6 & 0x3f));
    }
    add(0x80 | (code & 0x3f));
}

/// Reads what stands behind "\u", a pair of surrogates whole, and cuts it off.
bool appendUnicodeEscape(std::string& out, std::string_view& rest)
{
    const int unit = codeUnit(rest);
    if (unit < 0 || (unit >= 0xdc00 && unit <= 0xdfff)) {
        return false;
    }
    rest.remove_prefix(4);
    auto code = static_cast<char32_t>(unit);
    if (unit >= 0xd800 && unit < 0xdc00) {
        const int low = rest.starts_with("\\u") ? codeUnit(rest.substr(2)) : -1;
        if (low < 0xdc00 || low > 0xdfff) {
            return false;
        }
        rest.remove_prefix(6);
        code = 0x10000 + ((code - 0xd800) << 10) + (static_cast<char32_t>(low) - 0xdc00);
    }
    appendUtf8(out, code);
    return true;
}

} // namespace

RawJsonFinding findRawJson(std::string_view json, std::span<const QByteArray> path)
{
    using Outcome = RawJsonFinding::Outcome;
    std::string_view text = trimmed(json);
    if (text.empty()) {
        return {};
    }
    for (std::size_t depth = 0; depth < path.size(); ++depth) {
        if (text.front() != '{') {
            return { Outcome::NoObject, text, depth };
        }
        auto finding = findMember(text, viewOf(path[depth]));
        if (finding.outcome != Outcome::Found) {
            finding.depth = depth;
            return finding;
        }
        text = finding.text;
    }
    return { Outcome::Found, text, path.size() };
}

std::optional<std::string_view> rawJsonString(std::string_view literal, std::string& buffer)
{
    if (literal.size() < 2 || literal.front() != '"' || literal.back() != '"') {
        return std::nullopt;
    }
    auto rest = literal.substr(1, literal.size() - 2);
    auto escape = rest.find('\\');
    if (escape == std::string_view::npos) {
        return rest;
    }
    buffer.clear();
    for (; escape != std::string_view::npos; escape = rest.find('\\')) {
        buffer.append(rest.substr(0, escape));
        rest.remove_prefix(escape + 1);
        if (rest.empty()) {
            return std::nullopt;
        }
        const char letter = rest.front();
        rest.remove_prefix(1);
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        const auto known = letters.find(letter);
        if (known != std::string_view::npos) {
            buffer.push_back(meanings[known]);
        } else if (letter != 'u' || !appendUnicodeEscape(buffer, rest)) {
            return std::nullopt;
        }
    }
    buffer.append(rest);
    return std::string_view(buffer);
}

} // namespace eventloupe
