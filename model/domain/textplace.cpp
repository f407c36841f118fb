#include "domain/textplace.h"

#include "value/event.h"
#include "value/json.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

namespace eventloupe {

namespace {

bool continuesCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Walks a text that is known to be JSON. Does not recurse: depth costs nothing.
class JsonWalker {
public:
    JsonWalker(std::string_view text, std::size_t offset)
        : m_text(text)
        , m_offset(offset)
    {
        skipSpace();
    }

    [[nodiscard]] std::size_t offset() const { return m_offset; }
    [[nodiscard]] char peek() const { return m_offset < m_text.size() ? m_text[m_offset] : '\0'; }

    /// Past one sign of structure and the space after it.
    void skipSign()
    {
        ++m_offset;
        skipSpace();
    }

    /// Past a string; gives its text with the quotes.
    std::string_view skipString()
    {
        const std::size_t start = m_offset++;
        while (m_offset < m_text.size() && m_text[m_offset] != '"')
            m_offset += m_text[m_offset] == '\\' ? 2 : 1;
        m_offset = std::min(m_offset + 1, m_text.size());
        const std::string_view literal = m_text.substr(start, m_offset - start);
        skipSpace();
        return literal;
    }

    void skipValue()
    {
        int depth = 0;
        do {
            const char c = peek();
            if (c == '"') {
                skipString();
                continue;
            }
            depth += c == '{' || c == '[' ? 1 : 0;
            depth -= c == '}' || c == ']' ? 1 : 0;
            if (c == '{' || c == '[' || c == '}' || c == ']' || c == ',' || c == ':')
                skipSign();
            else
                skipScalar();
        } while (depth > 0 && m_offset < m_text.size());
    }

private:
    void skipSpace()
    {
        m_offset = std::min(m_text.find_first_not_of(" \t\r\n", m_offset), m_text.size());
    }
    void skipScalar()
    {
        m_offset = std::min(m_text.find_first_of(" \t\r\n,:{}[]\"", m_offset), m_text.size());
        skipSpace();
    }

    std::string_view m_text;
    std::size_t m_offset;
};

struct Found {
    std::size_t name = 0;
    std::size_t value = 0;
};

std::optional<Found> findMember(std::string_view text, std::size_t object, const QByteArray& wanted)
{
    std::optional<Found> found;
    JsonWalker walker(text, object);
    walker.skipSign();
    while (walker.peek() == '"') {
        const std::size_t name = walker.offset();
        const auto key = parseJson(walker.skipString());
        walker.skipSign();
        if (key && key->toUtf8() == wanted)
            found = Found { name, walker.offset() };
        walker.skipValue();
        if (walker.peek() == ',')
            walker.skipSign();
    }
    return found;
}

std::optional<Found> findElement(std::string_view text, std::size_t array, qsizetype wanted)
{
    JsonWalker walker(text, array);
    walker.skipSign();
    for (qsizetype index = 0; walker.peek() != ']' && walker.peek() != '\0'; ++index) {
        if (index == wanted)
            return Found { walker.offset(), walker.offset() };
        walker.skipValue();
        if (walker.peek() == ',')
            walker.skipSign();
    }
    return {};
}

/// The length in the JSON text of one character of a string that begins here.
std::size_t literalLength(std::string_view text)
{
    constexpr std::size_t unicodeEscape = 6;
    if (text.starts_with("\\u")) {
        const bool highSurrogate = text.size() > 3 && (text[2] == 'd' || text[2] == 'D')
            && std::string_view("89abAB").find(text[3]) != std::string_view::npos;
        return highSurrogate ? 2 * unicodeEscape : unicodeEscape;
    }
    if (text.starts_with('\\'))
        return 2;
    std::size_t length = 1;
    while (length < text.size() && continuesCharacter(text[length]))
        ++length;
    return length;
}

} // namespace

TextPlace placeOfOffset(std::string_view text, qsizetype offset)
{
    const std::string_view before = text.substr(0, static_cast<std::size_t>(offset));
    TextPlace place;
    place.line += static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t lineStart = before.rfind('\n') + 1;
    const std::string_view line = before.substr(lineStart);
    place.column += static_cast<int>(line.size())
        - static_cast<int>(std::count_if(line.begin(), line.end(), continuesCharacter));
    return place;
}

qsizetype offsetOfPointer(std::string_view json, const JsonPointer& pointer, MemberPart part)
{
    const std::size_t root = JsonWalker(json, 0).offset();
    Found at { root, root };
    for (const QByteArray& token : pointer.tokens()) {
        const char sign = at.value < json.size() ? json[at.value] : '\0';
        std::optional<Found> next;
        if (sign == '{')
            next = findMember(json, at.value, token);
        else if (sign == '[')
            next = findElement(json, at.value, token.toLongLong());
        if (!next)
            return static_cast<qsizetype>(at.value);
        at = *next;
    }
    return static_cast<qsizetype>(part == MemberPart::Name ? at.name : at.value);
}

std::optional<qsizetype> findRepeatedMember(std::string_view json)
{
    using Names = std::unordered_set<std::string_view>;
    std::vector<std::optional<Names>> open; // Nothing for an array.
    bool isName = false;
    JsonWalker walker(json, 0);
    while (walker.offset() < json.size()) {
        const char sign = walker.peek();
        if (sign == '"') {
            const auto offset = static_cast<qsizetype>(walker.offset());
            const std::string_view text = walker.skipString();
            if (isName && !open.back()->insert(text).second)
                return offset;
            isName = false;
            continue;
        }
        if (sign == '{' || sign == '[')
            open.push_back(sign == '{' ? std::optional<Names>(Names()) : std::nullopt);
        else if ((sign == '}' || sign == ']') && !open.empty())
            open.pop_back();
        isName = (sign == '{' || sign == ',') && !open.empty() && open.back().has_value();
        if (std::string_view("{}[],:").find(sign) != std::string_view::npos)
            walker.skipSign();
        else
            walker.skipValue();
    }
    return {};
}

qsizetype offsetInString(std::string_view json, qsizetype start, TextPlace inside)
{
    std::size_t offset = static_cast<std::size_t>(start) + 1;
    TextPlace here;
    while (offset < json.size() && json[offset] != '"' && here != inside) {
        const std::string_view rest = json.substr(offset);
        const bool newLine = rest.starts_with("\\n");
        if (newLine && here.line == inside.line)
            break;
        here = newLine ? TextPlace { here.line + 1, 1 } : TextPlace { here.line, here.column + 1 };
        offset += literalLength(rest);
    }
    return static_cast<qsizetype>(std::min(offset, json.size()));
}

} // namespace eventloupe
